import { ALARM_HISTORY_ACTION } from '../../../coc/calls/listAlarmHandleHistories';
import {
	ALARM_RECORD_FIELDS,
	simplifyAlarmRecord,
	type AlarmRecord,
} from '../../../coc/simplifyAlarm';
import { alarm, alarmAsEntered } from '../../../fields/alarms';
import { limit } from '../../../fields/limit';
import { readOptions } from '../../../fields/options';
import { reading } from '../../../run/readItem';
import { readAlarmHistory } from '../../alarmHistory';

const refusedHint = 'Check the alarm ID, and who may see the alarm.';

/** Lists what was done about an alarm (`GET /v1/alarm-mgmt/alarm/{id}/handle-histories`). */
export const getAlarmHistory = reading({
	option: {
		name: 'Get History',
		value: 'getHistory',
		action: 'Get alarm history',
		description: 'List what was done about an alarm',
	},
	fields: { alarm, limit, options: readOptions },
	words: { done: 'read', iamAction: ALARM_HISTORY_ACTION, refusedHint },
	subjectOf: alarmAsEntered,
	output: {
		id: 'alarm',
		names: ALARM_RECORD_FIELDS,
		simplify: simplifyAlarmRecord,
		raw: ({ record, isResolution }: AlarmRecord) =>
			isResolution ? { resolved_record: record } : record,
	},
	async read({ alarm: id, limit: most }, readCoc, { addHint }) {
		const found = await readAlarmHistory(id, most ?? Infinity, readCoc, refusedHint);
		if (!found.ok) return found;
		const { records, isComplete } = found.value;
		if (!isComplete) addHint(`COC gave only a part of the history of ${id}.`);
		return { ok: true, value: records };
	},
});
