import type { Operation, Resource } from '../../run/operation';
import { clearAlarm } from './alarm/clearAlarm';
import { createAlarmIncident } from './alarm/createAlarmIncident';
import { getAlarm } from './alarm/getAlarm';
import { getAlarmHistory } from './alarm/getAlarmHistory';
import { report } from './alarm/report';
import { download } from './file/download';
import { upload } from './file/upload';
import { accept } from './incident/accept';
import { addRemark } from './incident/addRemark';
import { approve } from './incident/approve';
import { changeLevel } from './incident/changeLevel';
import { close } from './incident/close';
import { create } from './incident/create';
import { forward } from './incident/forward';
import { get } from './incident/get';
import { getActions } from './incident/getActions';
import { getAll } from './incident/getAll';
import { getHistory } from './incident/getHistory';
import { pause } from './incident/pause';
import { refuse } from './incident/refuse';
import { reject } from './incident/reject';
import { reopen } from './incident/reopen';
import { resume } from './incident/resume';
import { submitSolution } from './incident/submitSolution';
import { verify } from './incident/verify';
import { getWarRooms } from './warRoom/getWarRooms';
import { openWarRoom } from './warRoom/openWarRoom';

/** What the node works on, and what it can do with it. A new operation is a file and an entry here. */
export const RESOURCES: Resource[] = [
	{
		name: 'Incident',
		value: 'incident',
		subject: { label: 'Ticket', key: 'ticket' },
		preset: 'get',
		operations: [
			accept,
			addRemark,
			approve,
			changeLevel,
			close,
			create,
			forward,
			get,
			getActions,
			getHistory,
			getAll,
			pause,
			refuse,
			reject,
			reopen,
			resume,
			submitSolution,
			verify,
		],
	},
	{
		name: 'Alarm',
		value: 'alarm',
		subject: { label: 'Alarm', key: 'alarm' },
		preset: 'get',
		operations: [clearAlarm, createAlarmIncident, getAlarm, getAlarmHistory, report],
	},
	{
		name: 'File',
		value: 'file',
		subject: { label: 'File', key: 'file' },
		preset: 'download',
		operations: [download, upload],
	},
	{
		name: 'War Room',
		value: 'warRoom',
		subject: { label: 'War room', key: 'warRoom' },
		preset: getWarRooms.option.value,
		operations: [openWarRoom, getWarRooms],
	},
];

export const INCIDENT = RESOURCES.find(({ value }) => value === 'incident')!;

/** An operation by the names of its resource and its own; undefined for one that this version doesn't have. */
export function operationOf(resource: unknown, name: unknown): Operation | undefined {
	const found = RESOURCES.find(({ value }) => value === resource);
	return found?.operations.find(({ option }) => option.value === name);
}
