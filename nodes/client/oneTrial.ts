import { isProven, refusalOf } from '../auth/refusals';

/** Requests under way alone, by what they try. */
const trials = new Map<string, Promise<void>>();

/** Longest wait for others' trials, in ms: a COC that never answers must not hold up all executions. */
const LONGEST_WAIT_MS = 30_000;

/**
 * Sends requests with an access key one at a time until it was accepted, over all executions of this
 * process: more than five refused signatures in a row lock it, for everyone.
 *
 * @param subject the key, see `subjectOf`
 * @param request decides about the subject before it ends, where its answer does
 */
export async function oneTrial<T>(subject: string, request: () => Promise<T>): Promise<T> {
	const began = Date.now();
	const isOpen = () => isProven(subject) || refusalOf(subject) !== null;
	for (;;) {
		const trial = trials.get(subject);
		if (!trial || isOpen() || Date.now() - began > LONGEST_WAIT_MS) break;
		await trial;
	}
	// Nothing may be awaited between this look and the entry.
	if (isOpen() || trials.has(subject)) return await request();
	const result = request();
	const end = () => void trials.delete(subject);
	trials.set(subject, result.then(end, end));
	return await result;
}
