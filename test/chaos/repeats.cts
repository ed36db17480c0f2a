import type { HistoryEntry, RecordedRequest } from '../standin/index.cts';
import { groupBy } from './groupBy.cts';
import type { PlannedItem } from './plan.cts';

/** Writes that were sent again when COC had recorded them already. */
export function countRepeats(
	requests: RecordedRequest[],
	items: PlannedItem[],
	recordOf: (ticket: string) => readonly HistoryEntry[],
): number {
	const key = (...parts: unknown[]) => JSON.stringify(parts);
	const wanted = groupBy(items, ({ ticket, operator, result, comment }) =>
		key(ticket.trim(), operator, result, comment),
	);
	const sent = groupBy(
		requests.filter(({ path, json }) => path.endsWith('/handle') && json !== undefined),
		({ json }) => {
			const { incident_num, operator, parameter } = json as {
				incident_num: string;
				operator: string;
				parameter: { virtual_confirm_result: boolean; virtual_confirm_comment: string };
			};
			const { virtual_confirm_result: result, virtual_confirm_comment: comment } = parameter;
			return key(incident_num, operator, result, comment);
		},
	);
	let repeats = 0;
	for (const [same, own] of wanted) {
		// Each of several equal items sends it of its own right.
		if (own.length > 1) continue;
		const ticket = own[0]!.ticket.trim();
		const entry = recordOf(ticket).find(
			({ operator, result, comment }) => key(ticket, operator, result, comment) === same,
		);
		if (entry) repeats += (sent.get(same) ?? []).filter(({ at }) => at > entry.at).length;
	}
	return repeats;
}
