import { unreadFailure, type Failure } from '../errors/failure';
import type { Read } from '../client/read';
import { startOf, WITNESSES } from './cocClock';
import { begin } from './state';
import type { Listed } from './rowPages';
import { lookAround, type Limits, type Round, type Source, type Told } from './sync';

/** The source, and the newest tickets of all, whatever the filters. */
export interface BeginningSource<Detail extends Told> extends Source<Detail> {
	newestOfAll(count: number): Promise<Read<Listed>>;
}

/**
 * The first round of a trigger that is switched on now: it emits nothing. COC's clock is exact to the
 * second only, so that what the first poll can see counts as seen, ticket by ticket: one that comes in
 * the same second, but after it, is new.
 *
 * @param asked what the node is asked for
 */
export async function beginNow<Detail extends Told>(
	source: BeginningSource<Detail>,
	limits: Omit<Limits, 'isOver'>,
	asked: string,
): Promise<Read<Round<Detail>>> {
	const newest = await source.newestOfAll(WITNESSES);
	if (!newest.ok) return newest;
	const { rows, now } = newest.value;
	const start = startOf(now, rows);
	if (start === null) return { ok: false, failure: NO_CLOCK };
	// Whole, since what is left to the next poll would be told.
	const whole = { ...limits, isOver: () => false };
	const round = await lookAround(source, begin(start, asked), whole, () => false);
	return round.ok ? { ok: true, value: { emit: [], memory: round.value.memory } } : round;
}

const NO_CLOCK: Failure = {
	...unreadFailure(
		"COC's answer has no valid Date header, and COC shows no ticket whose time could stand in for it, so that the trigger can't tell what is new",
		'Have the proxy between n8n and COC pass the Date header on, once and unchanged, or publish once COC holds a ticket.',
	),
	cause: 'configuration-invalid',
};
