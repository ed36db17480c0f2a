import type { AnsweredFile } from './answer';
import { cleanText } from './cleanText';
import { headerOf, type Headers } from './headers';
import { asRecord } from './json';
import { errorOf } from './readAnswer';

/** What the headers of an answer say of the file in it; null for one that has none. */
export function fileHeaders(
	httpStatus: number,
	headers: Headers,
): Pick<AnsweredFile, 'name' | 'mimeType'> | null {
	const mimeType = headerOf(headers, 'content-type')?.split(';')[0]?.trim().toLowerCase() ?? null;
	// A page is what a proxy shows.
	if (httpStatus !== 200 || mimeType === 'text/html') return null;
	return { name: nameOf(headers), mimeType };
}

/** How the files begin that COC takes, texts aside. */
const BEGINNINGS: ReadonlyArray<[hex: string, mimeType: string]> = [
	['ffd8ff', 'image/jpeg'],
	['89504e470d0a1a0a', 'image/png'],
	['25504446', 'application/pdf'],
	['504b0304', 'application/vnd.openxmlformats-officedocument.wordprocessingml.document'],
];

/** The type of a file by its first bytes: COC itself calls every file a stream of bytes. */
export function typeOfBytes(begin: Uint8Array): string {
	const hex = Buffer.from(begin.subarray(0, 8)).toString('hex');
	return BEGINNINGS.find(([beginning]) => hex.startsWith(beginning))?.[1] ?? 'text/plain';
}

/** Whether bytes begin as an envelope does. */
export function mayBeEnvelope(bytes: Uint8Array): boolean {
	return /^\uFEFF?\s*\{/.test(Buffer.from(bytes.subarray(0, 64)).toString('utf8'));
}

/** Whether a body is an envelope, and no file that holds JSON of its own. */
export function isEnvelope(bytes: Uint8Array): boolean {
	if (!mayBeEnvelope(bytes)) return false;
	try {
		const said = asRecord(
			JSON.parse(
				Buffer.from(bytes)
					.toString('utf8')
					.replace(/^\uFEFF/, ''),
			),
		);
		return said !== null && errorOf(said).code !== null;
	} catch {
		return false;
	}
}

/** The name in `Content-Disposition` (RFC 6266), without a path. */
function nameOf(headers: Headers): string | null {
	const said = headerOf(headers, 'content-disposition') ?? '';
	const [, encoded] = /filename\*\s*=\s*utf-8'[^']*'([^;\s]+)/i.exec(said) ?? [];
	const [, quoted, plain] = /filename\s*=\s*(?:"((?:[^"\\]|\\.)*)"|([^;\s]+))/i.exec(said) ?? [];
	const name = decoded(encoded) ?? quoted?.replace(/\\(.)/g, '$1') ?? plain ?? null;
	return cleanText(name?.split(/[\\/]/).at(-1) ?? null);
}

function decoded(text: string | undefined): string | null {
	try {
		return text === undefined ? null : decodeURIComponent(text);
	} catch {
		return null;
	}
}
