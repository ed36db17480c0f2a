/** One item of *Verify*, from its fields to its outcome, by the built code; n8n's helper is ours. */
import type { IExecuteFunctions, IHttpRequestOptions } from 'n8n-workflow';
import type * as verifySource from '../../nodes/CocIncident/operations/incident/verify.ts';
import type * as inputSource from '../../nodes/fields/input.ts';
import type * as sessionSource from '../../nodes/client/session.ts';
import type * as clientSource from '../../nodes/client/client.ts';
import type * as ownWritesSource from '../../nodes/run/earlierTries.ts';
import type { Done } from '../../nodes/run/itemResult.ts';
import type { Failure } from '../../nodes/errors/failure.ts';
import { built } from '../support/built.cts';
import type { Random } from '../support/random.cts';
import { createDeployment, type Exchanged, type Kind } from './generate/deployment.cts';
import { SECRET } from './generate/json.cts';
import { verificationWorld } from './generate/verification.cts';
import type { Wanted } from './recordOracle.cts';

const { verify } = built<typeof verifySource>('nodes/CocIncident/operations/incident/verify');
const { itemInput } = built<typeof inputSource>('nodes/fields/input');
const { openSession } = built<typeof sessionSource>('nodes/client/session');
const { openClient } = built<typeof clientSource>('nodes/client/client');
const { createOwnWrites } = built<typeof ownWritesSource>('nodes/run/earlierTries');

export interface Options {
	checkStatus: boolean;
	ifAlreadyVerified: 'fail' | 'succeed';
}

export interface Item {
	wanted: Wanted;
	options: Options;
	/** Every request and what came of it. */
	log: Exchanged[];
	result: Done | Failure;
}

const START = Date.parse('2026-11-24T09:00:00.400Z');

/** Runs an item to its end in a world made of chance; nobody really waits. */
export async function runItem(random: Random): Promise<Item> {
	let now = START;
	const wanted: Wanted = {
		ticket: 'IM202611240900001',
		operator: '7da46971b7e24eed90cf777cc2ff8b91',
		comment: 'Works again',
		result: random.once(2),
	};
	const options: Options = {
		checkStatus: random.once(4),
		ifAlreadyVerified: random.once(3) ? 'succeed' : 'fail',
	};
	const clockNow = () => now;
	const world = verificationWorld(random, wanted, clockNow);
	const deployment = createDeployment(random, world, clockNow);
	const fields: Record<string, unknown> = { ...wanted, options };
	const context = {
		getNodeParameter: (name: string) => fields[name],
		getNode: () => ({ parameters: {}, credentials: {} }),
		getCredentials: () => Promise.resolve({ endpoint: 'https://coc.example', token: SECRET }),
		helpers: {
			httpRequestWithAuthentication: async (_type: string, { url }: IHttpRequestOptions) => {
				now += random.below(200);
				return await Promise.resolve(deployment.answer(kindOf(url)));
			},
		},
	} as unknown as IExecuteFunctions;

	const session = await openSession(context);
	if (!session.ok) throw new Error(session.reason);
	const clock = {
		now: () => now,
		random: () => random.below(1000) / 1000,
		sleep: (ms: number) => {
			now += Math.ceil(ms);
			return Promise.resolve();
		},
	};
	const client = openClient(session.value, { concurrency: 10, requestsPerSecond: null }, clock);
	const run = {
		client,
		ownWrites: createOwnWrites(),
		operations: [],
		addHint: () => undefined,
	};
	const work = verify.prepare(itemInput(context, 0, false));
	if (!('carryOut' in work)) throw new Error(work.reason);
	const result = await work.carryOut(run);
	return { wanted, options, log: deployment.log, result };
}

function kindOf(url: string): Kind {
	if (url.endsWith('/handle')) return 'write';
	return url.endsWith('/list-histories') ? 'history' : 'detail';
}
