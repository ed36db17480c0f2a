/** Verifications on a real n8n in production mode: a webhook brings the items, the node does its work. */
import { fork } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { INode } from 'n8n-workflow';
import { newestN8n, prepareN8n } from '../../test/e2e/prepare.cts';
import { signIn, type N8nClient, type Workflow } from '../../test/e2e/rest.cts';
import { startN8n } from '../../test/e2e/server.cts';
import { node as nodeOf, to } from '../../test/e2e/workflows.cts';
import { httpVerification } from '../../test/support/httpVerification.cts';
import { cocIncident } from './contenders.cts';
import { inMilliseconds, medianOf, type Rows } from './figures.cts';
import type { Closed, Opened, Opening } from './standIn.cts';
import { itemOf } from './workloads.cts';

interface Row {
	name: string;
	concurrency?: number;
	node: (endpoint: string) => INode;
}

interface Figures {
	/** In µs. */
	cpu: number;
	time: number;
	peakConnections: number;
}

const ROWS: readonly Row[] = [
	{ name: 'HTTP Request node', node: (endpoint) => httpVerification(endpoint) },
	{ name: 'this node, 10 at once', concurrency: 10, node: () => cocIncident(10) },
	{ name: 'this node, 50 at once', concurrency: 50, node: () => cocIncident(50) },
];
const LATENCIES = [0, 20];
const WARM_UP = 300;

export async function measureOnServer(rounds: number, counts: number[]): Promise<Rows> {
	// Leaving by `exit` is what stops n8n and removes its data.
	process.once('SIGINT', () => process.exit(130));
	const n8n = prepareN8n(newestN8n);
	const settings = { N8N_LOG_LEVEL: 'error', N8N_METRICS: 'true' };
	const server = await startN8n(n8n, false, settings);
	const client = await signIn(server.url, n8n);
	const standIn = fork(join(__dirname, 'standIn.cts'));
	const ask = async <T,>(message: Opening | 'close'): Promise<T> => {
		standIn.send(message);
		return (await once(standIn, 'message'))[0] as T;
	};

	const measure = async ({ node }: Row, items: number, latency: number): Promise<Figures> => {
		const opened = await ask<Opened>({ tickets: items, latency });
		const run = await publish(client, opened, node(opened.endpoint));
		// n8n registers a webhook a moment after it has said so.
		await sleep(1000);
		const cpuBefore = await cpuOf(server.url);
		const start = performance.now();
		await run(server.url);
		const time = (performance.now() - start) * 1000;
		const cpu = (await cpuOf(server.url)) - cpuBefore;
		const { applied, requests, peakConnections } = await ask<Closed>('close');
		if (applied !== items || requests !== items) throw new Error(`${applied} of ${items} applied`);
		return { cpu, time, peakConnections };
	};

	for (const row of ROWS) await measure(row, WARM_UP, 0);
	const groups = counts.flatMap((items) => LATENCIES.map((latency) => ({ items, latency })));
	const results = groups.map(() => ROWS.map((): Figures[] => []));
	for (let round = 0; round < rounds; round++) {
		for (const [group, { items, latency }] of groups.entries()) {
			for (let turn = 0; turn < ROWS.length; turn++) {
				const index = (turn + round) % ROWS.length;
				results[group]![index]!.push(await measure(ROWS[index]!, items, latency));
			}
		}
	}
	standIn.disconnect();
	return [
		['Items', 'Answer after', 'By', 'CPU/item', '', 'Time', 'beside ideal', 'Sockets'],
		...groups.flatMap(({ items, latency }, group) =>
			ROWS.map(({ name, concurrency }, index) => {
				const all = results[group]![index]!;
				const [cpu, time] = [medianOf(all, 'cpu'), medianOf(all, 'time')];
				const ideal = latency * 1000 * Math.ceil(items / (concurrency ?? Infinity));
				return [
					items.toLocaleString('en'),
					`${latency} ms`,
					name,
					inMilliseconds(cpu / items, 2),
					`× ${(cpu / medianOf(results[group]![0]!, 'cpu')).toFixed(2)}`,
					inMilliseconds(time, 0),
					concurrency && ideal ? `× ${(time / ideal).toFixed(2)}` : '–',
					String(Math.max(...all.map(({ peakConnections }) => peakConnections))),
				];
			}),
		),
	];
}

/** A workflow in production; what is returned runs it over the tickets. */
async function publish(client: N8nClient, { endpoint, token, tickets }: Opened, node: INode) {
	const type = 'huaweiCloudCocApi';
	const data = { endpoint, authentication: 'token', token };
	const id = await client.createCredential(type, 'COC', data);
	const path = `verify-${new URL(endpoint).port}`;
	const webhook = {
		httpMethod: 'POST',
		path,
		responseMode: 'lastNode',
		responseData: 'firstEntryJson',
	};
	const workflow: Workflow = {
		name: path,
		// What n8n stores of an execution is no node's work.
		settings: { executionOrder: 'v1', saveDataSuccessExecution: 'none' },
		nodes: [
			nodeOf('Webhook', 'n8n-nodes-base.webhook', 2, webhook, { webhookId: path }),
			nodeOf('Split', 'n8n-nodes-base.splitOut', 1, { fieldToSplitOut: 'body.items' }),
			{ ...node, credentials: { [type]: { id, name: 'COC' } } },
			nodeOf('First', 'n8n-nodes-base.limit', 1),
		],
		connections: {
			Webhook: { main: [to('Split')] },
			Split: { main: [to(node.name)] },
			[node.name]: { main: [to('First')] },
		},
	};
	await client.publish(await client.createWorkflow(workflow));
	const body = JSON.stringify({ items: tickets.map(itemOf) });
	return async (url: string) => {
		const headers = { 'content-type': 'application/json' };
		const response = await fetch(`${url}/webhook/${path}`, { method: 'POST', headers, body });
		if (!response.ok) throw new Error(`${node.name}: ${await response.text()}`);
		await response.text();
	};
}

/** What n8n's process has spent so far, by its own account, in µs. */
async function cpuOf(url: string): Promise<number> {
	const text = await (await fetch(`${url}/metrics`)).text();
	const seconds = /^n8n_process_cpu_seconds_total (\S+)/m.exec(text)?.[1];
	if (seconds === undefined) throw new Error(`n8n tells no CPU time: ${text.slice(0, 200)}`);
	return Number(seconds) * 1e6;
}
