import { isJson } from './json';
import { urlEncoded } from './url';

/** A shorter text is no secret worth hiding, and hiding it would tear holes in ordinary words. */
const SHORTEST = 6;

/**
 * Every spelling that secrets may have in a text of a server that repeats what it was sent: as they
 * are, as JSON (within a JSON document once more), in a URL, and in base64.
 */
export function spellingsOf(secrets: readonly string[]): string[] {
	let spellings = known.get(secrets);
	if (!spellings) {
		spellings = [...secrets.map(asJson), ...secrets]
			.filter((secret) => secret.length >= SHORTEST)
			.flatMap((secret) => [asJson(secret), secret, ...inUrl(secret), ...inBase64(secret)]);
		known.set(secrets, spellings);
	}
	return spellings;
}

/** By the list, which is never changed: a run asks for each of its answers. */
const known = new WeakMap<readonly string[], string[]>();

/** Removes secrets, by their spellings, from a text. */
export function hideSecrets(text: string, spellings: readonly string[]): string {
	return spellings.reduce((result, spelling) => result.replaceAll(spelling, '***'), text);
}

/**
 * Removes secrets and all that looks like a signature: for the text of a refusal only, in which the
 * gateway repeats the request that it refuses. In data the same looks are a digest.
 */
export function hideInRefusal(text: string, spellings: readonly string[]): string {
	return hideSecrets(text, spellings).replace(SIGNATURE, '***');
}

/** What a signature looks like. */
const SIGNATURE = /(?<![0-9a-f])[0-9a-f]{64}(?![0-9a-f])/gi;

/**
 * The value of a JSON document with its secrets hidden, in names and in values; the value itself
 * when it holds none.
 *
 * @param json the value written out as JSON, so that no escape hides a secret
 * @param hide what is removed from a text
 */
export function hideInJson<T>(
	value: T,
	json: string,
	spellings: readonly string[],
	hide: typeof hideSecrets,
): T {
	if (hide(json, spellings) === json) return value;
	const found = spellings.filter((spelling) => json.includes(spelling));
	// Piece by piece: digits that are a secret may occur within a number, which must stay one.
	const hidden = json.replace(STRING_OR_NUMBER, (piece) => {
		if (!piece.startsWith('"')) return found.includes(piece) ? '"***"' : piece;
		const shown = `"${hide(piece.slice(1, -1), found)}"`;
		// It isn't JSON when the end of what was hidden is the half of an escape.
		return shown === piece || isJson(shown) ? shown : '"***"';
	});
	return JSON.parse(hidden) as T;
}

const STRING_OR_NUMBER = /"[^"\\]*(?:\\.[^"\\]*)*"|-?\d[\d.eE+-]*/g;

function asJson(text: string): string {
	return JSON.stringify(text).slice(1, -1);
}

/** Encoders differ in some marks, and in the case of their digits. */
function inUrl(secret: string): string[] {
	const usual = urlEncoded(secret);
	const strict = usual.replace(
		/[!'()*]/g,
		(mark) => `%${mark.charCodeAt(0).toString(16).toUpperCase()}`,
	);
	const inLowerCase = (text: string) => text.replace(/%../g, (code) => code.toLowerCase());
	return [...new Set([usual, strict, inLowerCase(usual), inLowerCase(strict)])];
}

/** The part that stays the same whatever stands around it, for each of the three ways to begin. */
function inBase64(secret: string): string[] {
	return [0, 1, 2].flatMap((offset) => {
		const bytes = Buffer.from('x'.repeat(offset) + secret);
		return (['base64', 'base64url'] as const)
			.map((encoding) => bytes.toString(encoding).replace(/=+$/, '').slice(4, -4))
			.filter((part) => part.length >= SHORTEST);
	});
}
