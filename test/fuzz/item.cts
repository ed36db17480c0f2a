/** One item, from its fields to its outcome, in a world made of chance; nobody really waits. */
import type { Done } from '../../nodes/run/itemResult.ts';
import type { Failure } from '../../nodes/errors/failure.ts';
import type { Random } from '../support/random.cts';
import {
	ACTIONS,
	PAUSE_UNTIL,
	PERSON,
	ROLE,
	SCENE,
	TARGET_LEVEL,
	type ActionName,
	type ItemFields,
} from './contract.cts';
import { carryOut, START } from './engine.cts';
import { actionWorld, type Asked } from './generate/actionWorld.cts';
import { createDeployment, type Exchanged } from './generate/deployment.cts';
import { verificationWorld } from './generate/verification.cts';
import type { Wanted } from './recordOracle.cts';

export interface Options {
	checkStatus: boolean;
	ifAlreadyVerified: 'fail' | 'succeed';
}

interface Ran {
	/** Every request and what came of it. */
	log: Exchanged[];
	result: Done | Failure;
	/** What the user sees of a failure. */
	shown: unknown;
}

export interface Item extends Ran {
	wanted: Wanted;
	options: Options;
}

/** An item of another operation than *Verify*. */
export interface ActionItem extends Ran {
	asked: Asked;
	/** IAM user ID of who acts; null where the credential doesn't show it. */
	actor: string | null;
}

const TICKET = 'IM202611240900001';
const OPERATOR = '7da46971b7e24eed90cf777cc2ff8b91';

/** A verification. */
export async function runItem(random: Random): Promise<Item> {
	const time = { now: START };
	const wanted: Wanted = {
		ticket: TICKET,
		operator: OPERATOR,
		comment: 'Works again',
		result: random.once(2),
	};
	const options: Options = {
		checkStatus: random.once(4),
		ifAlreadyVerified: random.once(3) ? 'succeed' : 'fail',
	};
	const now = () => time.now;
	const deployment = createDeployment(random, verificationWorld(random, wanted, now), now);
	const fields = { ...wanted, options };
	const ended = await carryOut(
		random,
		{ operation: 'verify', fields, ownUser: null },
		deployment,
		time,
	);
	return { wanted, options, log: deployment.log, ...ended };
}

/** Any other change of a ticket. */
export async function runAction(random: Random, name: ActionName): Promise<ActionItem> {
	const time = { now: START };
	const fields: ItemFields = fieldsFor(random)[name];
	const asked: Asked = { ticket: TICKET, name, fields, user: OPERATOR };
	const isNamed = ACTIONS[name].version === 'v1';
	const ownUser = !isNamed && !random.once(3) ? OPERATOR : null;
	const now = () => time.now;
	const oddity = random.pick([0, 0, 0.1, 0.1, 0.4, 1]);
	const deployment = createDeployment(random, actionWorld(random, asked, now), now, { oddity });
	const all = { ticket: TICKET, options: {}, ...fields };
	const ended = await carryOut(random, { operation: name, fields: all, ownUser }, deployment, time);
	return { asked, actor: isNamed ? OPERATOR : ownUser, log: deployment.log, ...ended };
}

const fieldsFor = (random: Random): Record<ActionName, ItemFields> => {
	const request = random.pick(['automatic', 'automatic', 'pause', 'level']);
	return {
		accept: { operator: OPERATOR },
		addRemark: { remark: 'The provider is informed' },
		approve: { request, comment: 'Fine until Monday' },
		changeLevel: { level: TARGET_LEVEL, reason: 'All regions are concerned' },
		close: {},
		forward: {
			...random.pick<ItemFields>([
				{ assignTo: 'person', assignee: PERSON },
				{ assignTo: 'shift', assigneeScene: SCENE, assigneeRole: ROLE },
			]),
			comment: 'Please look at the database',
			...(random.once(2) && { analysis: 'The network is fine' }),
		},
		pause: { until: PAUSE_UNTIL, reason: 'The part arrives on Monday' },
		refuse: { request, comment: 'Customers are waiting' },
		reject: { reason: 'Not ours' },
		reopen: {
			updateFields: random.pick<ItemFields>([
				{},
				{ title: 'Checkout fails', level: TARGET_LEVEL },
				{ assignee: PERSON, serviceInterrupted: true },
				{ assigneeScene: SCENE, assigneeRole: ROLE },
			]),
		},
		resume: {},
		submitSolution: {
			...{ operator: OPERATOR, type: 'inc_type_p_security_issues', cause: 'Expired' },
			...{ solution: 'Renewed the certificate' },
			...(random.once(2)
				? {
						serviceInterrupted: true,
						startTime: 1_790_000_000_000,
						recoveryTime: 1_790_000_100_000,
					}
				: { serviceInterrupted: false }),
		},
	};
};
