// Rejecting an incident: only what COC offers is sent, by its task, and only before acceptance.
import { describe, expect, test } from '@jest/globals';
import type { IDataObject, INodeParameters } from 'n8n-workflow';
import { OPERATOR, SUCCESS, useCoc } from '../../../support/coc.cts';
import { ACTIONS, failureOf, operate, refusedInput } from '../../../support/operate.cts';
import { openApproval, type TicketStatus } from '../../../standin/index.cts';

const coc = useCoc();
const fresh = () => coc.ticket({ status: 'INCIDENT_STATUS_TRIGGERED' });
const reject = (ticket: string, fields: object = {}, options: IDataObject = {}) =>
	operate(coc, 'reject', [{ ticket, reason: 'Not ours', ...fields }], {
		parameters: { options: options as INodeParameters },
	});
const actionsSent = () => coc.requests().filter(({ path }) => ACTIONS.test(path));
const { provider_code, error_code, error_msg } = SUCCESS;
/** v2's actions answer without data. */
const withoutData = { provider_code, error_code, error_msg };
const bare = ({ json }: { json: object }) => json;

test('what is possible is read first, then the action is sent with its task', async () => {
	const ticket = fresh();
	const { success } = await reject(ticket);
	expect(success.map(bare)).toEqual([
		{ ticket, operator: null, reason: 'Not ours', outcome: 'applied', response: withoutData },
	]);
	expect(coc.requests().map(({ method, path }) => `${method} ${path}`)).toEqual([
		`GET /v1/external/incident/${ticket}`,
		'POST /v1/external/incident/list-histories',
		`GET /v2/incidents/${ticket}/tasks`,
		`POST /v2/incidents/${ticket}/actions`,
	]);
	expect(actionsSent()[0]?.text).toMatch(
		/^\{"task_id":"[0-9a-f]{32}","action":"rejected","params":\{"virtual_confirm_comment":"Not ours"\}\}$/,
	);
	expect(coc.standIn.tickets.get(ticket)).toMatchObject({
		status: 'INCIDENT_STATUS_REJECTED',
		history: [{ action: 'rejected', operator: OPERATOR, comment: 'Not ours' }],
	});
});

describe.each<[TicketStatus, string]>([
	['INCIDENT_STATUS_REJECTED', 'Reopen (ReOpen), Close (agreed)'],
	['INCIDENT_STATUS_ACKNOWLEDGED', 'Submit Solution (commitSolution), Forward (acceptedForward)'],
	['INCIDENT_STATUS_RESOLVED', 'Verify (confirm)'],
	['INCIDENT_STATUS_COMPLETED', 'nothing'],
])('a ticket in status %s', (status, possible) => {
	test('isn’t touched, and the message says what is possible', async () => {
		const ticket = coc.ticket({ status });
		const { error, outcome } = failureOf(await reject(ticket));
		expect(outcome).toBe('notSent');
		expect(error).toContain(`Ticket ${ticket} was not rejected: COC doesn't offer that now`);
		expect(error).toContain(`(${status})`);
		expect(error).toContain(`Possible now: ${possible}`);
		expect(error).toContain("the task of another user than the credential's");
		expect(actionsSent()).toEqual([]);
	});
});

test('an open approval of an accepted ticket is not refused by mistake', async () => {
	const ticket = coc.ticket({ status: 'INCIDENT_STATUS_ACKNOWLEDGED', approval: openApproval() });
	expect(failureOf(await reject(ticket)).outcome).toBe('notSent');
	expect(actionsSent()).toEqual([]);
});

describe('a dry run sends nothing, and says whether COC offers it:', () => {
	test.each<[TicketStatus, boolean]>([
		['INCIDENT_STATUS_TRIGGERED', true],
		['INCIDENT_STATUS_RESOLVED', false],
	])('%s %s', async (status, wouldBeAccepted) => {
		const ticket = coc.ticket({ status });
		const { success } = await reject(ticket, {}, { dryRun: true });
		expect(success[0]?.json).toMatchObject({
			...{ outcome: 'dryRun', response: null, wouldBeAccepted },
			request: {
				method: 'POST',
				url: `${coc.standIn.url}/v2/incidents/${ticket}/actions`,
				body: { action: 'rejected', params: { virtual_confirm_comment: 'Not ours' } },
			},
		});
		expect(actionsSent()).toEqual([]);
	});
});

test('without the permission to read what is possible nothing is sent, and it is named', async () => {
	coc.credential.data.token = coc.standIn.issueToken({
		permissions: ['coc:ticket:action', 'coc:ticket:get'],
	});
	const { error, outcome } = failureOf(await reject(fresh()));
	expect(outcome).toBe('notSent');
	expect(error).toContain('coc:ticket:listActions');
	expect(actionsSent()).toEqual([]);
});

test('a ticket that doesn’t exist is never sent', async () => {
	expect(failureOf(await reject('IM404'))).toMatchObject({
		...{ outcome: 'notSent', errorCode: 'COC.00067003' },
	});
});

test.each([
	['without a reason', { reason: ' ' }, "'Reason' is empty"],
	[
		'with a reason that is too long',
		{ reason: 'x'.repeat(301) },
		"'Reason' is 301 characters long",
	],
])('%s it is refused before anything is read', async (_name, fields, reason) => {
	const error = await refusedInput(coc, 'reject', { ticket: 'IM1', ...fields });
	expect(error).toContain(`was not rejected: ${reason}`);
});
