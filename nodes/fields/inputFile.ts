import type { IBinaryData, IExecuteFunctions } from 'n8n-workflow';
import { FILE_EXTENSIONS, MAX_FILE_BYTES } from '../coc/calls/uploadAttachment';
import { cleanText } from '../coc/cleanText';
import type { Result } from '../coc/result';

/** A file that an item brings, as n8n keeps it. */
export interface InputFile {
	/** With its extension; null when it has no name. */
	name: string | null;
	mimeType: string;
	/** In bytes. */
	size(): Promise<number>;
	/** Its bytes, from the beginning; never all of them at once. */
	read(): AsyncGenerator<Uint8Array>;
}

/** An item's binary fields. */
export interface InputFiles {
	/** Their names. */
	names(): string[];
	/** The file in one; null when there is none of this name. */
	of(name: string): InputFile | null;
}

/** A trigger has no items. */
export const NO_FILES: InputFiles = { names: () => [], of: () => null };

type FileContext = Pick<IExecuteFunctions, 'getInputData'> & {
	helpers: Pick<
		IExecuteFunctions['helpers'],
		'assertBinaryData' | 'getBinaryMetadata' | 'getBinaryStream'
	>;
};

/** The files of an item, found as n8n finds them. */
export function filesOf(context: FileContext, itemIndex: number): InputFiles {
	return {
		names: () => Object.keys(context.getInputData()[itemIndex]?.binary ?? {}),
		of(name) {
			let data: IBinaryData;
			try {
				data = context.helpers.assertBinaryData(itemIndex, name);
			} catch {
				return null;
			}
			return { name: nameOf(data), mimeType: data.mimeType, ...contentOf(context, data) };
		},
	};
}

function nameOf({ fileName, fileExtension }: IBinaryData): string | null {
	const name = cleanText(fileName ?? null);
	if (name === null || name.includes('.') || !fileExtension) return name;
	return `${name}.${fileExtension}`;
}

/** Characters of base64 decoded at once: whole groups of four. */
const BASE64_CHUNK = 64 * 1024;
/** Bytes read at once from n8n's store. */
const CHUNK = 64 * 1024;

function contentOf(
	{ helpers }: FileContext,
	{ id, data }: IBinaryData,
): Pick<InputFile, 'size' | 'read'> {
	if (id === undefined) {
		return {
			size: async () => await Promise.resolve(Buffer.byteLength(data, 'base64')),
			async *read() {
				for (let at = 0; at < data.length; at += BASE64_CHUNK) {
					yield await Promise.resolve(Buffer.from(data.slice(at, at + BASE64_CHUNK), 'base64'));
				}
			},
		};
	}
	return {
		size: async () => (await helpers.getBinaryMetadata(id)).fileSize,
		async *read() {
			yield* (await helpers.getBinaryStream(id, CHUNK)) as AsyncIterable<Uint8Array>;
		},
	};
}

/**
 * The file as it is sent, if COC takes it: by its page one of five types, and of at most 10 MB. Its bytes
 * are read while it is sent, and again when it is sent again.
 *
 * @param label of the field that names it
 * @param name the one that it gets; its own when left out
 */
export async function sendable(
	file: InputFile,
	label: string,
	name = file.name,
): Promise<Result<File>> {
	if (name === null) {
		const hint = "Give it one with its extension in the option 'File Name'.";
		return { ok: false, reason: `the file in '${label}' has no name`, hint };
	}
	const extension = /\.([^.]+)$/.exec(name)?.[1]?.toLowerCase() ?? '';
	if (!FILE_EXTENSIONS.some((one) => one === extension)) {
		const reason = `the file in '${label}' is "${name}", and COC takes only ${TYPES}`;
		return { ok: false, reason, hint: 'Convert the file, or correct its name.' };
	}
	const size = await sizeOf(file);
	if (size === null) {
		const hint = "Check that the file is still in n8n's storage.";
		return { ok: false, reason: `n8n can't read the file in '${label}'`, hint };
	}
	if (size > MAX_FILE_BYTES) {
		const reason = `the file in '${label}' has ${size} bytes, and COC takes 10 MB at most`;
		return { ok: false, reason, hint: 'Compress the file, or split it.' };
	}
	return { ok: true, value: storedFile(file, name, size) };
}

async function sizeOf(file: InputFile): Promise<number | null> {
	try {
		return await file.size();
	} catch {
		return null;
	}
}

const TYPES = FILE_EXTENSIONS.map((one) => `.${one}`).join(', ');

/** A file whose bytes stay in n8n's store until they are sent. */
function storedFile(source: InputFile, name: string, size: number): File {
	return Object.defineProperties(new File([], name, { type: source.mimeType }), {
		size: { value: size },
		stream: { value: () => ReadableStream.from(source.read()) },
	});
}
