import assert from 'node:assert/strict';
import { setTimeout as sleep } from 'node:timers/promises';
import { signingPair } from '../../standin/smn.cts';
import type { Context } from '../context.cts';
import type { Execution } from '../rest.cts';
import type { Scenario } from '../scenario.cts';
import { ended, solve } from '../solved.cts';
import { credential, node, notificationType, output, to, triggerType } from '../workflows.cts';

const PUSH = 'COC Notification Trigger';
const POLL = 'COC Incident Trigger';
const ONCE = 'Each Event Once';
const WEBHOOK_ID = 'c0c00000-0000-4000-8000-00000000000';
const accepted = { status: 'INCIDENT_STATUS_ACKNOWLEDGED' } as const;

/** A published workflow that COC calls. */
export const notifications: Scenario[] = [
	{
		name: 'a notification starts the workflow at once, and both triggers together give each event once',
		async run(context) {
			const { client, coc, smn, server } = context;
			const url = urlOf(context, 1);
			const tickets = Array.from({ length: 3 }, () => coc.addTicket(accepted).number);
			const [first, second, third] = tickets as [string, string, string];
			await sleep(1100);
			const saved = await client.createWorkflow(bothTriggers(context));
			await client.publish(saved);
			await subscribed(context, url);
			// n8n answers before it has polled for the first time.
			await sleep(5000);

			const unfollow = smn.follow(coc);
			const changedAt = Date.now();
			solve(context, first);
			const runs = await ended(context, saved.id, 2);
			// Whichever came first: n8n polls at a second of its own choice.
			const runOf = (trigger: string) => {
				const found = runs.filter((run) => startedBy([run]).includes(`${trigger} ${first}`));
				assert.equal(found.length, 1, String(startedBy(runs)));
				assert.equal(found[0]?.status, 'success');
				return found[0];
			};
			const [pushRun, pollRun] = [runOf(PUSH), runOf(POLL)];
			const [pushed, polled] = [
				(await startOf(context, pushRun.id)) - changedAt,
				(await startOf(context, pollRun.id)) - changedAt,
			];
			console.log(`  from the change to the start: ${pushed} ms by push, ${polled} ms by polling`);
			const [item] = output(pushRun.runData[PUSH]?.[0]);
			assert.equal(item?.json.newStatus, 'To Be Verified');
			assert.match(String(item?.json.text), new RegExp(first));

			// Forged: signed by somebody else.
			const forged = smn.message({ message: `Verify ${second}` });
			const { key } = await signingPair();
			assert.equal((await smn.send(url, smn.sign(forged, key))).status, 403);
			// Genuine, and sent once more.
			const again = smn.message({ message: `Verify ${first}` });
			assert.equal((await smn.send(url, again)).status, 200);
			assert.equal((await smn.send(url, again)).status, 200);

			// n8n stores what the two remember as one piece, the one over the other: after a restart a
			// trigger may give again what it has given, which doesn't come any further.
			await server.restart(() => undefined);
			await sleep(5000);
			assert.equal((await smn.send(url, again)).status, 200);
			solve(context, second);
			await given(context, saved.id, 2);
			// A start polls at once.
			await server.restart(() => solve(context, third));
			await smn.publish(`Verify ${third}`);
			await given(context, saved.id, 3);
			await sleep(5000);
			const all = await given(context, saved.id, 3);
			await client.unpublish(saved.id);
			unfollow();
			smn.confirmed.clear();
			assert.deepEqual(
				all.map((event) => event.split('/')[0]),
				[first, second, third],
			);
			const by = startedBy(await client.executionsOf(saved.id));
			assert.ok(by.includes(`${POLL} ${third}`) && by.includes(`${PUSH} ${third}`), String(by));
		},
	},
	{
		name: 'a notification that comes again after a restart of n8n starts nothing',
		async run(context) {
			const { client, coc, smn, server, credentialId } = context;
			const url = urlOf(context, 3);
			const saved = await client.createWorkflow(pushOnly(credentialId, 3, {}));
			await client.publish(saved);
			await subscribed(context, url);
			const ticket = coc.addTicket(accepted).number;
			solve(context, ticket);
			const body = smn.message({ message: `Verify ${ticket}` });
			await smn.send(url, body);
			await ended(context, saved.id, 1);
			await server.restart(() => undefined);
			assert.equal(await posted(url, JSON.stringify(body)), 200);
			// A new message of what is known.
			await smn.send(url, smn.message({ message: `Verify ${ticket}` }));
			await sleep(5000);
			assert.deepEqual(startedBy(await client.executionsOf(saved.id)), [`${PUSH} ${ticket}`]);
			await client.unpublish(saved.id);
		},
	},
	{
		name: 'a notification of another form needs the secret, in its header or its path',
		async run(context) {
			const { client, coc, server } = context;
			const secret = 'the-secret-of-the-notifications';
			context.secrets.push(secret);
			const credentialId = await client.createCredential('huaweiCloudCocApi', 'COC, notified', {
				endpoint: coc.url,
				authentication: 'token',
				token: context.issueToken(coc),
			});
			const workflow = pushOnly(credentialId, 2, { acceptUnsignedNotifications: true });
			const refused = await client.createWorkflow(workflow);
			assert.match(await refusal(context, refused), /Notification Secret/);
			await client.editCredential(credentialId, { notificationSecret: secret });
			const saved = await client.createWorkflow(workflow);
			await client.publish(saved);

			const [one, two, three] = [0, 0, 0].map(() => coc.addTicket(accepted).number) as [
				string,
				string,
				string,
			];
			for (const ticket of [one, two, three]) solve(context, ticket);
			const url = urlOf(context, 2);
			const path = `${server.url}/webhook/${WEBHOOK_ID}2/${WEBHOOK_ID}2`;
			const send = async (address: string, ticket: string, headers = {}) =>
				await posted(address, JSON.stringify({ text: `Verify ${ticket}` }), headers);
			assert.equal(await send(url, one), 403);
			assert.equal(await send(`${path}/another-secret-of-some-length`, one), 403);
			assert.equal(await send(url, two, { 'X-Notification-Secret': secret }), 200);
			assert.equal(await send(`${path}/${secret}`, three), 200);
			const runs = await ended(context, saved.id, 2);
			assert.deepEqual(startedBy(runs).sort(), [`${PUSH} ${two}`, `${PUSH} ${three}`].sort());

			// What can't be read after it was answered is a failed execution, and n8n goes on.
			const token = context.issueToken(coc);
			await client.editCredential(credentialId, { token: 'expired' });
			assert.equal(await send(`${path}/${secret}`, one), 200);
			const [, , failed] = await ended(context, saved.id, 3);
			assert.equal(failed?.status, 'error');
			await client.editCredential(credentialId, { token });
			const next = coc.addTicket(accepted).number;
			solve(context, next);
			assert.equal(await send(`${path}/${secret}`, next), 200);
			const all = await ended(context, saved.id, 4);
			assert.deepEqual(startedBy([all[3]!]).sort(), [`${PUSH} ${next}`, `${PUSH} ${one}`].sort());
			await client.unpublish(saved.id);
		},
	},
	{
		name: 'many notifications at once are all read, a few at a time',
		async run(context) {
			const { client, coc, smn, credentialId } = context;
			const url = urlOf(context, 4);
			const saved = await client.createWorkflow(pushOnly(credentialId, 4, {}));
			await client.publish(saved);
			await subscribed(context, url);
			const tickets = Array.from({ length: BURST }, () => coc.addTicket(accepted).number);
			for (const ticket of tickets) solve(context, ticket);
			// An earlier scenario's workflow may still read its own ticket.
			const burst = new Set<string | null>(tickets);
			const requests = () => coc.requests.filter(({ ticket }) => burst.has(ticket)).length;
			const began = Date.now();
			// n8n itself may refuse one when many come at once: SMN sends again what isn't answered with 2xx.
			let repeats = 0;
			const queue = [...tickets];
			const sender = async () => {
				for (let ticket = queue.pop(); ticket !== undefined; ticket = queue.pop()) {
					const body = smn.message({ message: `Verify ${ticket}` });
					while (!(await smn.send(url, body)).ok) {
						assert.ok(++repeats < BURST, 'n8n accepts no message');
						await sleep(1000);
					}
				}
			};
			await Promise.all(Array.from({ length: CONNECTIONS }, sender));
			const answered = Date.now() - began;
			const given = async () =>
				(await client.executionsOf(saved.id)).map(({ runData }) =>
					output(runData[PUSH]?.[0]).map(({ json }) => String(json.ticket)),
				);
			const deadline = Date.now() + 120_000;
			let executions = await given();
			while (executions.flat().length < BURST && Date.now() < deadline) {
				await sleep(2000);
				executions = await given();
			}
			console.log(
				`  ${BURST} notifications: answered within ${answered} ms, read and given in ${executions.length} executions within ${Date.now() - began} ms, ${requests()} requests to COC, ${repeats} sent again`,
			);
			await client.unpublish(saved.id);
			assert.deepEqual(executions.flat().sort(), [...tickets].sort());
			assert.equal(requests(), 2 * BURST);
		},
	},
];

