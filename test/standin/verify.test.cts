import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { call, HANDLE, handling, OPERATOR, refuses, succeeds, verifying } from './client.cts';
import { openApproval, type StandIn, startStandIn, ticketStatuses } from './index.cts';

let standIn: StandIn;
const now = 1_795_510_800_000;
const handle = (body: unknown) => call(standIn, HANDLE, { body });

beforeAll(async () => {
	standIn = await startStandIn({ now: () => now });
});
afterAll(() => standIn.close());

describe('verifying a solved incident', () => {
	test('Resolved completes the ticket', async () => {
		const ticket = standIn.addTicket();
		succeeds(await handle(verifying(ticket.number, true, '验证通过 ✅')));
		expect(ticket.status).toBe('INCIDENT_STATUS_COMPLETED');
		expect(ticket.history).toEqual([
			{
				...{ action: 'confirm', operator: OPERATOR, comment: '验证通过 ✅', result: true, at: now },
				status: 'INCIDENT_STATUS_COMPLETED',
			},
		]);
		expect(standIn.requests.at(-1)).toMatchObject({ applied: true, status: 200 });
	});

	test('Unresolved gives it back to the handler', async () => {
		const ticket = standIn.addTicket();
		succeeds(await handle(verifying(ticket.number, false)));
		expect(ticket.status).toBe('INCIDENT_STATUS_ACKNOWLEDGED');
		expect(ticket.history).toMatchObject([{ result: false, comment: 'Works again' }]);
	});

	test("the contract's sample gets the contract's answer, byte for byte", async () => {
		standIn.addTicket({ number: 'IM202403221515060171753781' });
		const answered = await handle(
			'{"incident_num":"IM202403221515060171753781","operator":"7da46971b7e24eed90cf777cc2ff8b91","operate_key":"confirm","parameter":{"virtual_confirm_result":false,"virtual_confirm_comment":"13"}}',
		);
		expect(answered.text).toBe(
			'{"provider_code":"049","error_code":"GOM.00000000","error_msg":null,"data":null}',
		);
	});

	test('a comment of 300 characters is taken, however many bytes they need', async () => {
		succeeds(await handle(verifying(standIn.addTicket().number, true, '😀'.repeat(300))));
	});
});

describe('a verification is refused and changes nothing', () => {
	const bad: Array<[string, (ticket: string) => object, RegExp]> = [
		[
			'the result is a text',
			(t) => verifying(t, 'true'),
			/\[virtual_confirm_result\].*true or false/,
		],
		['the result is a number', (t) => verifying(t, 1), /\[virtual_confirm_result\]/],
		['the result is null', (t) => verifying(t, null), /\[virtual_confirm_result\]/],
		[
			'the result is missing',
			(t) => handling(t, 'confirm', { virtual_confirm_comment: 'Works again' }),
			/\[virtual_confirm_result\] is missing/,
		],
		[
			'the comment is missing',
			(t) => ({ ...verifying(t), parameter: { virtual_confirm_result: true } }),
			/\[virtual_confirm_comment\] is missing/,
		],
		['the comment is empty', (t) => verifying(t, true, ''), /\[virtual_confirm_comment\]/],
		[
			'the comment has 301 characters',
			(t) => verifying(t, true, 'x'.repeat(301)),
			/1 to 300 characters/,
		],
		['the comment is a number', (t) => verifying(t, true, 13), /\[virtual_confirm_comment\]/],
		[
			'the parameter has an unknown key',
			(t) => ({ ...verifying(t), parameter: { ...(verifying(t).parameter as object), note: '' } }),
			/\[note\] is unknown/,
		],
		[
			'the parameter is missing',
			(t) => ({ ...verifying(t), parameter: undefined }),
			/parameter must be a JSON object/,
		],
		[
			'the parameter is a list',
			(t) => ({ ...verifying(t), parameter: [] }),
			/parameter must be a JSON object/,
		],
		[
			'the body has an unknown key',
			(t) => ({ ...verifying(t), remark: '' }),
			/\[remark\] is unknown/,
		],
		[
			'the body has a key that every object inherits',
			(t) => ({ ...verifying(t), constructor: '' }),
			/\[constructor\] is unknown/,
		],
		[
			'the operator is missing',
			(t) => ({ ...verifying(t), operator: undefined }),
			/\[operator\] is missing/,
		],
		['the operator is empty', (t) => ({ ...verifying(t), operator: '' }), /\[operator\]/],
		[
			'the operator is too long',
			(t) => ({ ...verifying(t), operator: 'a'.repeat(256) }),
			/1 to 255/,
		],
		['the ticket is a number', () => verifying(5 as never), /\[incident_num\]/],
		['the ticket is too long', () => verifying('I'.repeat(256)), /\[incident_num\]/],
		[
			'operate_key is unknown',
			(t) => ({ ...verifying(t), operate_key: 'Confirm' }),
			/\[operate_key\] value\[Confirm\]/,
		],
		[
			'operate_key is an object’s own word',
			(t) => ({ ...verifying(t), operate_key: 'constructor' }),
			/\[operate_key\]/,
		],
		[
			'operate_key is missing',
			(t) => ({ ...verifying(t), operate_key: undefined }),
			/\[operate_key\] is missing/,
		],
	];
	test.each(bad)('when %s', async (_what, body, message) => {
		const ticket = standIn.addTicket();
		refuses(await handle(body(ticket.number)), message);
		expect(ticket).toMatchObject({ status: 'INCIDENT_STATUS_RESOLVED', history: [] });
		expect(standIn.requests.at(-1)).toMatchObject({ applied: false, status: 400 });
	});

	test('when there is no such ticket', async () => {
		refuses(await handle(verifying('IM1')), /IM1 does not exist/, 'COC.00067003');
	});

	const others = ticketStatuses.filter((status) => status !== 'INCIDENT_STATUS_RESOLVED');
	test.each(others)('when the ticket is in status %s', async (status) => {
		const ticket = standIn.addTicket({ status });
		refuses(await handle(verifying(ticket.number)), new RegExp(`in status ${status}`));
		expect(ticket).toMatchObject({ status, history: [] });
	});

	test('when it would close a ticket with an open approval', async () => {
		const ticket = standIn.addTicket({ approval: openApproval() });
		refuses(await handle(verifying(ticket.number, true)), /open approval/);
		expect(ticket.status).toBe('INCIDENT_STATUS_RESOLVED');
		succeeds(await handle(verifying(ticket.number, false)));
	});

	test('when it comes a second time', async () => {
		const ticket = standIn.addTicket();
		succeeds(await handle(verifying(ticket.number)));
		refuses(await handle(verifying(ticket.number)), /INCIDENT_STATUS_COMPLETED/);
		expect(ticket.history).toHaveLength(1);
	});
});
