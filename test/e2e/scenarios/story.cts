import assert from 'node:assert/strict';
import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import { startStandIn, type StandIn } from '../../standin/index.cts';
import type { Context } from '../context.cts';
import type { Workflow } from '../rest.cts';
import type { Scenario } from '../scenario.cts';
import { credentialType, output, readExample } from '../workflows.cts';
import { callWebhook } from './webhook.cts';

/** A ticket's story and what goes with it: the examples as imported, with n8n's own nodes. */
export const story: Scenario[] = [
	{
		name: 'examples/from-incident-to-verification.json takes a ticket to its end, and reads it',
		run: (context) =>
			withOwnCoc(context, async (coc, example) => {
				coc.quirks.creationMs = 1500;
				const workflow = example('from-incident-to-verification');
				const { status, runData, error } = await context.client.run(workflow);
				assert.equal(status, 'success', error?.message);
				const [ticket] = coc.tickets.all();
				assert.ok(ticket, 'no ticket was created');
				assert.equal(ticket.status, 'INCIDENT_STATUS_COMPLETED');
				const of = (name: string, field: string) =>
					output(runData[name]?.[0]).map(({ json }) => json[field]);
				for (const name of ['Create', 'Accept', 'Submit Solution', 'Verify']) {
					assert.deepEqual([name, ...of(name, 'outcome')], [name, 'applied']);
				}
				for (const name of ['Get', 'Get Many']) {
					assert.deepEqual([name, ...of(name, 'ticket')], [name, ticket.number]);
				}
				assert.deepEqual(of('Get', 'status'), ['Completed']);
			}),
	},
	{
		name: 'examples/create-incident-from-alarm.json answers the alarm with the new incident',
		run: (context) =>
			withOwnCoc(context, async (coc, example) => {
				await publish(context, example('create-incident-from-alarm'));
				const alarm = { title: 'Payments time out', text: 'All of them', serviceDown: true };
				const body = { ...alarm, severity: 'major', startedAt: '2026-03-22T15:15:06Z' };
				const answer = await callWebhook(context, 'coc-alarm', body);
				assert.equal(answer.status, 201);
				const { ticket, available } = (await answer.json()) as Record<string, unknown>;
				assert.deepEqual([ticket, available], [coc.tickets.all()[0]?.number, true]);
				assert.equal(coc.tickets.all()[0]?.level, 'level_20');

				// Whether it was created isn't known: the alarm system had better not send it again.
				const path = '/v1/external/incident/create';
				coc.fault({ kind: 'resetAfter', times: 9, match: { path } });
				assert.equal((await callWebhook(context, 'coc-alarm', body)).status, 202);
				assert.equal(coc.tickets.all().length, 2);
			}),
	},
	{
		name: 'examples/verify-by-health-check.json verifies by what the monitoring answers',
		run: (context) =>
			withOwnCoc(context, async (coc, example) => {
				const [up, down, strange] = [coc.addTicket(), coc.addTicket(), coc.addTicket()];
				const codes = new Map([
					[up.number, 200],
					[down.number, 503],
					[strange.number, 404],
				]);
				await withServer(
					({ url }) => codes.get(new URL(url ?? '', 'http://x').searchParams.get('ticket') ?? ''),
					async (address) => {
						const workflow = example('verify-by-health-check', `${address}/health`);
						const { status, runData, error } = await context.client.run(workflow);
						assert.equal(status, 'success', error?.message);
						const [failed] = output(runData['Not Verified']?.[0]);
						assert.equal((failed?.json['details'] as { ticket: string }).ticket, strange.number);
					},
				);
				const statuses = [up, down, strange].map(({ status }) => status);
				const [completed, back, waiting] = ['COMPLETED', 'ACKNOWLEDGED', 'RESOLVED'];
				const expected = [completed, back, waiting].map((status) => `INCIDENT_STATUS_${status}`);
				assert.deepEqual(statuses, expected);
				assert.match(down.history.at(-1)?.comment ?? '', /still fails \(HTTP 503\): body of 503/);
			}),
	},
	{
		name: 'examples/verify-from-other-system.json verifies once what is sent twice',
		run: (context) =>
			withOwnCoc(context, async (coc, example) => {
				await publish(context, example('verify-from-other-system'));
				const ticket = coc.addTicket();
				const send = async (event: string, cocTicket: string) => {
					const body = { event, cocTicket, key: 'OPS-7', resolution: 'Fixed' };
					const answer = await callWebhook(context, 'coc-ticket-resolved', body);
					const { outcome } = (await answer.json()) as { outcome?: string };
					return [answer.status, outcome];
				};
				assert.deepEqual(await send('commented', ticket.number), [200, undefined]);
				assert.equal(ticket.status, 'INCIDENT_STATUS_RESOLVED');
				assert.deepEqual(await send('resolved', ticket.number), [200, 'applied']);
				assert.deepEqual(await send('resolved', ticket.number), [200, 'alreadyVerified']);
				assert.deepEqual(await send('resolved', 'IM000'), [422, undefined]);
			}),
	},
	{
		name: 'examples/report-open-incidents.json sends what is open, or that nothing is',
		run: (context) =>
			withOwnCoc(context, async (coc, example) => {
				const texts: string[] = [];
				const take = (_: IncomingMessage, body: string) => {
					texts.push((JSON.parse(body) as { text: string }).text);
					return 200;
				};
				await withServer(take, async (address) => {
					const workflow = example('report-open-incidents', address);
					for (const open of [false, true]) {
						const title = open ? 'Open' : 'Closed';
						const status = open ? 'INCIDENT_STATUS_TRIGGERED' : 'INCIDENT_STATUS_COMPLETED';
						coc.addTicket({ level: 'level_10', title, status });
						const execution = await context.client.run(workflow);
						assert.equal(execution.status, 'success', execution.error?.message);
					}
				});
				const [, open] = coc.tickets.all();
				const line = `P1 ${open?.number} (Not Accepted): Open`;
				assert.deepEqual(texts, ['No open P1 or P2', line]);
			}),
	},
];

