import type { ReadCoc } from '../../client/read';
import { listedStatus } from '../../client/listedStatus';
import { actionsOf } from '../../coc/calls/listIncidentTasks';
import type { ListedIncident } from '../../coc/calls/listIncidents';
import { isGatewayCode, NO_SUCH_TICKET } from '../../coc/classify';
import { statusesBefore } from '../../coc/lifecycle';
import { ACCEPTED, STATUS_LABELS } from '../../coc/statuses';
import { ticketNumber } from '../../coc/url';
import type { Failure, Read } from '../../errors/failure';
import type { Operation } from '../../run/operation';
import { pool } from '../../run/pool';
import { offersOf } from '../../run/situation';

/** Tickets that are looked at together. */
const TOGETHER = 10;

/** An incident that the list can't show; the failure says why, where COC said so. */
export interface HiddenTicket {
	number: string | null;
	failure: Failure | null;
}

/** An incident that can be chosen; its status, where that was read. */
export interface Shown {
	incident: ListedIncident;
	status: string | null;
}

interface Looked {
	shown: Shown[];
	leftOut: HiddenTicket[];
	/** How many could be read, whatever their status. */
	readable: number;
}

/**
 * The incidents on which an operation is possible: each one's detail is read, since v2's list doesn't
 * show the status, and what COC offers, where the operation asks first as well.
 *
 * @param operation undefined for one that is possible on all
 */
export async function possibleTickets(
	read: ReadCoc,
	listed: ListedIncident[],
	operation: Operation | undefined,
): Promise<Read<Looked>> {
	const incidents = listed.filter((incident) => numberOf(incident) !== null);
	const leftOut = listed
		.filter((incident) => numberOf(incident) === null)
		.map((): HiddenTicket => ({ number: null, failure: null }));
	if (operation?.step === undefined) {
		const shown = incidents.map((incident) => ({ incident, status: null }));
		return { ok: true, value: { shown, leftOut, readable: shown.length } };
	}
	const all = await lookAtAll(read, incidents, operation);
	if (!all.ok) return all;
	const shown: Shown[] = [];
	for (const [index, incident] of incidents.entries()) {
		const looked = all.value[index]!;
		if (!looked.ok) leftOut.push({ number: numberOf(incident), failure: looked.failure });
		else if (looked.value !== null) shown.push({ incident, status: looked.value });
	}
	const readable = all.value.filter(({ ok }) => ok).length;
	return { ok: true, value: { shown, leftOut, readable } };
}

/** How each was looked at, or why that one can't be; fails where none could be. */
async function lookAtAll(
	read: ReadCoc,
	incidents: ListedIncident[],
	operation: Operation,
): Promise<Read<Array<Read<string | null>>>> {
	const all: Array<Read<string | null>> = [];
	let failure: Failure | undefined;
	await pool(
		incidents.length,
		TOGETHER,
		() => ({ key: null }),
		async (index) => {
			if (failure) return;
			const looked = await lookAt(read, numberOf(incidents[index]!), operation);
			all[index] = looked;
			if (!looked.ok && !isOfOne(looked.failure)) failure ??= looked.failure;
		},
	);
	return failure ? { ok: false, failure } : { ok: true, value: all };
}

/** The ticket's status, when the operation is possible on it; null when it isn't. */
async function lookAt(
	read: ReadCoc,
	ticket: string | null,
	{ step, asksFirst }: Operation,
): Promise<Read<string | null>> {
	const found = await listedStatus(read, ticket);
	if (!found.ok || found.value === null || step === undefined) return found;
	const { value: status } = found;
	const statuses = statusesBefore(step);
	const isBefore = statuses.includes(status);
	// A pause, which the status doesn't show, stands in the way of what a handler does.
	const needsOffer = asksFirst === true || statuses.includes(ACCEPTED);
	if (!needsOffer || (!isBefore && STATUS_LABELS.has(status))) {
		return { ok: true, value: isBefore ? status : null };
	}
	const offered = await read(actionsOf(ticket ?? ''));
	if (!offered.ok) {
		const { errorCode, httpStatus } = offered.failure;
		if (errorCode === NO_SUCH_TICKET) return { ok: true, value: null };
		// The operation itself needs no right to read it.
		return asksFirst !== true && httpStatus === 403 ? found : offered;
	}
	const isOffered = offersOf(step, status, offered.value).length > 0;
	return { ok: true, value: isOffered ? status : null };
}

/** Whether the answer may concern this ticket alone; anything else concerns all of them. */
function isOfOne({ httpStatus, errorCode }: Failure): boolean {
	if (httpStatus === 400 || httpStatus === 403) return true;
	// Without a code somebody else has answered, and the gateway's codes concern what is behind it.
	if (httpStatus === null || errorCode === null || isGatewayCode(errorCode)) return false;
	return httpStatus <= 299 || httpStatus === 500;
}

/** Why there is nothing to choose from, when no ticket of a page could be read. */
export function allFailed({ readable, leftOut }: Looked): Failure | null {
	return readable > 0 ? null : reasonFor(leftOut);
}

function reasonFor(leftOut: HiddenTicket[]): Failure | null {
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

export function numberOf({ ticket_id: number }: ListedIncident): string | null {
	return ticketNumber(number);
}
