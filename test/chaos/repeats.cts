import type { RecordedRequest } from '../standin/index.cts';
import { groupBy } from './groupBy.cts';
import type { PlannedItem } from './plan.cts';

/** Writes that were sent again though COC had recorded them already. */
export function countRepeats(requests: RecordedRequest[], items: PlannedItem[]): number {
	const key = (...parts: unknown[]) => JSON.stringify(parts);
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
	const wanted = groupBy(items, ({ ticket, operator, result, comment }) =>
		key(ticket.trim(), operator, result, comment),
	);
	let repeats = 0;
	for (const [same, writes] of sent) {
		const first = writes.findIndex(({ applied }) => applied);
		// Each equal item may send it once of its own right.
		const others = (wanted.get(same)?.length ?? 1) - 1;
		if (first >= 0) repeats += Math.max(0, writes.length - 1 - first - others);
	}
	return repeats;
}
