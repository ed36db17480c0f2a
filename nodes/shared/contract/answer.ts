import type { IDataObject } from 'n8n-workflow';
import { parseUrl } from './endpoint';
import { asRecord, type JsonRecord } from './json';
import { redact, spellingsOf } from './secrets';

/** What came back over HTTP, before anyone has judged it. */
export interface RawAnswer {
	/** The address that was asked; a redirect may be relative to it. */
	url: string;
	httpStatus: number;
	headers: Record<string, unknown>;
	/** Null when the body could not be read to its end; `bodyProblem` then says why. */
	body: string | null;
	bodyProblem?: BodyProblem;
}

/** Why a body is no readable answer of COC. */
export type BodyProblem = 'empty' | 'notJson' | 'noEnvelope' | 'tooLarge' | 'lost' | 'timedOut';

/** The one shape that everything else is decided from, whichever service answered. */
export interface Answer {
	httpStatus: number;
	/** The service's code (COC's `GOM.…`, the gateway's `APIGW.…`, IAM's), null when it gave none. */
	code: string | null;
	/** The service's own message, cleaned for display. */
	message: string | null;
	requestId: string | null;
	/** Wait that the service asked for, in ms. */
	retryAfterMs: number | null;
	/** The service's own clock as it answered, in ms since 1970, to the second. */
	serverTime: number | null;
	/** Host that a redirect points to. */
	redirectHost: string | null;
	/** The envelope as received; null unless the body is one: an object with an `error_code`. */
	envelope: IDataObject | null;
	/** The body's object when it is no envelope: IAM, EPS and some of COC's lists answer so. */
	bare?: IDataObject;
	/** Whether the envelope's own code means success. */
	success: boolean;
	bodyProblem: BodyProblem | null;
}

/**
 * Reads COC's envelope `{provider_code, error_code, error_msg, data}`, the gateway's
 * `{error_code, error_msg, request_id}` and IAM's `{error: {code, message, title}}`.
 *
 * @param secrets removed wherever the service repeats them, so that no output can show them
 */
export function readAnswer(raw: RawAnswer, secrets: readonly string[], now: number): Answer {
	const spellings = spellingsOf(secrets);
	const clean = (value: unknown) => cleanText(hidden(scalarText(value), spellings));
	const { said, json, bodyProblem } = parseBody(raw, spellings);
	const error = asRecord(json?.error);
	// Judged as it was said: a code with a secret in it isn't the one that is left when that is hidden.
	const errorCode = scalarText(said?.error_code);
	const serverTime = readDate(header(raw, 'date'));
	return {
		httpStatus: raw.httpStatus,
		code: clean(errorCode ?? json?.code ?? error?.code),
		message:
			clean(json?.error_msg) ??
			clean(json?.message) ??
			clean(json?.msg) ??
			clean(error?.message) ??
			clean(error?.title),
		requestId: clean(header(raw, 'x-request-id')) ?? clean(json?.request_id),
		// A date is one by the server's own clock.
		retryAfterMs: readRetryAfter(header(raw, 'retry-after'), serverTime ?? now),
		serverTime,
		redirectHost: cleanText(redirectHost(raw, spellings)),
		envelope: errorCode === null ? null : (json as IDataObject),
		...(errorCode === null && json !== null && { bare: json as IDataObject }),
		success: errorCode !== null && isSuccessCode(errorCode),
		bodyProblem: bodyProblem ?? (errorCode === null ? 'noEnvelope' : null),
	};
}

/** Whether a code means success: older pages say `0`, newer ones `GOM.00000000`. */
export function isSuccessCode(code: string): boolean {
	return /^[\x20-\x7e]*0[\x20-\x7e]*$/.test(code) && !/[1-9]/.test(code);
}

const SHOWN_CHARACTERS = 300;

/**
 * Makes foreign text fit to be shown: control and direction characters could forge lines of a log
 * or turn a message around, and half a character is none.
 */
export function cleanText(text: string | null): string | null {
	if (text === null) return null;
	const line = text
		.slice(0, 10 * SHOWN_CHARACTERS)
		.replace(/[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}\s]+/gu, ' ')
		.trim();
	if (line === '') return null;
	const characters = Array.from(line);
	if (characters.length <= SHOWN_CHARACTERS) return line;
	return characters.slice(0, SHOWN_CHARACTERS - 1).join('') + '…';
}

/** The body as it was said, and with all secrets hidden. */
function parseBody(
	raw: RawAnswer,
	spellings: readonly string[],
): { said: JsonRecord | null; json: JsonRecord | null; bodyProblem: BodyProblem | null } {
	const none = { said: null, json: null };
	if (raw.body === null) return { ...none, bodyProblem: raw.bodyProblem ?? 'lost' };
	const text = raw.body.replace(/^\uFEFF/, '');
	if (text.trim() === '') return { ...none, bodyProblem: 'empty' };
	try {
		const said: unknown = JSON.parse(text);
		// Written out anew, so that no escape hides a secret, in a name or in a value. This bounds the
		// depth as well: JSON nested deeper than the stack is no answer of COC.
		const json: unknown = JSON.parse(redact(JSON.stringify(said), spellings));
		const bodyProblem = asRecord(said) === null ? 'noEnvelope' : null;
		return { said: asRecord(said), json: asRecord(json), bodyProblem };
	} catch {
		return { ...none, bodyProblem: 'notJson' };
	}
}

function hidden(text: string | null, spellings: readonly string[]): string | null {
	return text === null ? null : redact(text, spellings);
}

/** Codes come as strings, in IAM's shape as numbers. */
function scalarText(value: unknown): string | null {
	if (typeof value === 'number') return String(value);
	return typeof value === 'string' && value.trim() !== '' ? value : null;
}

function header(raw: RawAnswer, name: string): string | null {
	const value = raw.headers[name];
	return typeof value === 'string' ? value : null;
}

/** `Retry-After` in seconds or as a date (RFC 9110); anything else says nothing. */
function readRetryAfter(value: string | null, now: number): number | null {
	const text = value?.trim() ?? '';
	const date = readDate(text);
	const ms = /^\d{1,15}$/.test(text) ? Number(text) * 1000 : date === null ? null : date - now;
	return ms === null ? null : Math.min(Math.max(0, ms), MOST_RETRY_AFTER_MS);
}

/** 68 years: what is longer counts as that (RFC 9111, "Delta Seconds"), so that it is a time at all. */
const MOST_RETRY_AFTER_MS = 2 ** 31 * 1000;

/** An HTTP date as RFC 9110 wants it; `Date.parse` would guess at anything. */
function readDate(text: string | null): number | null {
	const isDate = text !== null && HTTP_DATE.test(text);
	const date = isDate ? Date.parse(text) : NaN;
	return Number.isNaN(date) ? null : date;
}

const HTTP_DATE = /^[A-Z][a-z]{2}, \d\d [A-Z][a-z]{2} \d{4} \d\d:\d\d:\d\d GMT$/;

function redirectHost(raw: RawAnswer, spellings: readonly string[]): string | null {
	if (raw.httpStatus < 300 || raw.httpStatus > 399) return null;
	const location = hidden(header(raw, 'location'), spellings);
	return location === null ? null : (parseUrl(location, raw.url)?.host ?? null);
}
