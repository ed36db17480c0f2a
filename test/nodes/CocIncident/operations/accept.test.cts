// Accepting an incident: what is sent, what comes out, what is refused.
import { describe, expect, test } from '@jest/globals';
import { HANDLE, operate, failureOf, refusedInput } from '../../../support/operate.cts';
import { NODE, OPERATOR, SUCCESS, useCoc } from '../../../support/coc.cts';

const coc = useCoc();
const fresh = () => coc.ticket({ status: 'INCIDENT_STATUS_TRIGGERED' });

test('the request is the one that the COC contract shows, byte for byte', async () => {
	const ticket = coc.ticket({ number: 'IM42', status: 'INCIDENT_STATUS_TRIGGERED' });
	await operate(coc, 'accept', [{ ticket, operator: OPERATOR }]);
	expect(coc.requests()).toHaveLength(1);
	const [request] = coc.requests();
	expect(`${request?.method} ${request?.url}`).toBe('POST /v1/external/incident/handle');
	expect(request?.text).toBe(
		'{"incident_num":"IM42","operator":"7da46971b7e24eed90cf777cc2ff8b91","operate_key":"acceptedIncident1","parameter":{}}',
	);
});

test('the ticket is accepted in the operator’s name, and each item says so', async () => {
	const tickets = [fresh(), fresh()];
	const items = tickets.map((ticket) => ({ ticket: ` ${ticket}\n`, operator: `${OPERATOR} ` }));
	const { success, failed } = await operate(coc, 'accept', items);
	expect(failed).toEqual([]);
	expect(success).toEqual(
		tickets.map((ticket, item) => ({
			json: { ticket, operator: OPERATOR, outcome: 'applied', response: SUCCESS },
			pairedItem: { item },
		})),
	);
	for (const ticket of tickets) {
		expect(coc.standIn.tickets.get(ticket)).toMatchObject({
			status: 'INCIDENT_STATUS_ACKNOWLEDGED',
			history: [{ action: 'acceptedIncident1', operator: OPERATOR }],
		});
	}
});

test('an operator picked from the list counts, and so does plain text', async () => {
	for (const operator of [{ __rl: true, mode: 'list', value: OPERATOR }, OPERATOR]) {
		const ticket = fresh();
		const { success } = await operate(coc, 'accept', [{ ticket }], { parameters: { operator } });
		expect(success[0]?.json).toMatchObject({ ticket, operator: OPERATOR, outcome: 'applied' });
	}
});

test('a dry run says what would be sent and sends nothing', async () => {
	const ticket = fresh();
	const parameters = { options: { dryRun: true } };
	const { success } = await operate(coc, 'accept', [{ ticket, operator: OPERATOR }], {
		parameters,
	});
	expect(success[0]?.json).toEqual({
		ticket,
		operator: OPERATOR,
		outcome: 'dryRun',
		response: null,
		request: {
			method: 'POST',
			url: `${coc.standIn.url}/v1/external/incident/handle`,
			body: {
				incident_num: ticket,
				operator: OPERATOR,
				operate_key: 'acceptedIncident1',
				parameter: {},
			},
		},
		wouldBeAccepted: true,
	});
	expect(coc.requests().filter(({ path }) => path === HANDLE)).toEqual([]);
});

describe('before anything is sent, it is refused', () => {
	test.each([
		['without a ticket', { ticket: ' ', operator: OPERATOR }, "'Ticket' is empty"],
		['with a ticket of two words', { ticket: 'IM 1', operator: OPERATOR }, "'Ticket' contains"],
		['without an operator', { ticket: 'IM1', operator: '' }, "'Operator' is empty"],
		['with a number for an operator', { ticket: 'IM1', operator: 7 }, "'Operator' must be text"],
		[
			'with an operator that is too long',
			{ ticket: 'IM1', operator: 'x'.repeat(256) },
			"'Operator' is 256 characters long",
		],
	])('%s', async (_name, fields, reason) => {
		const error = await refusedInput(coc, 'accept', fields);
		expect(error).toContain(`was not accepted: ${reason}`);
		expect(error).toMatch(/Nothing was sent\. .*\.$/);
	});
});

describe('COC’s refusal is told with its reason', () => {
	test.each([
		['a ticket that somebody has accepted', 'INCIDENT_STATUS_ACKNOWLEDGED'],
		['a ticket that waits for verification', 'INCIDENT_STATUS_RESOLVED'],
		['a completed ticket', 'INCIDENT_STATUS_COMPLETED'],
	] as const)('for %s', async (_name, status) => {
		const ticket = coc.ticket({ status });
		const run = await operate(coc, 'accept', [{ ticket, operator: OPERATOR }]);
		const { error, ...details } = failureOf(run);
		expect(details).toMatchObject({ outcome: 'refused', ticket, httpStatus: 400 });
		expect(error).toMatch(/^Ticket IM\d+ was not accepted: ".*" \(GOM\.00007256, HTTP 400\)\. /);
		expect(error).toContain('Nothing was changed. Check that the ticket exists and nobody has');
		expect(coc.requests()).toHaveLength(1);
	});

	test('for a ticket that doesn’t exist', async () => {
		const run = await operate(coc, 'accept', [{ ticket: 'IM404', operator: OPERATOR }]);
		expect(failureOf(run)).toMatchObject({ outcome: 'refused', errorCode: 'COC.00067003' });
	});

	test('for a user without the permission, whose IAM action is named', async () => {
		coc.credential.data.token = coc.standIn.issueToken({ permissions: ['coc:ticket:get'] });
		const run = await operate(coc, 'accept', [{ ticket: fresh(), operator: OPERATOR }]);
		const { error, outcome } = failureOf(run);
		expect(outcome).toBe('refused');
		expect(error).toContain('coc:ticket:action');
	});
});

test('in Continue mode a failed item goes on as an error, in Stop mode it ends the run', async () => {
	const items = () => [fresh(), 'IM404', fresh()].map((ticket) => ({ ticket, operator: OPERATOR }));
	const going = await operate(coc, 'accept', items(), { onError: 'continueRegularOutput' });
	expect(going.success.map(({ json }) => json.outcome ?? 'error')).toEqual([
		'applied',
		'error',
		'applied',
	]);
	const stopping = await operate(coc, 'accept', items(), { onError: 'stopWorkflow' });
	expect(stopping.executionError).toMatchObject({
		node: { name: NODE },
		context: { itemIndex: 1 },
	});
	expect(stopping.executionError?.message).toBe(
		'Ticket IM404 was not accepted. Nothing was changed. [item 1]',
	);
});
