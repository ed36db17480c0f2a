import type { RecordedRequest } from '../standin/index.cts';
import { actOf, type Entry, isWrite } from './entries.cts';
import { groupBy } from './groupBy.cts';
import type { PlannedItem } from './plan.cts';

/** Writes that were sent again when COC had recorded them already. */
export function countRepeats(
	requests: RecordedRequest[],
	items: PlannedItem[],
	recordOf: (ticket: string) => ReadonlyArray<Entry & { at: number }>,
): number {
	const sent = groupBy(requests.filter(isWrite), ({ ticket }) => ticket);
	const wanted = groupBy(items, ({ ticket, leaves }) => JSON.stringify([ticket.trim(), leaves]));
	let repeats = 0;
	for (const own of wanted.values()) {
		// Each of several equal items sends it of its own right.
		if (own.length > 1) continue;
		const { leaves } = own[0]!;
		const ticket = own[0]!.ticket.trim();
		const key = keyOf(leaves);
		const entry = recordOf(ticket).find((one) => keyOf(one) === key);
		const writes = (sent.get(ticket) ?? []).filter((write) => isOf(write, leaves));
		if (entry) repeats += writes.filter(({ at }) => at > entry.at).length;
	}
	return repeats;
}

function keyOf({ operation, operator, comment, result }: Entry): string {
	return JSON.stringify([operation, operator, comment, result]);
}

/** Whether a write is the one that leaves this. */
function isOf(write: RecordedRequest, { operator, comment, result }: Entry): boolean {
	const act = actOf(write);
	if (act?.operator !== operator) return false;
	const values = Object.values(act.params);
	return (
		(comment === null || values.includes(comment)) && (result === null || values.includes(result))
	);
}
