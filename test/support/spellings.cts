import { inspect } from 'node:util';

/** Fewer characters would be found by chance. */
const SHORTEST = 6;

/**
 * A secret as it stands, in lower case, in JSON once and twice, in a URL, in a form, and in base64
 * from each of the three places it can begin at.
 */
export function spellings(secret: string): string[] {
	const json = JSON.stringify(secret).slice(1, -1);
	const inBase64 = [0, 1, 2].flatMap((offset) => {
		const bytes = Buffer.from(`${'x'.repeat(offset)}${secret}`);
		return (['base64', 'base64url'] as const).map((encoding) =>
			bytes.toString(encoding).replace(/=+$/, '').slice(4, -4),
		);
	});
	const texts = [
		secret,
		secret.toLowerCase(),
		json,
		JSON.stringify(json).slice(1, -1),
		encodeURIComponent(secret),
		new URLSearchParams({ '': secret }).toString().slice(1),
		...inBase64,
	];
	// In what Node's inspect shows, backslashes are doubled once more.
	const shown = texts.map((text) => inspect(text).slice(1, -1));
	return [...new Set([...texts, ...shown])].filter(({ length }) => length >= SHORTEST);
}
