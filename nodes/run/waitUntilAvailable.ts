import type { CocClient } from '../client/client';
import { readCoc } from '../client/read';
import { newItemBudget } from '../client/retryLoop';
import { incidentWithState } from '../coc/calls/showCocIncidentDetail';
import type { JsonRecord } from '../coc/json';
import { DRAFT } from '../coc/statuses';

/** Waits between two reads, in ms, and how long to wait in all. */
const WAIT = { first: 1000, factor: 1.5, cap: 8000, total: 60_000 } as const;

/**
 * A new ticket once COC shows it in a status in which something can be done, within bounds: it creates
 * tickets asynchronously. Null when it doesn't.
 *
 * @param mostMs bound on one exchange, in ms
 */
export async function whenAvailable(
	client: CocClient,
	ticket: string,
	mostMs: number,
): Promise<JsonRecord | null> {
	const { clock, stop } = client;
	const endsAt = clock.now() + WAIT.total;
	for (let wait: number = WAIT.first; ; wait = Math.min(wait * WAIT.factor, WAIT.cap)) {
		const left = endsAt - clock.now();
		if (left <= 0 || stop.reason !== null) return null;
		const budget = { ...newItemBudget(), endsAt };
		const found = await readCoc(client, budget, incidentWithState(ticket), Math.min(mostMs, left));
		if (found.ok && found.value.state.status !== DRAFT) return found.value.incident;
		// Waiting won't fix a missing permission.
		const cause = found.ok ? null : found.failure.cause;
		if (cause === 'credential-invalid' || cause === 'configuration-invalid') return null;
		await stop.sleep(Math.min(wait, endsAt - clock.now()));
	}
}
