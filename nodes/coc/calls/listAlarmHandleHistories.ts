import type { ReadCall } from '../call';
import { asRecord, recordsOf, type JsonRecord } from '../json';
import { urlEncoded } from '../url';

/** A page of what was done about an alarm. */
export interface AlarmHistoryPage {
	records: JsonRecord[];
	/** How many there are in all, by COC's word; null without one. */
	count: number | null;
	/** How the alarm was cleared; null as long as it isn't. */
	resolved: JsonRecord | null;
}

/** IAM action of the call. */
export const ALARM_HISTORY_ACTION = 'coc:alarm:listHandleHistories';

/** Asked for at once, as COC's own Terraform provider does. */
export const ALARM_RECORDS_PER_PAGE = 100;

/** The call that lists what was done about an alarm: `GET /v1/alarm-mgmt/alarm/{id}/handle-histories`. */
export function alarmHistoryPage(alarm: string, offset: number): ReadCall<AlarmHistoryPage> {
	const query = `offset=${offset}&limit=${ALARM_RECORDS_PER_PAGE}`;
	return {
		what: 'history',
		iamAction: ALARM_HISTORY_ACTION,
		request: {
			method: 'GET',
			path: `/v1/alarm-mgmt/alarm/${urlEncoded(alarm)}/handle-histories?${query}`,
			bareMember: 'alarm_handle_histories',
		},
		take({ envelope }) {
			const { alarm_handle_histories: list, count, resolved_record } = envelope ?? {};
			const records = list === null ? [] : recordsOf(list);
			if (records === null) return null;
			const resolved = asRecord(resolved_record);
			const isThere = resolved !== null && Object.keys(resolved).length > 0;
			return {
				records,
				count: Number.isSafeInteger(count) ? (count as number) : null,
				resolved: isThere ? resolved : null,
			};
		},
	};
}
