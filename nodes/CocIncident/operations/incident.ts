import type { Resource } from '../../run/operation';
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

/** An incident ticket of COC. */
export const INCIDENT: Resource = {
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
};
