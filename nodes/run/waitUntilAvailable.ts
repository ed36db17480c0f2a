import type { CocClient } from '../client/client';
import { readCoc } from '../client/read';
import { newItemBudget } from '../client/retryLoop';
import { statusOf } from '../coc/calls/showCocIncidentDetail';
import { DRAFT } from '../coc/statuses';

/** Waits between two reads, in ms, and how long to wait in all. */
const WAIT = { first: 1000, factor: 1.5, cap: 8000, total: 60_000 } as const;

/**
 * Whether COC shows a new ticket in a status in which something can be done, within bounds: it
 * creates tickets asynchronously.
 *
 * @param mostMs bound on one exchange, in ms
 */
export async function isAvailable(
	client: CocClient,
	ticket: string,
	mostMs: number,
): Promise<boolean> {
	const { clock, stop } = client;
	const endsAt = clock.now() + WAIT.total;
	for (let wait: number = WAIT.first; ; wait = Math.min(wait * WAIT.factor, WAIT.cap)) {
		const left = endsAt - clock.now();
		if (left <= 0 || stop.reason !== null) return false;
		const budget = { ...newItemBudget(), endsAt };
		const status = await readCoc(client, budget, statusOf(ticket), Math.min(mostMs, left));
		if (status.ok && status.value !== DRAFT) return true;
		// Waiting won't fix a missing permission.
		const cause = status.ok ? null : status.failure.cause;
		if (cause === 'credential-invalid' || cause === 'configuration-invalid') return false;
		await stop.sleep(Math.min(wait, endsAt - clock.now()));
	}
}
