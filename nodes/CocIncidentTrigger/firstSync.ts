import { unreadFailure, type Failure, type Read } from '../errors/failure';
import { startOf, WITNESSES } from './cocClock';
import type { Listed } from './rows';
import { initialState } from '../events/state';
import { sync, type Limits, type Source, type SyncResult, type TicketDetail } from './sync';

/** The source, and the newest tickets of all, whatever the filters. */
export interface FirstSyncSource<Detail extends TicketDetail> extends Source<Detail> {
	newestOfAll(count: number): Promise<Read<Listed>>;
}

/**
 * The first sync of a trigger that is switched on now: it emits nothing. COC's clock is exact to the
 * second only, so that what the first poll can see counts as seen, ticket by ticket: one that comes in
 * the same second, but after it, is new.
 *
 * @param fingerprint of the node's settings
 */
export async function firstSync<Detail extends TicketDetail>(
	source: FirstSyncSource<Detail>,
	limits: Omit<Limits, 'isOver'>,
	fingerprint: string,
): Promise<Read<SyncResult<Detail>>> {
	const newest = await source.newestOfAll(WITNESSES);
	if (!newest.ok) return newest;
	const { rows, now } = newest.value;
	const start = startOf(now, rows);
	if (start === null) return { ok: false, failure: NO_CLOCK };
	// To the end, since what is left to the next poll would be emitted.
	const whole = { ...limits, isOver: () => false };
	const result = await sync(source, initialState(start, fingerprint), whole, () => false);
	return result.ok ? { ok: true, value: { emit: [], state: result.value.state } } : result;
}

const NO_CLOCK: Failure = {
	...unreadFailure(
		"COC's answer has no valid Date header, and COC shows no ticket whose time could stand in for it, so that the trigger doesn't know what is new",
		'Have the proxy between n8n and COC pass the Date header on, once and unchanged, or publish once COC holds a ticket.',
	),
	cause: 'configuration-invalid',
};
