import { cleanText } from './cleanText';

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
/** Waits for its creator, who closes or resubmits it. */
export const REJECTED = 'INCIDENT_STATUS_REJECTED';
/** Its handler is at work. */
export const ACCEPTED = 'INCIDENT_STATUS_ACKNOWLEDGED';
export const TO_BE_VERIFIED = 'INCIDENT_STATUS_RESOLVED';
export const COMPLETED = 'INCIDENT_STATUS_COMPLETED';

/** A status for users: the console's word and the API's. */
export function describeStatus(status: string): string {
	const label = STATUS_LABELS.get(status);
	return label === undefined ? `"${cleanText(status) ?? ''}"` : `"${label}" (${status})`;
}

/** A documented status in the documented spelling; null for any other value. */
export function knownStatus(status: unknown): string | null {
	const text = typeof status === 'string' ? status.trim().toUpperCase() : '';
	return [...STATUS_LABELS.keys()].find((one) => one.toUpperCase() === text) ?? null;
}
