import type { IDataObject } from 'n8n-workflow';
import { parseUrl } from './endpoint';
import { parseExactly } from './exactJson';
import { dateOf, headerOf, headerValues, retryAfterOf, type Headers } from './headers';
import { asRecord, type JsonRecord } from './json';
import { firstWords, pageWords } from './pageWords';
import { hideInJson, hideInRefusal, hideSecrets, spellingsOf } from './redact';

/** What came back over HTTP, before anyone has judged it. */
export interface RawAnswer {
	/** The address that was asked; a redirect may be relative to it. */
	url: string;
	httpStatus: number;
	headers: Headers;
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
	/**
	 * The service's own message, cleaned for display; of an answer that isn't the service's what it
	 * says, in short.
	 */
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
	/** A proxy refused to lead to the server, so that nothing of the request came there. */
	tunnelRefused?: true;
	bodyProblem: BodyProblem | null;
}

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
	const { said, json, words, bodyProblem } = parseBody(raw, spellings);
	// Judged as it was said: a code with a secret in it isn't the one that is left when that is hidden.
	const errorCode = scalarText(said?.error_code);
	const { code, message } = said === null ? SILENT : codeAndMessage(said);
	const serverTime = dateOf(raw.headers, 'date');
	const answer: Answer = {
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
		envelope: errorCode === null ? null : (json as IDataObject),
		...(errorCode === null && json !== null && { bare: json as IDataObject }),
		success: errorCode !== null && isSuccessCode(errorCode),
		// To https, a proxy is asked for a tunnel first; whom it knows not, it gives none.
		...(raw.httpStatus === 407 && raw.url.startsWith('https:') && { tunnelRefused: true }),
		bodyProblem: bodyProblem ?? (errorCode === null ? 'noEnvelope' : null),
	};
	if (isForeign(answer)) answer.message = firstWords(answer.message ?? clean(words));
	if (said !== null && said !== json) asItWasSaid.set(answer, said);
	return answer;
}

const SILENT = { code: null, message: null };

/** The shapes in which COC, its gateway, SDKs and IAM name a code; without one just the message. */
function codeAndMessage(said: JsonRecord): { code: string | null; message: string | null } {
	const own = scalarText(said.error_code);
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

/**
 * Whether an answer has none of the shapes in which COC, its gateway and IAM answer: all of them
 * name a code. Its status is then the word of whoever answered, and proves nothing about the token,
 * a permission or the ticket.
 */
export function isForeign({ envelope, code }: Answer): boolean {
	return envelope === null && code === null;
}

/** Whether something in the service's place answered; not so when the answer could not be read. */
export function isFromBetween(answer: Answer): boolean {
	const { bodyProblem, message } = answer;
	if (!isForeign(answer)) return false;
	return (
		bodyProblem === 'empty' ||
		bodyProblem === 'noEnvelope' ||
		(bodyProblem === 'notJson' && message !== null)
	);
}

/** What was said where that isn't what is shown; aside, so that no output can show it. */
const asItWasSaid = new WeakMap<Answer, JsonRecord>();

/**
 * `data` of the envelope as COC said it, with nothing hidden: to compare with only, never to be put
 * out. Null when there is no envelope.
 */
export function saidData(answer: Answer): unknown {
	if (answer.envelope === null) return null;
	return (asItWasSaid.get(answer) ?? answer.envelope).data;
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

interface ParsedBody {
	/** The body as it was said, and as it may be shown: the same where nothing is hidden. */
	said: JsonRecord | null;
	json: JsonRecord | null;
	/** What it says as a text, with nothing hidden; null where that can't be told. */
	words: string | null;
	bodyProblem: BodyProblem | null;
}

function parseBody(raw: RawAnswer, spellings: readonly string[]): ParsedBody {
	const none = { said: null, json: null, words: null };
	if (raw.body === null) return { ...none, bodyProblem: raw.bodyProblem ?? 'lost' };
	const text = raw.body.replace(/^\uFEFF/, '');
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
		// Of JSON that breaks off nobody can tell who said it, nor what its escapes hide.
		const words = /^\s*[[{"]/.test(text) ? null : pageWords(text);
		return { ...none, words, bodyProblem: 'notJson' };
	}
}

/** Whether a body speaks of the request, and isn't data. */
function isRefusal({ httpStatus }: RawAnswer, said: JsonRecord): boolean {
	const code = scalarText(said.error_code);
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
