import { UNPUBLISHED_ACTION, type ReadCall } from '../call';
import { asNonEmptyText, asRecord, type JsonRecord } from '../json';
import { ticketNumber, urlEncoded } from '../url';

/** IAM action of the call. */
export const SHOW_ALARM_ACTION = UNPUBLISHED_ACTION;

/** The call that shows an alarm: `GET /v1/alarm-mgmt/alarm/{id}`. Its answer has no envelope. */
export function alarmOf(alarm: string): ReadCall<JsonRecord> {
	return {
		what: 'alarm',
		iamAction: SHOW_ALARM_ACTION,
		request: {
			method: 'GET',
			path: `/v1/alarm-mgmt/alarm/${urlEncoded(alarm)}`,
			bareMember: 'data',
		},
		take({ envelope }) {
			const data = asRecord(envelope?.data);
			return asNonEmptyText(data?.id) === null ? null : data;
		},
	};
}

/** The same, as far as it says whether the alarm is over. */
export function alarmStatusOf(alarm: string): ReadCall<string> {
	return part(alarm, (data) => asNonEmptyText(data.status));
}

/** The status of an alarm that is over. */
export const RESOLVED = 'resolved';

/** Which incident an alarm belongs to. */
export interface Link {
	alarm: string;
	/** Null for none. */
	incident: string | null;
}

/** The same, as far as it says which incident the alarm belongs to. */
export function linkOf(alarm: string): ReadCall<Link> {
	return part(alarm, ({ associate_event_id }) => ({
		alarm,
		incident: ticketNumber(associate_event_id),
	}));
}

function part<T>(alarm: string, take: (data: JsonRecord) => T | null): ReadCall<T> {
	const whole = alarmOf(alarm);
	return {
		...whole,
		take(answer) {
			const data = whole.take(answer);
			return data && take(data);
		},
	};
}