const BURST = 300;
/** How many of them come at the same time. */
const CONNECTIONS = 20;

function urlOf({ server }: Context, which: number): string {
	return `${server.url}/webhook/${WEBHOOK_ID}${which}/coc`;
}

/** n8n says that a workflow is published a moment before its webhook is registered. */
async function posted(url: string, body: string, headers = {}): Promise<number> {
	for (let tries = 0; ; tries++) {
		const { status } = await fetch(url, {
			method: 'POST',
			headers: { 'content-type': 'text/plain', ...headers },
			body,
		});
		if (status !== 404 || tries === 50) return status;
		await sleep(100);
	}
}

async function subscribed({ smn }: Context, url: string): Promise<void> {
	for (let tries = 0; (await smn.subscribe(url)).status === 404; tries++) {
		assert.ok(tries < 50, 'The webhook is not there');
		await sleep(100);
	}
	for (let tries = 0; !smn.confirmed.has(url); tries++) {
		assert.ok(tries < 300, 'The subscription is not confirmed');
		await sleep(100);
	}
}

function pushOnly(credentialId: string, which: number, parameters: object) {
	const webhookId = `${WEBHOOK_ID}${which}`;
	return {
		name: 'Started by a notification',
		nodes: [
			node(PUSH, notificationType, 1, parameters, { ...credential(credentialId), webhookId }),
			node('Done', 'n8n-nodes-base.noOp', 1),
		],
		connections: { [PUSH]: { main: [to('Done')] } },
	};
}

