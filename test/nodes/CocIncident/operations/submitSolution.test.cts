// Submitting a solution: what is sent, what comes out, what is refused.
import { describe, expect, test } from '@jest/globals';
import { failureOf, HANDLE, operate, refusedInput } from '../../../support/operate.cts';
import { NODE, OPERATOR, SUCCESS, useCoc } from '../../../support/coc.cts';

const coc = useCoc();
const accepted = () => coc.ticket({ status: 'INCIDENT_STATUS_ACKNOWLEDGED' });
const item = (fields: object = {}) => ({
	ticket: accepted(),
	operator: OPERATOR,
	type: 'inc_type_p_security_issues',
	cause: 'A certificate ran out',
	solution: 'Renewed it',
	serviceInterrupted: false,
	startTime: '',
	recoveryTime: '',
	...fields,
});
const interrupted = {
	serviceInterrupted: true,
	startTime: '2026-03-22T15:15:06+08:00',
	recoveryTime: 1_711_093_000_000,
};

describe('the request is the one that the COC contract shows, byte for byte,', () => {
	test.each([
		[
			'without an interruption',
			{},
			'"mtm_type":"inc_type_p_security_issues","is_service_interrupt":false,"cause":"A certificate ran out","solution":"Renewed it"',
		],
		[
			'with one and its two times in ms',
			interrupted,
			'"mtm_type":"inc_type_p_security_issues","is_service_interrupt":true,"cause":"A certificate ran out","solution":"Renewed it","start_time":1774163706000,"fault_recovery_time":1711093000000',
		],
	])('%s', async (_name, fields, parameter) => {
		const ticket = coc.ticket({ number: 'IM42', status: 'INCIDENT_STATUS_ACKNOWLEDGED' });
		await operate(coc, 'submitSolution', [item({ ...fields, ticket })]);
		expect(coc.requests()).toHaveLength(1);
		const [request] = coc.requests();
		expect(`${request?.method} ${request?.url}`).toBe('POST /v1/external/incident/handle');
		expect(request?.text).toBe(
			`{"incident_num":"IM42","operator":"${OPERATOR}","operate_key":"commitSolution1","parameter":{${parameter}}}`,
		);
	});
});

test('the ticket then waits for verification, and each item says what was sent', async () => {
	const items = [item({ cause: ' Cause\n', solution: '\tSolution ' }), item(interrupted)];
	const { success, failed } = await operate(coc, 'submitSolution', items);
	expect(failed).toEqual([]);
	const sent = { operator: OPERATOR, type: 'Security' };
	const applied = { outcome: 'applied', response: SUCCESS };
	expect(success.map(({ json }) => json)).toEqual([
		{
			...{ ticket: items[0]!.ticket, ...sent, cause: 'Cause', solution: 'Solution' },
			...{ serviceInterrupted: false, startTime: null, recoveryTime: null, ...applied },
		},
		{
			...{ ticket: items[1]!.ticket, ...sent },
			...{ cause: 'A certificate ran out', solution: 'Renewed it', serviceInterrupted: true },
			...{ startTime: '2026-03-22T07:15:06.000Z', recoveryTime: '2024-03-22T07:36:40.000Z' },
			...applied,
		},
	]);
	expect(success.map(({ pairedItem }) => pairedItem)).toEqual([{ item: 0 }, { item: 1 }]);
	expect(coc.standIn.tickets.get(items[0]!.ticket)).toMatchObject({
		status: 'INCIDENT_STATUS_RESOLVED',
		solution: 'Solution',
	});
});

test('a type that the dropdown doesn’t know is sent as an expression gives it', async () => {
	const { success } = await operate(coc, 'submitSolution', [item({ type: 'inc_type_t_own' })]);
	expect(success[0]?.json).toMatchObject({ outcome: 'applied', type: 'inc_type_t_own' });
});

test('the texts may have 10,000 characters each, emoji counted as one', async () => {
	const long = '🙂'.repeat(10_000);
	const { success } = await operate(coc, 'submitSolution', [item({ cause: long, solution: long })]);
	expect(success[0]?.json).toMatchObject({ outcome: 'applied', cause: long });
});

test('a dry run sends nothing', async () => {
	const parameters = { options: { dryRun: true } };
	const { success } = await operate(coc, 'submitSolution', [item(interrupted)], { parameters });
	expect(success[0]?.json).toMatchObject({
		outcome: 'dryRun',
		request: { body: { parameter: { start_time: 1_774_163_706_000 } } },
		wouldBeAccepted: true,
	});
	expect(coc.requests().filter(({ path }) => path === HANDLE)).toEqual([]);
});

describe('before anything is sent, it is refused', () => {
	test.each<[string, object, string]>([
		['without a cause', { cause: ' ' }, "'Cause' is empty"],
		['without a solution', { solution: '\n' }, "'Solution' is empty"],
		['with a cause that is too long', { cause: 'x'.repeat(10_001) }, "'Cause' is 10001 characters"],
		['with a number for a solution', { solution: 7 }, "'Solution' must be text"],
		['without a type', { type: '' }, "'Type' is empty"],
		['with an unclear switch', { serviceInterrupted: 'maybe' }, "'Service Interrupted' must be"],
		[
			'without the interruption’s start',
			{ ...interrupted, startTime: '' },
			"'Start Time' is empty",
		],
		['without its end', { ...interrupted, recoveryTime: '' }, "'Recovery Time' is empty"],
		['with a start that is no time', { ...interrupted, startTime: 'noon' }, "'Start Time' is no"],
	])('%s', async (_name, fields, reason) => {
		const error = await refusedInput(coc, 'submitSolution', item(fields));
		expect(error).toContain(`was not submitted: ${reason}`);
	});
});

test('COC’s refusal of a ticket that nobody has accepted is told with its reason', async () => {
	const ticket = coc.ticket({ status: 'INCIDENT_STATUS_TRIGGERED' });
	const run = await operate(coc, 'submitSolution', [item({ ticket })]);
	const { error, ...details } = failureOf(run);
	expect(details).toMatchObject({ outcome: 'refused', errorCode: 'GOM.00007256', ticket });
	expect(error).toMatch(
		/was not submitted: ".*" \(GOM\.00007256, HTTP 400\)\. Nothing was changed\. /,
	);
	expect(error).toContain('Check that the ticket exists and is accepted');
	expect(coc.requests()).toHaveLength(1);
});

test('in Continue mode a failed item goes on as an error, in Stop mode it ends the run', async () => {
	const items = () => [item(), item({ ticket: 'IM404' }), item()];
	const going = await operate(coc, 'submitSolution', items(), { onError: 'continueRegularOutput' });
	expect(going.success.map(({ json }) => json.outcome ?? 'error')).toEqual([
		'applied',
		'error',
		'applied',
	]);
	const stopping = await operate(coc, 'submitSolution', items(), { onError: 'stopWorkflow' });
	expect(stopping.executionError).toMatchObject({
		node: { name: NODE },
		context: { itemIndex: 1 },
	});
});
