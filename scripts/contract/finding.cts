import type { Seen } from './seen.cts';

/** What came of a point. */
export interface Outcome {
	verdict: 'as assumed' | 'otherwise' | 'not tried';
	/** What was seen, or why nothing was tried. */
	seen: string;
}

export type Point = (seen: Seen) => Outcome;

export const assumed = (seen: string): Outcome => ({ verdict: 'as assumed', seen });
export const otherwise = (seen: string): Outcome => ({ verdict: 'otherwise', seen });
export const notTried = (seen: string): Outcome => ({ verdict: 'not tried', seen });

/** A number of things: "3 entries". */
export const count = (n: number, one: string, many = `${one}s`) => `${n} ${n === 1 ? one : many}`;

/** Each word once, with how often it came. */
export function tally(words: readonly unknown[]): string {
	const counts = new Map<string, number>();
	for (const word of words.map(String)) counts.set(word, (counts.get(word) ?? 0) + 1);
	return [...counts].map(([word, n]) => `\`${word}\`${n > 1 ? ` ×${n}` : ''}`).join(', ');
}

/** All of a kind must be so: says how many were looked at, and which weren't. */
export function every<T>(
	things: readonly T[],
	named: [one: string, many: string],
	isSo: (thing: T) => boolean,
	odd: (thing: T) => string,
): Outcome {
	if (things.length === 0) return notTried(`no ${named[0]} was there to look at`);
	const others = things.filter((thing) => !isSo(thing));
	const all = count(things.length, ...named);
	if (others.length === 0) return assumed(`so in ${all}`);
	return otherwise(`not so in ${others.length} of ${all}: ${tally(others.map(odd))}`);
}

/** Why a point of the story has nothing to go by. */
export function untold({ about }: Seen, step: string): Outcome {
	if (about.story === null) return notTried('only with --story, which writes');
	return notTried(`the story did not come to it (${step}): ${about.story}`);
}

/** What kind of value it is. */
export function kindOf(value: unknown): string {
	if (value === null) return 'null';
	if (value === undefined) return 'nothing';
	if (Array.isArray(value)) return 'a list';
	if (typeof value === 'string') {
		if (/^\d+$/.test(value)) return `a text of ${value.length} digits`;
		if (/^\d{4}-\d\d-\d\d/.test(value)) return 'an ISO text';
		return 'a text';
	}
	if (typeof value === 'number') return 'a number';
	if (typeof value === 'object') return `an object {${Object.keys(value).join(', ')}}`;
	return `a ${typeof value}`;
}
