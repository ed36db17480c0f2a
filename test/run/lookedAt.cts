/** A ticket as the node looks at it before it acts, without a server: what each call would answer. */
import type * as incidentSource from '../../nodes/CocIncident/operations/incident.ts';
import type { CocClient } from '../../nodes/client/client.ts';
import type { ReadCoc } from '../../nodes/client/read.ts';
import type * as failures from '../../nodes/errors/failure.ts';
import type { Looking } from '../../nodes/run/situation.ts';
import { reading } from '../coc/reading.cts';
import { built } from '../support/built.cts';

const { inputFailure } = built<typeof failures>('nodes/errors/failure');

/** The operations of incidents. */
export const { operations } = built<typeof incidentSource>(
	'nodes/CocIncident/operations/incident',
).INCIDENT;

/** What COC's calls answer as `data`, in turn, the last one ever after; a text fails as that. */
interface Answers {
	detail: unknown[];
	tasks: unknown[];
	history?: unknown[];
}

/** A history without entries. */
const NOTHING = { total: 0, info: [] };

export interface Look {
	looking: Looking;
	/** The calls in their order. */
	calls: string[];
	/** How long it waited in all, in ms. */
	waited(): number;
}

export const START = 1_790_000_000_000;

/** A look at IM1 that begins at `START`, by a clock that only waiting moves. */
export function lookAt({ detail, tasks, history = [NOTHING] }: Answers): Look {
	const calls: string[] = [];
	let now = START;
	const left = { detail: [...detail], tasks: [...tasks], history: [...history] };
	const readCoc: ReadCoc = async (call) => {
		const { path } = call.request;
		const name = /tasks$/.test(path) ? 'tasks' : /histories$/.test(path) ? 'history' : 'detail';
		calls.push(name);
		const data = left[name].length > 1 ? left[name].shift() : left[name][0];
		if (typeof data === 'string') {
			const failure = { ...inputFailure(data, ''), outcome: 'notRead' } as const;
			return await Promise.resolve({ ok: false, failure });
		}
		const value = call.take(reading({ error_code: 'GOM.00000000', data }));
		if (value === null) throw new Error(`${path}: an answer that can't be taken`);
		return { ok: true, value };
	};
	const client = {
		clock: { now: () => now },
		clockOffset: null,
		stop: { reason: null, sleep: async (ms: number) => await Promise.resolve(void (now += ms)) },
	} as unknown as CocClient;
	return { looking: { ticket: 'IM1', client, readCoc }, calls, waited: () => now - START };
}

/** v1's detail of a ticket that isn't new. */
export const detailOf = (status: string, fields: object = {}) => ({
	...{ incident_num: 'IM1', status, incident_level: 'level_30', incident_assignee: ['u1'] },
	...{ create_time: START - 3_600_000, ...fields },
});

/** A node of the flow, and the keys it offers, each with a task ID. */
export const taskOf = (
	type: string,
	key: string | null,
	...offered: Array<[action: string, taskId?: string]>
) => ({
	...{ type, key, name: null, state: 'running' },
	operations: offered.map(([action, taskId = '']) => ({ key: action, task_id: taskId })),
});
