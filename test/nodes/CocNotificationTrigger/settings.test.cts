/** What the node's fields do: refused at activation, unsigned forms, any notification, the editor. */
import { describe, expect, test } from '@jest/globals';
import type { INodeParameters } from 'n8n-workflow';
import { useQuickTime } from '../../support/quickTime.cts';
import { SECRET, started, usePush } from './receiver.cts';

useQuickTime(50);
const push = usePush();
const ACCEPTED = 'INCIDENT_STATUS_ACKNOWLEDGED';
const RESOLVED = 'INCIDENT_STATUS_RESOLVED';
const HOUR = 60 * 60_000;
const solved = () => {
	const createTime = Date.now() - HOUR;
	const { number } = push.standIn.addTicket({ status: ACCEPTED, createTime });
	return number;
};
const UNSIGNED = { acceptUnsignedNotifications: true };

describe('Publishing is refused', () => {
	test.each<[string, INodeParameters, Record<string, string>, RegExp]>([
		['without an event', { events: [] }, {}, /'Trigger On' is empty/],
		['with a topic that is none', { topics: ['coc'] }, {}, /'Topics' can't have "coc"/],
		['with an unusable credential', {}, { endpoint: '' }, /'Endpoint' is empty/],
		['unsigned without a secret', UNSIGNED, {}, /'Notification Secret' is empty/],
		['unsigned with a short secret', UNSIGNED, { notificationSecret: 'short' }, /is not usable/],
		[
			'unsigned with a secret that no URL holds',
			UNSIGNED,
			{ notificationSecret: 'a/b c?'.repeat(5) },
			/not usable/,
		],
	])('%s', async (_, parameters, data, message) => {
		Object.assign(push.credential.data, data);
		await expect(push.publish({ parameters })).rejects.toThrow(message);
	});

	test('and what is refused does not show the secret', async () => {
		push.credential.data.notificationSecret = 'not/usable/but/secret';
		const refused = await push.publish({ parameters: UNSIGNED }).catch((error: Error) => error);
		expect(String((refused as Error).message)).not.toContain('but/secret');
	});
});

describe('A notification of another form', () => {
	const send = async (url: string, body: string, headers: Record<string, string> = {}) =>
		await fetch(url, {
			method: 'POST',
			headers: { 'content-type': 'text/plain', ...headers },
			body,
		});
	const withSecret = { 'X-Notification-Secret': SECRET };

	test('is refused by default, whoever sends it', async () => {
		push.credential.data.notificationSecret = SECRET;
		const server = await push.publish();
		const response = await send(server.url, `Verify ${solved()}`, withSecret);
		expect(response.status).toBe(403);
		expect(push.standIn.requests).toEqual([]);
	});

	test.each([
		['in the header', '', withSecret],
		['in the path', `/${SECRET}`, {}],
	])(
		'with the secret %s has the ticket read; of the rest nothing counts',
		async (_, path, headers) => {
			push.credential.data.notificationSecret = SECRET;
			const server = await push.publish({ parameters: UNSIGNED });
			const ticket = solved();
			push.to(ticket, RESOLVED);
			const body = JSON.stringify({
				content: { text: `${ticket}: Closed by nobody` },
				status: 'closed',
			});
			expect((await send(server.url + path, body, headers)).status).toBe(200);
			await server.settled();
			expect(started(server)).toEqual([[`waitingForVerification ${ticket}`]]);
			expect(server.executions[0]?.[0]?.json).toMatchObject({ subject: null, text: null });
			expect(JSON.stringify([server.executions, server.store])).not.toContain('nobody');
			expect(JSON.stringify([server.executions, server.store])).not.toContain(SECRET);
		},
	);

	test.each<[string, string, Record<string, string>]>([
		['none', '', {}],
		['an empty one', '', { 'X-Notification-Secret': '' }],
		['a wrong one', '', { 'X-Notification-Secret': 'another-secret-of-some-length' }],
		['a part of it', '', { 'X-Notification-Secret': SECRET.slice(0, -1) }],
		['one more letter', `/${SECRET}x`, {}],
		['in another case', `/${SECRET.toUpperCase()}`, {}],
	])('with %s instead of the secret is refused', async (_, path, headers) => {
		push.credential.data.notificationSecret = SECRET;
		const server = await push.publish({ parameters: UNSIGNED });
		expect((await send(server.url + path, `Verify ${solved()}`, headers)).status).toBe(403);
		expect(push.standIn.requests).toEqual([]);
	});

	test('is refused when the secret was removed after the publishing', async () => {
		push.credential.data.notificationSecret = SECRET;
		const server = await push.publish({ parameters: UNSIGNED });
		push.credential.data.notificationSecret = '';
		expect((await send(server.url, `Verify ${solved()}`, withSecret)).status).toBe(403);
		expect((await send(server.url, 'IM1', { 'X-Notification-Secret': '' })).status).toBe(403);
	});

	test('that names any number of tickets has five of them read', async () => {
		push.credential.data.notificationSecret = SECRET;
		const server = await push.publish({ parameters: UNSIGNED });
		const numbers = Array.from({ length: 500 }, (_, n) => `IM2024${n}`).join(' ');
		await send(server.url, numbers, withSecret);
		await server.settled();
		expect(new Set(push.standIn.requests.map(({ ticket }) => ticket)).size).toBe(5);
		expect(started(server)).toEqual([]);
	});

	test('does not pass as SMN’s, although its sender knows the secret', async () => {
		push.credential.data.notificationSecret = SECRET;
		const server = await push.publish({ parameters: UNSIGNED });
		const body = { ...push.smn.message({ message: `Verify ${solved()}` }), signature: 'AAAA' };
		expect((await send(server.url, JSON.stringify(body), withSecret)).status).toBe(403);
		expect(push.standIn.requests).toEqual([]);
	});
});

describe('Any Notification', () => {
	const parameters = { events: ['anyNotification'] };

	test('starts the workflow with each message, also one without a ticket', async () => {
		const server = await push.publish({ parameters });
		const body = push.smn.message({ subject: 'Alarm', message: 'Disk is full' });
		await push.smn.send(server.url, body);
		await server.settled();
		expect(server.executions).toEqual([
			[
				{
					json: {
						event: 'anyNotification',
						eventId: `anyNotification/${body.message_id}`,
						ticket: null,
						oldStatus: null,
						newStatus: null,
						at: expect.stringMatching(/^20/),
						incident: null,
						subject: 'Alarm',
						text: 'Disk is full',
					},
				},
			],
		]);
		expect(push.standIn.requests).toEqual([]);
	});

	test('with a ticket has it as COC shows it, not as the message says', async () => {
		const server = await push.publish({ parameters: { ...parameters, simplify: false } });
		const ticket = solved();
		for (let round = 0; round < 2; round++) {
			await push.smn.send(server.url, push.smn.message({ message: `${ticket} is completed` }));
			await server.settled();
		}
		expect(started(server)).toEqual([[`anyNotification ${ticket}`], [`anyNotification ${ticket}`]]);
		const [first] = server.executions[0]!;
		expect(first?.json.newStatus).toBe(ACCEPTED);
		expect(first?.json.incident).toMatchObject({ incident_num: ticket, status: ACCEPTED });
	});
});

describe('In the editor', () => {
	test('a notification gives a sample, and changes nothing', async () => {
		const ticket = solved();
		push.to(ticket, RESOLVED);
		const server = await push.publish({ mode: 'manual' });
		const body = push.smn.message({ message: `Verify ${ticket}` });
		for (let round = 0; round < 2; round++) {
			await push.smn.send(server.url, body);
			await server.settled();
		}
		expect(started(server)).toEqual([
			[`waitingForVerification ${ticket}`],
			[`waitingForVerification ${ticket}`],
		]);
		expect(server.store.staticData).toEqual({});
	});

	test('one of a ticket that fits no chosen event gives nothing', async () => {
		const ticket = solved();
		const server = await push.publish({ mode: 'manual' });
		await push.smn.send(server.url, push.smn.message({ message: `Verify ${ticket}` }));
		await server.settled();
		expect(started(server)).toEqual([]);
	});
});
