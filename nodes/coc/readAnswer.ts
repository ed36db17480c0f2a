import {
	keepSaid,
	type Answer,
	type AnswerFacts,
	type BodyProblem,
	type RawAnswer,
} from './answer';
import { classify, isForeign, isSuccessCode } from './classify';
import { cleanText, firstWords, pageWords } from './cleanText';
import { dateOf, headerOf, headerValues, retryAfterOf } from './headers';
import { asRecord, parseExactly, type JsonRecord } from './json';
import { hideInJson, hideInRefusal, hideSecrets, spellingsOf } from './redact';
import { parseUrl } from './url';

/**
 * Reads COC's envelope `{provider_code, error_code, error_msg, data}`, the gateway's
 * `{error_code, error_msg, request_id}` and IAM's `{error: {code, message, title}}`.
 *
 * @param secrets removed wherever the service repeats them, so that no output can show them
 * @param signature of the request, removed likewise; apart, since it is another one each time
 */
export function readAnswer(
	raw: RawAnswer,
	secrets: readonly string[],
	now: number,
	signature?: string,
): Answer {
	const ofSignature = signature === undefined ? [] : spellingsOf([signature]);
	const spellings = [...spellingsOf(secrets), ...ofSignature];
	const clean = (text: string | null) => cleanText(hidden(text, spellings));
	const { file } = raw;
	const { said, json, words, bodyProblem } = file ? NO_BODY : parseBody(raw, spellings);
	// Judged as it was said: a code with a secret in it isn't the one that is left when that is hidden.
	const errorCode = said && errorCodeOf(said, raw.hasPlainCode);
	const { code, message } = said === null ? SILENT : errorOf(said, raw.hasPlainCode);
	const isBareSuccess = errorCode === null && said !== null && holdsBare(raw, said);
	const isEnvelope = errorCode !== null || isBareSuccess;
	const serverTime = dateOf(raw.headers, 'date');
	const answer: AnswerFacts = {
		httpStatus: raw.httpStatus,
		code: clean(code),
		message: clean(message),
		requestId:
			clean(headerValues(raw.headers, 'x-request-id')[0] ?? null) ??
			clean(scalarText(said?.request_id)),
		// A date is one by the server's own clock.
		retryAfterMs: retryAfterOf(raw.headers, serverTime ?? now),
		serverTime,
		redirectHost: cleanText(redirectHost(raw, spellings)),
		envelope: isEnvelope ? json : null,
		...(!isEnvelope && json !== null && { bare: json }),
		...(file && { file }),
		success:
			file !== undefined || isBareSuccess || (errorCode !== null && isSuccessCode(errorCode)),
		// For https a proxy is asked for a tunnel first, and gives none without a login.
		...(raw.httpStatus === 407 && raw.url.startsWith('https:') && { tunnelRefused: true }),
		bodyProblem: file ? null : (bodyProblem ?? (isEnvelope ? null : 'noEnvelope')),
	};
	if (isForeign(answer)) answer.message = firstWords(answer.message ?? clean(words));
	const judged = { ...answer, ...classify(answer) };
	if (said !== null && said !== json) keepSaid(judged, said);
	return judged;
}

/** Whether a body is the success of a call whose page shows no envelope: what it holds, and no code. */
function holdsBare({ httpStatus, bareMember }: RawAnswer, said: JsonRecord): boolean {
	if (bareMember === undefined || httpStatus < 200 || httpStatus > 299) return false;
	return Object.hasOwn(said, bareMember) && errorOf(said).code === null;
}

const SILENT = { code: null, message: null };
const NO_BODY: ParsedBody = { said: null, json: null, words: null, bodyProblem: null };

/** The envelope's own code. */
function errorCodeOf(said: JsonRecord, hasPlainCode = false): string | null {
	return scalarText(said.error_code) ?? (hasPlainCode ? scalarText(said.code) : null);
}

/** The shapes in which COC, its gateway, SDKs and IAM name a code; without one just the message. */
export function errorOf(
	said: JsonRecord,
	hasPlainCode = false,
): { code: string | null; message: string | null } {
	const own = errorCodeOf(said, hasPlainCode);
	const flat = scalarText(said.message) ?? scalarText(said.msg);
	const error = asRecord(said.error);
	const inError = scalarText(error?.message) ?? scalarText(error?.title);
	const message = scalarText(said.error_msg) ?? flat ?? inError;
	const code =
		own ??
		(flat === null ? null : scalarText(said.code)) ??
		(inError === null ? null : scalarText(error?.code));
	return { code, message };
}

interface ParsedBody {
	/** The body as it was said, and as it may be shown: the same where nothing is hidden. */
	said: JsonRecord | null;
	json: JsonRecord | null;
	/** What it says as a text, with nothing hidden; null where that isn't known. */
	words: string | null;
	bodyProblem: BodyProblem | null;
}

function parseBody(raw: RawAnswer, spellings: readonly string[]): ParsedBody {
	const none = { said: null, json: null, words: null };
	if (raw.body === null) return { ...none, bodyProblem: raw.bodyProblem ?? 'lost' };
	const text = bodyOf(raw.body, raw).replace(/^\uFEFF/, '');
	if (text.trim() === '') return { ...none, bodyProblem: 'empty' };
	try {
		const whole = parseExactly(text);
		// Written out anew, so that no escape hides a secret, in a name or in a value. This bounds the
		// depth as well: JSON nested deeper than the stack is no answer of COC.
		const written = JSON.stringify(whole);
		const words = pageWords(written);
		const said = asRecord(whole);
		if (said === null) return { ...none, words, bodyProblem: 'noEnvelope' };
		const hide = isRefusal(raw, said) ? hideInRefusal : hideSecrets;
		return { said, json: hideInJson(said, written, spellings, hide), words, bodyProblem: null };
	} catch {
		// Truncated JSON shows neither who sent it nor what its escapes hide.
		const words = /^\s*[[{"]/.test(text) ? null : pageWords(text);
		return { ...none, words, bodyProblem: 'notJson' };
	}
}

function bodyOf(body: Uint8Array | string, { headers }: RawAnswer): string {
	const [contentType = null] = headerValues(headers, 'content-type');
	return typeof body === 'string' ? body : textOf(body, contentType);
}

/** Whether a body speaks of the request, and isn't data. */
function isRefusal({ httpStatus, hasPlainCode }: RawAnswer, said: JsonRecord): boolean {
	const code = errorCodeOf(said, hasPlainCode);
	return httpStatus < 200 || httpStatus > 299 || (code !== null && !isSuccessCode(code));
}

function hidden(text: string | null, spellings: readonly string[]): string | null {
	return text === null ? null : hideInRefusal(text, spellings);
}

/** Codes come as strings, in IAM's shape as numbers. */
function scalarText(value: unknown): string | null {
	if (typeof value === 'number') return String(value);
	return typeof value === 'string' && value.trim() !== '' ? value : null;
}

function redirectHost(raw: RawAnswer, spellings: readonly string[]): string | null {
	if (raw.httpStatus < 300 || raw.httpStatus > 399) return null;
	const location = hidden(headerOf(raw.headers, 'location'), spellings);
	return location === null ? null : (parseUrl(location, raw.url)?.host ?? null);
}

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
