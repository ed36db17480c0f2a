import { keysOf, readEntry, type HistoryRecords } from './history';
import { asNonEmptyText, isoTime, timeOf, type JsonRecord } from './json';
import { labelOf, stepOfKeys } from './lifecycle';
import { personName } from './personName';
import { statusLabel } from './simplify';

/** The names of a simplified entry's fields besides the ticket's number. */
export const ENTRY_FIELDS = [
	...['action', 'operator', 'operatorName', 'comment', 'status', 'startedAt', 'endedAt'],
	...['key', 'complete'],
] as const;

/** What happened to a ticket, an entry each, in COC's order. */
export function simplifyHistory(ticket: string, { records, complete }: HistoryRecords) {
	return records.map((record) => {
		const operator = asNonEmptyText(record.operator);
		const name = personName(record, operator);
		const { action, key } = actionOf(record, records);
		return {
			ticket,
			action,
			operator,
			...(name !== null && { operatorName: name }),
			comment: asNonEmptyText(record.comment),
			status: statusLabel(record.status),
			startedAt: isoTime(timeOf(record.start_time)),
			endedAt: isoTime(timeOf(record.stop_time)),
			key,
			complete,
		};
	});
}

/** COC's own name in English, else the console's word for the key, else what there is. */
function actionOf(record: JsonRecord, all: JsonRecord[]) {
	const keys = keysOf(record).map(asNonEmptyText);
	const key = keys.find((one) => stepOfKeys([one]) !== null) ?? keys.find((one) => one !== null);
	const action =
		asNonEmptyText(record.action_name_en) ??
		ownLabelOf(record, all) ??
		asNonEmptyText(record.action_name_zh) ??
		key;
	return { action: action ?? null, key: key ?? null };
}

/** What a decision was shows by the entries before it: looked for only where COC gives no name. */
function ownLabelOf(record: JsonRecord, all: JsonRecord[]): string | null {
	const { kind } = readEntry(record, all);
	return kind === 'unknown' ? null : labelOf(kind);
}
