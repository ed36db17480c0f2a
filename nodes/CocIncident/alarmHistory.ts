import type { ReadCoc } from '../client/read';
import { alarmHistoryPage } from '../coc/calls/listAlarmHandleHistories';
import { asNonEmptyText, type JsonRecord } from '../coc/json';
import type { AlarmRecord } from '../coc/simplifyAlarm';
import type { Read } from '../errors/failure';

/** Most pages of an alarm's history that are read. */
const MOST_PAGES = 100;

/** What was done about an alarm, in COC's order, and at last how it was cleared. */
export interface AlarmHistory {
	records: AlarmRecord[];
	/** Whether COC gave as many as there are by its own word. */
	isComplete: boolean;
}

/**
 * Reads an alarm's history page by page, each record once: new ones move the others. A page that is
 * shorter than asked for isn't the last one: a server may give fewer at a time.
 *
 * @param most no more are needed
 */
export async function readAlarmHistory(
	alarm: string,
	most: number,
	readCoc: ReadCoc,
	refusedHint: string,
): Promise<Read<AlarmHistory>> {
	const found = new Map<string, JsonRecord>();
	let offset = 0;
	for (let page = 1; ; page++) {
		const read = await readCoc(alarmHistoryPage(alarm, offset), refusedHint);
		if (!read.ok) return read;
		const { records, count, resolved } = read.value;
		const before = found.size;
		for (const record of records) found.set(keyOf(record), record);
		offset += records.length;
		const isEnd = found.size === before || found.size === count || page === MOST_PAGES;
		if (!isEnd && found.size < most) continue;
		const last = resolved === null ? [] : [{ alarm, record: resolved, isResolution: true }];
		const rows = [...found.values()].map((record) => ({ alarm, record, isResolution: false }));
		const isComplete = !isEnd || found.size >= (count ?? 0);
		return { ok: true, value: { records: [...rows, ...last].slice(0, most), isComplete } };
	}
}

/** What makes it this one. */
function keyOf(record: JsonRecord): string {
	return asNonEmptyText(record.work_order_id) ?? JSON.stringify(record);
}
