/**
 * The text of an answer's body, in the charset that it declares: in `Content-Type`, or a page within
 * itself. A mark at the beginning counts before both; what isn't declared, unknown or wrong is UTF-8.
 *
 * @param contentType null when the answer has none
 */
export function textOf(body: Uint8Array, contentType: string | null): string {
	const declared = CHARSET.exec(contentType ?? '')?.[1] ?? charsetOfPage(body);
	const marked = MARKS.find(({ bytes }) => bytes.every((byte, index) => body[index] === byte));
	const charset = marked?.charset ?? declared;
	const decoder = charset === undefined ? null : decoderOf(charset);
	if (decoder === null || decoder.encoding === 'utf-8') return UTF8.decode(body);
	// A charset of one byte a character fits everything, and is often declared by default only.
	if (ONE_BYTE.test(decoder.encoding)) return decoded(STRICT_UTF8, body) ?? decoder.decode(body);
	return decoded(decoder, body) ?? UTF8.decode(body);
}

type Decoder = InstanceType<typeof TextDecoder>;

// The one mark that a body may begin with is taken off where it is parsed.
const UTF8 = new TextDecoder('utf-8', { ignoreBOM: true });
const STRICT_UTF8 = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });
const ONE_BYTE = /^(?:windows-|iso-8859-|koi8-|ibm866|macintosh|x-mac-)/;
const CHARSET = /charset\s*=\s*["']?\s*([^\s"';,]+)/i;
const CHARSET_OF_PAGE = /<meta[^>]*?charset\s*=\s*["']?\s*([\w-]+)/i;

const MARKS = [
	{ charset: 'utf-8', bytes: [0xef, 0xbb, 0xbf] },
	{ charset: 'utf-16le', bytes: [0xff, 0xfe] },
	{ charset: 'utf-16be', bytes: [0xfe, 0xff] },
];

/** Proxies and firewalls declare the charset of a page in it. */
function charsetOfPage(body: Uint8Array): string | undefined {
	const begin = Buffer.from(body.subarray(0, 1024)).toString('latin1');
	if (!/^\s*</.test(begin)) return undefined;
	return CHARSET_OF_PAGE.exec(begin)?.[1];
}

function decoderOf(charset: string): Decoder | null {
	try {
		return new TextDecoder(charset, { fatal: true, ignoreBOM: true });
	} catch {
		return null;
	}
}

/** Null when the bytes are none of this charset. */
function decoded(decoder: Decoder, body: Uint8Array): string | null {
	try {
		return decoder.decode(body);
	} catch {
		return null;
	}
}
