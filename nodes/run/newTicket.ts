import type { IDataObject } from 'n8n-workflow';
import type { CocClient } from '../client/client';
import { readCoc } from '../client/read';
import { newItemBudget } from '../client/retryLoop';
import { incidentWithState } from '../coc/calls/showCocIncidentDetail';
import type { JsonRecord } from '../coc/json';
import { simplifyDetail } from '../coc/simplify';
import { cleanText } from '../coc/cleanText';
import { DRAFT } from '../coc/statuses';

/** Waits between two reads, in ms, and how long to wait in all. */
const WAIT = { first: 1000, factor: 1.5, cap: 8000, total: 60_000 } as const;

/** What a new ticket shows of itself, as *Get* gives it: COC's own words, people's names. */
export async function shownWhenAvailable(
	client: CocClient,
	ticket: unknown,
	mostMs: number,
): Promise<IDataObject> {
	const incident = typeof ticket === 'string' && (await whenAvailable(client, ticket, mostMs));
	if (!incident) return { available: false };
	const seen = Object.entries(simplifyDetail(incident));
	const known = seen.filter(([name, value]) => name !== 'ticket' && value !== null);
	return { ...Object.fromEntries(known), available: true };
}

/**
 * A new ticket once COC shows it in a status in which something can be done, within bounds: it creates
 * tickets asynchronously. Null when it doesn't.
 *
 * @param mostMs bound on one exchange, in ms
 */
async function whenAvailable(
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

/**
 * What to do before a creation is repeated whose outcome isn't known, as a clause.
 *
 * @param by the creator's IAM user ID
 * @param sentAt in ms since 1970
 */
export function lookForTicket(title: string, by: string, sentAt: number): string {
	return `before you repeat it, look among COC's incidents for "${cleanText(title)}", created by ${by} about ${new Date(sentAt).toISOString()}`;
}
