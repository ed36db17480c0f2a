/** Verify on n8n's engine with each way to authenticate, in front of the stand-in. */
import { fork } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import {
	loadPackage,
	runWorkflow,
	type StoredCredential,
	type WorkflowJson,
} from '../../test/engine/index.cts';
import type { Ready } from './deployment.cts';
import { compare, WARM_UP } from './rounds.cts';

const root = join(__dirname, '..', '..');
const ROUNDS = 25;
const ITEMS = 200;

/** Rows for a table. */
export async function measureModes(): Promise<string[][]> {
	const deployment = fork(join(__dirname, 'deployment.cts'));
	try {
		const answer = async () => (await once(deployment, 'message'))[0] as unknown;
		const { credentials } = (await answer()) as Ready;
		const modes = Object.entries(credentials);
		deployment.send(ITEMS * modes.length * (ROUNDS + WARM_UP));
		const tickets = (await answer()) as string[];
		const verify = await verifier(() => tickets.splice(-ITEMS));
		const works = modes.map(([authentication, fields]) =>
			verify({ id: authentication, data: { authentication, ...fields } }),
		);
		const costs = await compare(works, ROUNDS);
		const [token] = costs;
		return [
			['Authentication', 'CPU', 'beside token', 'Time', 'beside token'],
			...modes.map(([mode], index) => {
				const { cpu, time } = costs[index]!;
				const each = (value: number) => (value / ITEMS).toFixed(0);
				const ratio = (value: number, of: number) => (value / of).toFixed(2);
				return [mode, each(cpu), ratio(cpu, token!.cpu), each(time), ratio(time, token!.time)];
			}),
		];
	} finally {
		deployment.disconnect();
	}
}

/** Makes works that run the example workflow over new tickets with a credential. */
async function verifier(newTickets: () => string[]) {
	const packages = await loadPackage(root);
	const file = join(root, 'examples', 'verify-incident.json');
	const workflow = JSON.parse(readFileSync(file, 'utf8')) as WorkflowJson;

	return ({ id, data }: Pick<StoredCredential, 'id' | 'data'>) => {
		// The one that the example names. An IAM user's token stays in it, as in n8n's database.
		const credential = { id, name: id, type: 'huaweiCloudCocApi', data };
		return async () => {
			const tickets = newTickets();
			const run = await runWorkflow({
				workflow,
				packages,
				credentials: { huaweiCloudCoc: credential },
				input: tickets.map((ticket) => ({
					ticket,
					operator: '7da46971b7e24eed90cf777cc2ff8b91',
					resolved: true,
					comment: 'Works again',
				})),
			});
			if (run.outputs('COC Incident').length !== ITEMS) {
				throw new Error(JSON.stringify(run.outputs('COC Incident', 1)[0]?.json));
			}
		};
	};
}
