import { saidBody, type Answer } from '../answer';
import type { ReadCall } from '../call';
import type { TicketState } from '../history';
import { asNonEmptyText, asRecord, first, timeOf, type JsonRecord } from '../json';
import { knownStatus } from '../statuses';
import { urlEncoded } from '../url';

/** IAM action of the call. */
export const SHOW_ACTION = 'coc:ticket:get';

/** The v1 call that shows an incident (ShowCocIncidentDetail): `GET /v1/external/incident/{incident_num}`. */
export function showCocIncidentDetail<T>(
	ticket: string,
	what: string,
	take: ReadCall<T>['take'],
): ReadCall<T> {
	return {
		what,
		iamAction: SHOW_ACTION,
		request: { method: 'GET', path: `/v1/external/incident/${urlEncoded(ticket)}` },
		take,
	};
}

/** The whole incident. */
export function incidentOf(ticket: string): ReadCall<JsonRecord> {
	return showCocIncidentDetail(ticket, 'incident', ({ envelope }) => {
		const data = asRecord(envelope?.data);
		return asNonEmptyText(data?.incident_num) === null ? null : data;
	});
}

/** Where it stands. */
export function stateOf(ticket: string): ReadCall<TicketState> {
	return showCocIncidentDetail(ticket, 'status', readState);
}

/** The whole incident, and where it stands. */
export function incidentWithState(ticket: string): ReadCall<IncidentWithState> {
	return showCocIncidentDetail(ticket, 'status', (answer) => {
		const state = readState(answer);
		const incident = asRecord(answer.envelope?.data) ?? {};
		return state && { incident, said: asRecord(saidBody(answer)?.data) ?? incident, state };
	});
}

export interface IncidentWithState {
	incident: JsonRecord;
	/** As COC said it, to be sent back; never to be put out. */
	said: JsonRecord;
	state: TicketState;
}

/**
 * The war room that it names: null for none. Not taken from an answer that doesn't say.
 */
export function warRoomOf(ticket: string): ReadCall<{ warRoom: string | null }> {
	return showCocIncidentDetail(ticket, 'war room', ({ envelope }) => {
		const data = asRecord(envelope?.data);
		if (data === null || data.warroom_id === undefined) return null;
		return { warRoom: asNonEmptyText(first(data.warroom_id)) };
	});
}

/** Its status alone. */
export function statusOf(ticket: string): ReadCall<string> {
	return showCocIncidentDetail(ticket, 'status', readStatus);
}

function readState(answer: Answer): TicketState | null {
	const status = readStatus(answer);
	if (status === null) return null;
	const data = asRecord(answer.envelope?.data) ?? {};
	const scene = asNonEmptyText(data.assignee_scene);
	const role = asNonEmptyText(data.assignee_role);
	return {
		status,
		level: asNonEmptyText(data.incident_level),
		assignee: asNonEmptyText(first(data.incident_assignee)),
		shift: scene === null && role === null ? null : `${scene}/${role}`,
		solvedAt: timeOf(data.handle_time),
	};
}

/** The incident's `status`, in the documented spelling; null when a success answer doesn't show one. */
export function readStatus({ envelope }: Answer): string | null {
	const status = (envelope?.data as { status?: unknown } | null | undefined)?.status;
	const text = typeof status === 'string' ? status.trim() : '';
	// A number that a double can't hold comes as text.
	const isWord = /\p{L}/u.test(text) && !/^-?[\d.]+(?:e[+-]?\d+)?$/i.test(text);
	return knownStatus(text) ?? (isWord ? text : null);
}
