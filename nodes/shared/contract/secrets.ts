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
			.flatMap((secret) => [
				asJson(secret),
				secret,
				encodeURIComponent(secret),
				...inBase64(secret),
			]);
		known.set(secrets, spellings);
	}
	return spellings;
}

/** By the list, which is never changed: a run asks for each of its answers. */
const known = new WeakMap<readonly string[], string[]>();

/** Removes secrets, by their spellings, and all signatures from a text. */
export function redact(text: string, spellings: readonly string[]): string {
	return spellings
		.reduce((result, spelling) => result.replaceAll(spelling, '***'), text)
		.replace(SIGNATURE, '***');
}

/** What a signature looks like; the gateway repeats that of a request it refuses. */
const SIGNATURE = /\b[0-9a-f]{64}\b/gi;

function asJson(text: string): string {
	return JSON.stringify(text).slice(1, -1);
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
