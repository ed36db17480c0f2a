import type { AnsweredFile, RawAnswer } from './answer';
import { cleanText } from './cleanText';
import { headerOf, type Headers } from './headers';

/**
 * The file that an answer may be, unless it turns out to be an envelope: a JSON error comes in place of
 * the file, with whatever status. Null for what is none: a proxy's page, or nothing at all.
 */
export function answeredFile({
	answersFile,
	httpStatus,
	headers,
	body,
}: RawAnswer): AnsweredFile | null {
	if (answersFile !== true || httpStatus !== 200) return null;
	const mimeType = headerOf(headers, 'content-type')?.split(';')[0]?.trim().toLowerCase() ?? null;
	if (!(body instanceof Uint8Array) || mimeType === 'text/html') return null;
	if (body.length === 0 && mimeType === null) return null;
	return { bytes: body, name: nameOf(headers), mimeType };
}

/** Whether bytes begin as an envelope does. */
export function mayBeEnvelope({ bytes }: AnsweredFile): boolean {
	return /^\uFEFF?\s*\{/.test(Buffer.from(bytes.subarray(0, 64)).toString('utf8'));
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
