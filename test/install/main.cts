import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import manifest from '../../package.json';
import { runCommand } from '../e2e/command.cts';
import { latestN8n, newestN8n, prepareN8n, type PreparedN8n } from '../e2e/prepare.cts';
import { signIn, type Execution, type N8nClient } from '../e2e/rest.cts';
import { startN8n } from '../e2e/server.cts';
import { solve } from '../e2e/solved.cts';
import {
	credential,
	credentialType,
	node,
	nodeType,
	output,
	overTickets,
	to,
	triggerType,
	verifyNode,
} from '../e2e/workflows.cts';
import { startStandIn } from '../standin/index.cts';
import { startRegistry, versions } from './registry.cts';
import { ways, type Way } from './ways.cts';

const usage = `Installs and updates the packed package in a bare n8n, in each way that the README has.
  --n8n <version>   ${newestN8n} (default), any other, or latest
  --only <text>     the ways with this text in their name
  --keep            leave n8n's data folders, with their logs`;

const TRIGGER = 'COC Incident Trigger';
const accepted = { status: 'INCIDENT_STATUS_ACKNOWLEDGED' } as const;

let [passed, failed] = [0, 0];

/** Installs an earlier version in a new n8n, makes use of it, and updates it. */
async function tryWay(n8n: PreparedN8n, way: Way, keep: boolean): Promise<void> {
	const [registry, coc] = [await startRegistry(), await startStandIn()];
	const { environment } = registry;
	// Here it is the same everywhere: where n8n looks for packages, there is nothing.
	const server = await startN8n(n8n, keep, environment, (folder) =>
		join(folder, '.n8n', 'nodes', 'node_modules', manifest.name),
	);
	try {
		const client = await signIn(server.url, n8n);
		const installedVersion = () => {
			const file = join(server.installed, 'package.json');
			if (!existsSync(file)) return undefined;
			return (JSON.parse(readFileSync(file, 'utf8')) as { version: string }).version;
		};
		assert.equal(installedVersion(), undefined);

		await check(`installed ${way.name}: n8n has both nodes and the credential`, async () => {
			await way.bring({ n8n, server, client, environment }, versions.earlier);
			assert.equal(installedVersion(), versions.earlier);
			for (const [kind, names] of Object.entries(provided)) {
				const types = await typesOf(server.url, client, kind);
				for (const name of names) assert.ok(types.includes(name), `${name} is a type`);
			}
		});

		await check(
			`updated ${way.name}: workflows and the trigger's state are as before`,
			async () => {
				const credentialId = await client.createCredential(credentialType, 'COC', {
					...{ endpoint: coc.url, authentication: 'token', token: coc.issueToken() },
				});
				const ticket = coc.addTicket();
				const saved = await client.createWorkflow(
					overTickets([ticket.number], verifyNode(credentialId)),
				);
				const [first, second] = [coc.addTicket(accepted).number, coc.addTicket(accepted).number];
				// The time in COC's answers is exact to the second.
				await sleep(1100);
				const started = await client.createWorkflow(triggerWorkflow(credentialId));
				await client.publish(started);
				// n8n answers before it has polled for the first time.
				await sleep(5000);
				solve({ coc }, first);
				assert.deepEqual(await told(client, started.id, 1), [first]);

				registry.publish(versions.now);
				solve({ coc }, second);
				await way.bring({ n8n, server, client, environment }, versions.now);
				assert.equal(installedVersion(), versions.now);
				assert.deepEqual(await told(client, started.id, 2), [first, second]);
				const kept = await client.call<typeof saved>('GET', `/workflows/${saved.id}`);
				assert.deepEqual(kept.nodes, saved.nodes);
				const execution = await client.finished(await client.startSaved(kept));
				assert.equal(output(execution.runData['Verify']?.[0])[0]?.json['outcome'], 'applied');
				assert.equal(ticket.status, 'INCIDENT_STATUS_COMPLETED');
			},
		);
	} finally {
		await server.stop();
		registry.close();
		await coc.close();
	}
}

async function check(name: string, run: () => Promise<void>): Promise<void> {
	const began = Date.now();
	try {
		await run();
		passed++;
		console.log(`✓ ${name} (${Date.now() - began} ms)`);
	} catch (error) {
		failed++;
		console.log(`✗ ${name}\n${error instanceof Error ? error.stack : String(error)}`);
	}
}

const provided = { nodes: [nodeType, triggerType], credentials: [credentialType] };

/** The names of all types; asked again while a connection breaks, as right after a start. */
async function typesOf(url: string, client: N8nClient, kind: string): Promise<string[]> {
	const headers = { cookie: client.cookieHeader() };
	for (let tries = 1; ; tries++) {
		try {
			const response = await fetch(`${url}/types/${kind}.json`, { headers });
			return ((await response.json()) as Array<{ name: string }>).map(({ name }) => name);
		} catch (error) {
			if (tries === 20) throw error;
			await sleep(500);
		}
	}
}

function triggerWorkflow(credentialId: string) {
	const pollTimes = { item: [{ mode: 'everyMinute' }] };
	return {
		name: 'Started by a ticket',
		nodes: [
			node(TRIGGER, triggerType, 1, { pollTimes }, credential(credentialId)),
			node('Done', 'n8n-nodes-base.noOp', 1),
		],
		connections: { [TRIGGER]: { main: [to('Done')] } },
	};
}

/** The tickets of all events, once there are so many; n8n polls once a minute at most. */
async function told(client: N8nClient, workflowId: string, count: number): Promise<unknown[]> {
	const deadline = Date.now() + 150_000;
	for (;;) {
		const executions = await client.executionsOf(workflowId).catch((): Execution[] => []);
		const tickets = executions.flatMap(({ runData }) =>
			output(runData[TRIGGER]?.[0]).map(({ json }) => json['ticket']),
		);
		if (tickets.length >= count || Date.now() > deadline) return tickets;
		await sleep(500);
	}
}

runCommand(usage, async ({ n8n: version = newestN8n, only, keep }) => {
	// Leaving by `exit` is what stops n8n and removes its data.
	process.once('SIGINT', () => process.exit(130));
	process.once('SIGTERM', () => process.exit(143));
	const n8n = prepareN8n(version === 'latest' ? latestN8n() : version);
	for (const way of ways.filter(({ name }) => name.includes(only))) {
		if (way.isKnown(n8n)) await tryWay(n8n, way, keep);
		else console.log(`– ${way.name}: n8n ${n8n.version} doesn't know it`);
	}
	console.log(`\n${passed} passed, ${failed} failed`);
	return failed;
});
