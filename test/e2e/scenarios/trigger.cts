import assert from 'node:assert/strict';
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Context } from '../context.cts';
import type { Execution } from '../rest.cts';
import type { Scenario } from '../scenario.cts';
import { ended, solve } from '../solved.cts';
import { credential, node, output, readExample, to, triggerType } from '../workflows.cts';

const NAME = 'COC Incident Trigger';
const RESOLVED = 'INCIDENT_STATUS_RESOLVED';

/** Each event once, whatever becomes of the process that polls. */
export const acrossRestarts: Scenario[] = [
	{
		name: 'a ticket that waits for verification starts the workflow, once, n8n restarted in between',
		async run(context) {
			const { client, coc, server } = context;
			const tickets = Array.from({ length: 3 }, () => coc.addTicket(accepted));
			const [first, second, third] = tickets.map(({ number }) => number) as [
				string,
				string,
				string,
			];
			coc.addTicket({ title: 'Waits since before' });
			// The time in COC's answers is exact to the second.
			await sleep(1100);
			const saved = await client.createWorkflow(triggerWorkflow(context));
			await client.publish(saved);
			// n8n answers before it has polled for the first time.
			await sleep(5000);

			solve(context, first);
			const [run] = await ended(context, saved.id, 1);
			assert.equal(run?.status, 'success');
			assert.deepEqual(told([run]), [`waitingForVerification ${first}`]);
			const [item] = output(run?.runData[NAME]?.[0]);
			assert.equal(item?.json.newStatus, 'To Be Verified');
			assert.equal((item?.json.incident as { ticket: string }).ticket, first);

			await server.restart(() => solve(context, second));
			await ended(context, saved.id, 2);
			solve(context, third);
			await ended(context, saved.id, 3);
			// A start polls at once: there is nothing more to tell.
			await server.restart(() => undefined);
			await sleep(5000);
			assert.deepEqual(
				told(await client.executionsOf(saved.id)),
				[first, second, third].map((ticket) => `waitingForVerification ${ticket}`),
			);
			await client.unpublish(saved.id);
		},
	},
];

/** A published workflow that starts by itself. */
export const trigger: Scenario[] = [
	...acrossRestarts,
	{
		name: 'the example verifies what monitoring finds, and tells a chat',
		async run(context) {
			const { client, coc, server, credentialId } = context;
			const world = await startWorld();
			const example = readExample('verify-when-monitoring-is-green', credentialId);
			for (const { name, parameters = {} } of example.nodes) {
				if (name === 'Check Service')
					Object.assign(parameters as object, { url: `${world.url}/health` });
				if (name.startsWith('Tell Chat'))
					Object.assign(parameters as object, { url: `${world.url}/chat` });
			}
			const [good, bad, open] = [0, 0, 0].map(() => coc.addTicket(accepted).number) as [
				string,
				string,
				string,
			];
			await sleep(1100);
			const saved = await client.createWorkflow(example);
			await client.publish(saved);
			await sleep(5000);
			// A start polls at once.
			await server.restart(() => solve(context, good));
			await ended(context, saved.id, 1);
			world.status = 503;
			await server.restart(() => solve(context, bad));
			await ended(context, saved.id, 2);
			// To a page where everything is fine.
			world.status = 302;
			await server.restart(() => solve(context, open));
			await ended(context, saved.id, 3);
			await client.unpublish(saved.id);
			world.close();
			assert.equal(coc.tickets.get(good)?.status, 'INCIDENT_STATUS_COMPLETED');
			assert.equal(coc.tickets.get(bad)?.status, 'INCIDENT_STATUS_ACKNOWLEDGED');
			assert.match(world.said[0] ?? '', new RegExp(`^${good}: resolved, closed .*answered 200`));
			assert.match(world.said[1] ?? '', new RegExp(`^${bad}: not resolved, .*answered 503`));
			assert.equal(coc.tickets.get(open)?.status, RESOLVED);
			assert.match(world.said[2] ?? '', new RegExp(`${open}`));
			assert.equal(world.said.length, 3);
		},
	},
];

const accepted = { status: 'INCIDENT_STATUS_ACKNOWLEDGED' } as const;

/** A service that is monitored, and a chat. */
async function startWorld() {
	const world = { status: 200, said: [] as string[], url: '', close: (): void => undefined };
	const server = createServer((request, response) => {
		let body = '';
		request.setEncoding('utf8').on('data', (chunk: string) => (body += chunk));
		request.on('end', () => {
			const isChat = request.url === '/chat';
			if (isChat) world.said.push((JSON.parse(body) as { text: string }).text);
			const status = request.url === '/health' ? world.status : 200;
			response.writeHead(status, status === 302 ? { Location: '/login' } : {}).end('{}');
		});
	}).listen(0, '127.0.0.1');
	await once(server, 'listening');
	world.url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
	world.close = () => void server.close();
	return world;
}

function triggerWorkflow({ credentialId }: Context) {
	return {
		name: 'Started by a ticket',
		nodes: [
			node(
				NAME,
				triggerType,
				1,
				{ pollTimes: { item: [{ mode: 'everyMinute' }] } },
				credential(credentialId),
			),
			node('Done', 'n8n-nodes-base.noOp', 1),
		],
		connections: { [NAME]: { main: [to('Done')] } },
	};
}

function told(executions: Execution[]): string[] {
	return executions.flatMap(({ runData }) =>
		output(runData[NAME]?.[0]).map(({ json }) => `${String(json.event)} ${String(json.ticket)}`),
	);
}