function bothTriggers({ credentialId, smn }: Context) {
	const { nodes } = pushOnly(credentialId, 1, { topics: [smn.topic] });
	const poll = { pollTimes: { item: [{ mode: 'everyMinute' }] } };
	return {
		name: 'Started by both triggers',
		nodes: [
			...nodes,
			node(POLL, triggerType, 1, poll, credential(credentialId)),
			node(ONCE, 'n8n-nodes-base.removeDuplicates', 2, {
				operation: 'removeItemsSeenInPreviousExecutions',
				dedupeValue: '={{ $json.eventId }}',
			}),
		],
		connections: {
			[PUSH]: { main: [to(ONCE)] },
			[POLL]: { main: [to(ONCE)] },
			[ONCE]: { main: [to('Done')] },
		},
	};
}

/** The IDs of the events that come behind both triggers, at least so many. */
async function given({ client }: Context, id: string, count: number): Promise<string[]> {
	for (let tries = 0; ; tries++) {
		const executions = await client.executionsOf(id).catch((): Execution[] => []);
		const items = executions.flatMap(({ runData }) => output(runData[ONCE]?.[0]));
		const ids = items.map(({ json }) => String(json.eventId));
		if (ids.length >= count) return ids;
		assert.ok(tries < 400, `Only ${ids.join(', ')} of ${count} events`);
		await sleep(250);
	}
}

/** Why n8n could not publish a workflow; some versions answer before they know. */
async function refusal(
	{ client }: Context,
	saved: { id: string; versionId: string },
): Promise<string> {
	try {
		await client.publish(saved);
	} catch (error) {
		return String(error);
	}
	for (let tries = 0; tries < 200; tries++) {
		const { triggers } = await client.call<{ triggers: Array<{ errorMessage: string | null }> }>(
			'GET',
			`/workflows/${saved.id}/publication-status`,
		);
		const [why] = triggers.map(({ errorMessage }) => errorMessage).filter((one) => one !== null);
		if (why !== undefined) return why;
		await sleep(100);
	}
	return 'published';
}

async function startOf({ client }: Context, id: string): Promise<number> {
	const { startedAt } = await client.call<{ startedAt: string }>('GET', `/executions/${id}`);
	return Date.parse(startedAt);
}

/** Which trigger has given which ticket. */
function startedBy(executions: Execution[]): string[] {
	return executions.flatMap(({ runData }) =>
		[PUSH, POLL].flatMap((name) =>
			output(runData[name]?.[0]).map(({ json }) => `${name} ${String(json.ticket)}`),
		),
	);
}
