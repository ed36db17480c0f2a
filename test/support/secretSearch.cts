import { expect } from '@jest/globals';

/** A secret as it stands, in a URL, and in base64 from each of the three places it can begin at. */
export function spellings(secret: string): string[] {
	const inBase64 = [0, 1, 2].flatMap((offset) => {
		const bytes = Buffer.from(`${'x'.repeat(offset)}${secret}`);
		return (['base64', 'base64url'] as const).map((encoding) =>
			bytes.toString(encoding).replace(/=+$/, '').slice(4, -4),
		);
	});
	return [secret, encodeURIComponent(secret), secret.toLowerCase(), ...inBase64];
}

/** That none of these secrets is in a text, in any spelling. */
export function expectNoSecret(text: string, secrets: string[]): void {
	for (const spelling of secrets.flatMap(spellings)) expect(text).not.toContain(spelling);
}
