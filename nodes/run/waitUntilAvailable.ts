import { DRAFT } from '../coc/statuses';
import { newEffort } from '../client/retryLoop';
import type { Traffic } from '../client/client';
import type { Work } from './operation';
import { readFromCoc, statusOf } from '../client/read';
import { isDone } from './itemResult';

/** Waits between two looks, in ms, and how long to wait in all. */
const WAIT = { first: 1000, factor: 1.5, cap: 8000, total: 60_000 } as const;

/**
 * The work that creates a ticket, and then waits until COC shows it: it creates them behind the
 * scenes. Waiting that comes to nothing doesn't undo the creation, so that the item says `available`.
 */
export function thenAvailable(creation: Work, timeoutMs: number): Work {
	return {
		lane: creation.lane,
		async carryOut(run, words) {
			const done = await creation.carryOut(run, words);
			if (!isDone(done) || done.outcome !== 'applied' || !run.traffic.ok) return done;
			const { ticket } = done.json as { ticket?: unknown };
			const available =
				typeof ticket === 'string' && (await isShown(run.traffic.value, ticket, timeoutMs));
			return { ...done, json: { ...done.json, available } };
		},
	};
}

/** Looks until COC shows the ticket in a status in which something can be done, within bounds. */
async function isShown(traffic: Traffic, ticket: string, mostMs: number): Promise<boolean> {
	const { clock, brake } = traffic;
	const endsAt = clock.now() + WAIT.total;
	for (let wait: number = WAIT.first; ; wait = Math.min(wait * WAIT.factor, WAIT.cap)) {
		const left = endsAt - clock.now();
		if (left <= 0 || brake.why !== null) return false;
		const read = await readFromCoc(
			traffic,
			{ ...newEffort(), endsAt },
			statusOf(ticket),
			Math.min(mostMs, left),
		);
		if (read.ok && read.value !== DRAFT) return true;
		// Waiting mends no permission.
		const cause = read.ok ? null : read.failure.cause;
		if (cause === 'credential-invalid' || cause === 'configuration-invalid') return false;
		await brake.sleep(Math.min(wait, endsAt - clock.now()));
	}
}
