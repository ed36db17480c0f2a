import { setTimeout as sleep } from 'node:timers/promises';
import type { Latency } from './faults.cts';

/** Who waits in a latency together, and what ends that wait for all. */
const gatherings = new WeakMap<Latency, { waiting: number; complete: AbortController }>();
/** The doors open so much later, in ms, that one too many would be seen as well. */
const A_MOMENT = 50;

/** Waits as the fault says. Rejects when `signal` aborts. */
export async function wait(latency: Latency, signal: AbortSignal): Promise<void> {
	const { ms, together } = latency;
	if (together === undefined) return await sleep(ms, undefined, { signal });
	const gathering = gatherings.get(latency) ?? { waiting: 0, complete: new AbortController() };
	gatherings.set(latency, gathering);
	const { complete } = gathering;
	if (++gathering.waiting === together) setTimeout(() => complete.abort(), A_MOMENT);
	try {
		await sleep(ms, undefined, { signal: AbortSignal.any([signal, complete.signal]) });
	} catch (error) {
		if (signal.aborted) throw error;
	} finally {
		gathering.waiting--;
	}
}
