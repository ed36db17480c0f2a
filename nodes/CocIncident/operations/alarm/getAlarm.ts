import { alarmOf, SHOW_ALARM_ACTION } from '../../../coc/calls/showAlarm';
import { ALARM_FIELDS, simplifyAlarm } from '../../../coc/simplifyAlarm';
import { alarm, alarmAsEntered } from '../../../fields/alarms';
import { readOptions } from '../../../fields/options';
import { reading } from '../../../run/readItem';

const refusedHint = 'Check the alarm ID, and who may see the alarm.';

/** Reads an alarm (`GET /v1/alarm-mgmt/alarm/{id}`). */
export const getAlarm = reading({
	option: {
		name: 'Get',
		value: 'get',
		action: 'Get alarm',
		description: 'Read an alarm by its ID',
	},
	fields: { alarm, options: readOptions },
	words: { done: 'read', iamAction: SHOW_ALARM_ACTION, refusedHint },
	subjectOf: alarmAsEntered,
	output: { id: 'alarm', names: ALARM_FIELDS, simplify: simplifyAlarm },
	read: async (values, readCoc) => await readCoc(alarmOf(values.alarm), refusedHint),
});
