/** Looks for secrets in whatever was given out, however they are spelled there. */
import { inspect } from 'node:util';
import { expect } from '@jest/globals';
import { spellings } from './spellings.cts';

/** The names of the secrets that are in a text, in whatever spelling. */
export function secretsIn(text: string, secrets: Record<string, string>): string[] {
	return Object.keys(secrets).filter((name) =>
		spellings(secrets[name] ?? '').some((spelling) => text.includes(spelling)),
	);
}

/** That none of these secrets is in a text, in any spelling. */
export function expectNoSecret(text: string, secrets: string[]): void {
	for (const spelling of secrets.flatMap(spellings)) expect(text).not.toContain(spelling);
}

/** All of a value, hidden and nested properties too, as one text. */
export function everythingOf(value: unknown): string {
	return inspect(value, {
		depth: null,
		maxArrayLength: null,
		maxStringLength: null,
		showHidden: true,
		customInspect: false,
	});
}
