import type { ReadCoc } from '../../client/read';
import { listedStatus } from '../../client/listedStatus';
import { historyOf } from '../../coc/calls/listHistories';
import { actionsOf, type OfferedAction } from '../../coc/calls/listIncidentTasks';
import { isGatewayCode, NO_SUCH_TICKET } from '../../coc/classify';
import { transitionOf } from '../../coc/lifecycle';
import { STATUS_LABELS } from '../../coc/statuses';
import type { RequestKind } from '../../coc/waitingRequest';
import type { Failure, Read } from '../../errors/failure';
import { offersOf, requestIn } from '../../run/situation';
import type { ListedTicket, Shown } from './listedTicket';
import type { ManyStatuses } from './manyStatuses';
import type { WantedTickets } from './ticketsFor';

/** Tickets that are looked at together. */
export const TOGETHER = 10;

/** An incident that the list can't show; the failure says why, where COC said so. */
export interface HiddenTicket {
	number: string | null;
	failure: Failure | null;
}

interface Looked {
	shown: Shown[];
	leftOut: HiddenTicket[];
}

/**
 * The tickets on which an operation may be possible, by their statuses. v2's list doesn't show these:
 * those of many are read together, those of a few when they are looked at.
 *
 * @param wanted null for all
 */
export async function likelyTickets(
	statuses: ManyStatuses,
	tickets: ListedTicket[],
	wanted: WantedTickets | null,
): Promise<ListedTicket[]> {
	if (wanted === null) return tickets;
	const known = await statuses.of(tickets.map(({ number }) => number));
	return tickets
		.map((ticket) => ({ ...ticket, status: known.get(ticket.number) ?? null }))
		.filter(({ status }) => status === null || wanted.statuses.includes(status));
}

/** Those on which the operation is possible, of so few that they can be looked at together. */
export async function possibleTickets(
	read: ReadCoc,
	tickets: ListedTicket[],
	wanted: WantedTickets | null,
): Promise<Read<Looked>> {
	if (wanted === null) {
		const shown = tickets.map((ticket) => ({ ...ticket, request: null }));
		return { ok: true, value: { shown, leftOut: [] } };
	}
	const all = await Promise.all(tickets.map(async (ticket) => await lookAt(read, ticket, wanted)));
	const value: Looked = { shown: [], leftOut: [] };
	for (const [index, looked] of all.entries()) {
		if (looked.ok) value.shown.push(...(looked.value ? [looked.value] : []));
		else if (!isOfOne(looked.failure)) return looked;
		else value.leftOut.push({ number: tickets[index]!.number, failure: looked.failure });
	}
	return { ok: true, value };
}

/** The ticket as the list shows it; null when the operation isn't possible on it. */
async function lookAt(
	read: ReadCoc,
	ticket: ListedTicket,
	{ step, statuses, needsOffer, asksFirst }: WantedTickets,
): Promise<Read<Shown | null>> {
	const found = ticket.status === null ? await listedStatus(read, ticket.number) : null;
	if (found?.ok === false) return found;
	const status = found?.value ?? ticket.status;
	if (status === null) return NOT_POSSIBLE;
	const shown: Read<Shown> = { ok: true, value: { ...ticket, status, request: null } };
	const isBefore = statuses.includes(status);
	if (step === null || !needsOffer || (!isBefore && STATUS_LABELS.has(status))) {
		return isBefore ? shown : NOT_POSSIBLE;
	}
	const offered = await read(actionsOf(ticket.number));
	if (!offered.ok) {
		const { errorCode, httpStatus } = offered.failure;
		if (errorCode === NO_SUCH_TICKET) return NOT_POSSIBLE;
		// The operation itself needs no right to read it.
		return !asksFirst && httpStatus === 403 ? shown : offered;
	}
	if (offersOf(step, status, offered.value).length === 0) return NOT_POSSIBLE;
	const request = transitionOf(step).isAnswer
		? await requestOf(read, ticket.number, offered.value)
		: null;
	return { ok: true, value: { ...shown.value, request } };
}

const NOT_POSSIBLE = { ok: true, value: null } as const;

/** The request that waits; null where the history doesn't show it, or can't be read. */
async function requestOf(
	read: ReadCoc,
	ticket: string,
	offered: OfferedAction[],
): Promise<RequestKind | null> {
	const history = await read(historyOf(ticket));
	return history.ok ? requestIn(history.value, offered) : null;
}

/** Whether the answer may concern this ticket alone; anything else concerns all of them. */
function isOfOne({ httpStatus, errorCode }: Failure): boolean {
	if (httpStatus === 400 || httpStatus === 403) return true;
	// Without a code somebody else has answered, and the gateway's codes concern what is behind it.
	if (httpStatus === null || errorCode === null || isGatewayCode(errorCode)) return false;
	return httpStatus <= 299 || httpStatus === 500;
}

/** Why the first of the tickets that are left out can't be shown, where COC said so. */
export function reasonFor(leftOut: HiddenTicket[]): Failure | null {
	return leftOut.find(({ failure }) => failure !== null)?.failure ?? null;
}

const NAMED = 3;

export function describeHidden(leftOut: HiddenTicket[]): string {
	if (leftOut.length === 0) return '';
	const numbers = leftOut.flatMap(({ number }) => (number === null ? [] : [number]));
	const first = reasonFor(leftOut);
	const more = numbers.length > NAMED ? ` and ${numbers.length - NAMED} more` : '';
	const named = numbers.slice(0, NAMED).join(', ') + more;
	const nameless = leftOut.length - numbers.length;
	return `Not shown: ${[
		...(first ? [`${named}, since ${first.reason}`] : []),
		...(nameless > 0 ? [`${nameless} without a number`] : []),
	].join('; ')}`;
}
