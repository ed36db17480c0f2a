import type { Said } from './node.cts';

/**
 * In *Stop* mode there are no items: the error's description lists them by outcome, as numbers and
 * ranges of numbers.
 */
export function outcomesOfStop(error: unknown): (index: number) => Said {
	const { message, description } = error as { message: string; description?: string | null };
	throw new Error(`No outcomes: ${message} — ${description}`);
}
