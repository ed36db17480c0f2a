import type { Answer } from './answer';
import { asRecord, wordsOf } from './json';
import { urlEncoded } from './path';

/**
 * The statuses of an incident (`status` of ShowCocIncidentDetail; Incident Status page), in the
 * console's words. Others may exist: they are shown as they are.
 */
export const STATUS_LABELS: ReadonlyMap<string, string> = new Map([
	['incident_draft', 'Draft'],
	['INCIDENT_STATUS_TRIGGERED', 'Not Accepted'],
	['INCIDENT_STATUS_REJECTED', 'Rejected'],
	['INCIDENT_STATUS_ACKNOWLEDGED', 'Accepted'],
	['INCIDENT_STATUS_RESOLVED', 'To Be Verified'],
	['INCIDENT_STATUS_COMPLETED', 'Completed'],
]);

export const DRAFT = 'incident_draft';
export const NOT_ACCEPTED = 'INCIDENT_STATUS_TRIGGERED';
/** Accepted: its handler is at work. */
export const ACCEPTED = 'INCIDENT_STATUS_ACKNOWLEDGED';
export const TO_BE_VERIFIED = 'INCIDENT_STATUS_RESOLVED';
export const COMPLETED = 'INCIDENT_STATUS_COMPLETED';

/** A status as a user reads it: the console's word and the API's. */
export function describeStatus(status: string): string {
	const label = STATUS_LABELS.get(status);
	return label === undefined ? `"${status}"` : `"${label}" (${status})`;
}

/** The v1 call that shows an incident (ShowCocIncidentDetail): `GET /v1/external/incident/{incident_num}`. */
export function showIncident(ticket: string) {
	return { method: 'GET', path: `/v1/external/incident/${urlEncoded(ticket)}` } as const;
}

/** The incident in a success answer; null when it doesn't show one. */
export function readIncident({ envelope }: Answer): Record<string, unknown> | null {
	const data = asRecord(envelope?.data);
	return wordsOf(data?.incident_num) === null ? null : data;
}

/** The incident's `status`, in the documented spelling; null when a success answer doesn't show one. */
export function readStatus({ envelope }: Answer): string | null {
	const status = (envelope?.data as { status?: unknown } | null | undefined)?.status;
	const text = typeof status === 'string' ? status.trim() : '';
	// A number that is too long to be one comes as text.
	return knownStatus(text) ?? (/\p{L}/u.test(text) ? text : null);
}

/** A documented status in the documented spelling; null when it is none. */
export function knownStatus(status: unknown): string | null {
	const text = typeof status === 'string' ? status.trim().toUpperCase() : '';
	return [...STATUS_LABELS.keys()].find((one) => one.toUpperCase() === text) ?? null;
}