type Example = (name: string, url?: string) => Workflow;

/** A COC that no other scenario knows, and the examples with a credential for it. */
export async function withOwnCoc(
	context: Context,
	use: (coc: StandIn, example: Example) => Promise<void>,
): Promise<void> {
	const coc = await startStandIn();
	try {
		const credentialId = await context.client.createCredential(credentialType, 'Own COC', {
			endpoint: coc.url,
			authentication: 'token',
			token: context.issueToken(coc),
		});
		await use(coc, (name, url) => {
			const example = readExample(name, credentialId);
			for (const { type, parameters } of example.nodes) {
				const isRequest = url !== undefined && type === 'n8n-nodes-base.httpRequest';
				if (isRequest) Object.assign(parameters as object, { url });
			}
			return example;
		});
	} finally {
		await coc.close();
	}
}

async function publish({ client }: Context, workflow: Workflow): Promise<void> {
	await client.publish(await client.createWorkflow(workflow));
}

/** A server of somebody else on this machine, which answers with the given statuses. */
export async function withServer(
	statusOf: (request: IncomingMessage, body: string) => number | undefined,
	use: (address: string) => Promise<void>,
): Promise<void> {
	const server = createServer((request, response) => {
		const parts: Buffer[] = [];
		request.on('data', (part: Buffer) => parts.push(part));
		request.on('end', () => {
			const status = statusOf(request, Buffer.concat(parts).toString()) ?? 500;
			response.writeHead(status, { 'content-type': 'text/plain' }).end(`body of ${status}`);
		});
	});
	await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
	try {
		await use(`http://127.0.0.1:${(server.address() as AddressInfo).port}`);
	} finally {
		server.closeAllConnections();
		server.close();
	}
}
