import type { ReadCall } from '../call';
import { asNonEmptyText, recordsOf, type JsonRecord } from '../json';
import { urlEncoded } from '../url';

/** Something that can be done with a ticket now. */
export interface OfferedAction {
	/** The `action` to send. */
	key: string;
	/** Sent with it: it names one run of one step of COC's flow. */
	taskId: string;
}

/** The v2 call that lists what can be done with an incident now: `GET /v2/incidents/{incident_id}/tasks`. */
export function actionsOf(ticket: string): ReadCall<OfferedAction[]> {
	return {
		what: 'list of possible actions',
		iamAction: 'coc:ticket:listActions',
		request: { method: 'GET', path: `/v2/incidents/${urlEncoded(ticket)}/tasks` },
		take({ envelope }) {
			const { data } = envelope ?? {};
			const tasks = data === null || data === undefined ? [] : recordsOf(data);
			return tasks && tasks.flatMap(readTask);
		},
	};
}

/** Some operations have no task ID of their own: then one of the same task counts. */
function readTask({ operations }: JsonRecord): OfferedAction[] {
	const records = recordsOf(operations) ?? [];
	const shared = records.map(({ task_id }) => asNonEmptyText(task_id)).find((id) => id !== null);
	return records.flatMap((record) => {
		const key = asNonEmptyText(record.key);
		const taskId = asNonEmptyText(record.task_id) ?? shared ?? null;
		return key === null || taskId === null ? [] : [{ key, taskId }];
	});
}
