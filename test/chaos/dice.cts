import { createRandom, type Random } from '../support/random.cts';

/**
 * A generator of its own for each thing that chance decides about, known by its name: what hits a
 * ticket's second read is the same in every run of a seed, whatever else happens at that moment.
 */
export function diceFor(seed: number, name: string): Random {
	// FNV-1a
	let hash = 0x811c9dc5 ^ seed;
	for (let at = 0; at < name.length; at++) {
		hash = Math.imul(hash ^ name.charCodeAt(at), 0x01000193);
	}
	return createRandom(hash);
}

/** True in `share` (0 … 1) of all cases. */
export function chance(dice: Random, share: number): boolean {
	return dice.below(1_000_000) < share * 1_000_000;
}

/** One of the values, each as often as its weight says. */
export function weighted<T>(dice: Random, choices: ReadonlyArray<readonly [number, T]>): T {
	const total = choices.reduce((sum, [weight]) => sum + weight, 0);
	let left = dice.below(total);
	for (const [weight, value] of choices) {
		left -= weight;
		if (left < 0) return value;
	}
	throw new Error('There is nothing to choose from');
}
