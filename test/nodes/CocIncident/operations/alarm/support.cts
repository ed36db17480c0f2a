/** Operations on alarms, on n8n's own engine. */
import type { INode } from 'n8n-workflow';
import type { Coc, Fields, Verification } from '../../../../support/coc.cts';
import { operate, parametersOf } from '../../../../support/operate.cts';
import type { AlarmRecord } from '../../../../standin/index.cts';
import { CLEAR, LINK, REPORT } from '../../../../standin/paths.cts';

/** Runs an operation on alarms, which reads every field that the first item has from its items. */
export async function onAlarms(
	coc: Coc,
	operation: string,
	items: Fields[],
	node: Partial<INode> = {},
): Promise<Verification> {
	return await operate(coc, `alarm/${operation}`, items, node);
}

/** The node's parameters for that, by the fields' names. */
export const alarmParameters = (operation: string, fields: Fields) =>
	parametersOf(`alarm/${operation}`, Object.keys(fields));

/** The bodies that arrived at a call. */
export const sentTo = (coc: Coc, path: string) =>
	coc.requests().flatMap(({ path: one, text }) => (one.startsWith(path) ? [text] : []));
export const cleared = (coc: Coc) => sentTo(coc, CLEAR);
export const linked = (coc: Coc) => sentTo(coc, LINK);
export const reported = (coc: Coc) => sentTo(coc, REPORT);

/** What an incident of alarms needs; everything else is left out. */
export const incidentOf = (alarms: unknown, fields: Fields = {}): Fields => ({
	alarms,
	title: 'Disks are full',
	description: 'All of them since noon',
	level: 'level_20',
	type: 'inc_type_p_function_issues',
	application: '66f0c0000000000000000001',
	serviceInterrupted: true,
	...fields,
});

/** An alarm of a source of one's own. */
export const ownAlarm = (fields: Fields = {}): Fields => ({
	alarmId: 'db-7-disk',
	alarmName: 'Disk full',
	alarmLevel: 'Critical',
	alarmStatus: 'alarm',
	time: '2026-03-22T15:15:06Z',
	nameSpace: 'SYS.RDS',
	alarmDesc: '98 % in use',
	alarmSource: 'n8n',
	...fields,
});

/** A key with characters that no path has as they are. */
export const KEY = "k/ey+1%2F'(ü)&=?#end";

/** The credential gets a key that COC knows. */
export function useKey(coc: Coc, key = KEY): void {
	coc.standIn.alarms.integrationKeys.add(key);
	coc.credential.data.integrationKey = key;
}

/** Something that was done about an alarm. */
export function alarmRecord(index = 0, at = Date.parse('2026-03-22T15:15:06Z')): AlarmRecord {
	return {
		...{ work_order_id: `W${index}`, create_name: 'ops', create_alias: null, task_type: 'SCRIPT' },
		...{ start_time: at, end_time: at + 1000, duration: 1, status: 'SUCCESS' },
		...{ associated_task_id: 'S1', associated_task_name: 'Clean up', sub_task_info: null },
	};
}
