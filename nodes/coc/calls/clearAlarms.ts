import type { Answer } from '../answer';
import type { CocRequest } from '../call';
import { asNonEmptyText } from '../json';
import { interruptionParams, type Interruption } from './interruptionParams';

/** What is said of alarms that are cleared. */
export interface Clearing {
	/** 1–300 characters; null for nothing. */
	remarks: string | null;
	/** Null when the service was not interrupted. */
	interruption: Interruption | null;
}

/** IAM action of the call. */
export const CLEAR_ACTION = 'coc:alarm:clear';

/**
 * The call that clears alarms: `POST /v1/alarm-mgmt/alarms/cancel`. A second time it changes at most
 * the remark.
 */
export function clearAlarms(
	alarms: readonly string[],
	{ remarks, interruption }: Clearing,
): CocRequest {
	return {
		method: 'POST',
		path: '/v1/alarm-mgmt/alarms/cancel',
		json: {
			alarm_ids: alarms.join(','),
			...(remarks !== null && { remarks }),
			...interruptionParams(interruption),
		},
		bareMember: 'data',
	};
}

/** The alarms that a success answer names as cleared: fewer than asked for when it was done in part. */
export function readCleared({ envelope }: Answer): string[] {
	const data = envelope?.data;
	if (!Array.isArray(data)) return [];
	return data.map(asNonEmptyText).filter((alarm) => alarm !== null);
}
