import type { Resource } from '../../run/operation';
import { clearAlarm } from './alarm/clearAlarm';
import { createAlarmIncident } from './alarm/createAlarmIncident';
import { getAlarm } from './alarm/getAlarm';
import { getAlarmHistory } from './alarm/getAlarmHistory';
import { report } from './alarm/report';

/** An alarm that COC has taken in. */
export const ALARM: Resource = {
	name: 'Alarm',
	value: 'alarm',
	subject: { label: 'Alarm', key: 'alarm' },
	preset: 'get',
	operations: [clearAlarm, createAlarmIncident, getAlarm, getAlarmHistory, report],
};
