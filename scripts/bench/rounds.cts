import { medianOf } from './figures.cts';

/** What a piece of work took, in µs. */
export interface Cost {
	cpu: number;
	time: number;
}

/** Rounds before those that count. */
export const WARM_UP = 3;

/**
 * Does all works in turn, round after round, each round starting with another one, so that a busy
 * machine slows all of them alike. Gives each one's median, after the rounds to warm up.
 */
export async function compare(
	works: Array<() => void | Promise<void>>,
	rounds: number,
): Promise<Cost[]> {
	const costs = works.map((): Cost[] => []);
	for (let round = 0; round < WARM_UP + rounds; round++) {
		for (let turn = 0; turn < works.length; turn++) {
			const index = (turn + round) % works.length;
			const start = performance.now();
			const before = process.cpuUsage();
			await works[index]!();
			const { user, system } = process.cpuUsage(before);
			const time = (performance.now() - start) * 1000;
			if (round >= WARM_UP) costs[index]!.push({ cpu: user + system, time });
		}
	}
	return costs.map((all) => ({
		cpu: medianOf(all, 'cpu'),
		time: medianOf(all, 'time'),
	}));
}
