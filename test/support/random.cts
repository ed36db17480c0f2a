/** A seeded generator of numbers and choices: the same seed, the same run. */
export interface Random {
	/** 0 … limit - 1 */
	below(limit: number): number;
	/** True once in `times`. */
	once(times: number): boolean;
	pick<T>(choices: readonly T[]): T;
	/** None to `most` of what `make` makes. */
	some<T>(most: number, make: () => T): T[];
	/** None to `most` of these characters. */
	text(most: number, characters: readonly string[]): string;
}

// In jest every look at a global is slow.
const { floor, imul } = Math;

/** mulberry32 */
export function createRandom(seed: number): Random {
	let state = seed;
	const next = () => {
		state = (state + 0x6d2b79f5) | 0;
		let t = imul(state ^ (state >>> 15), state | 1);
		t ^= t + imul(t ^ (t >>> 7), t | 61);
		return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32;
	};
	const random: Random = {
		below: (limit) => floor(next() * limit),
		once: (times) => random.below(times) === 0,
		pick: (choices) => choices[random.below(choices.length)]!,
		some: (most, make) => Array.from({ length: random.below(most + 1) }, make),
		text: (most, characters) => random.some(most, () => random.pick(characters)).join(''),
	};
	return random;
}

const range = (from: number, to: number) =>
	Array.from({ length: to - from + 1 }, (_, index) => String.fromCodePoint(from + index));

export const LETTERS = [...range(0x30, 0x39), ...range(0x41, 0x5a), ...range(0x61, 0x7a)];
/** Letters, all other printable ASCII characters, some unprintable ones, Unicode of all sorts. */
export const CHARACTERS = [
	...LETTERS,
	...range(0x20, 0x7e),
	...['\u0001', '\t', '\n', '\u007f'],
	...'éßñøžşİı€“”–…\u00a0\u00ad\u0301\u200b\u200f\u202e\u2028\ufeff\ufffd\ue000\uffee'.split(''),
	...'中文支付验证日本語한국어العربيةעבריתहिन्दी'.split(''),
	...['✅', '😀', '👩‍💻', '𝒳', '𠜎', '\u{10ffff}'],
];
