// Whoever corrects an item is told all that is wrong with it, not one thing after the other.
import { describe, expect, test } from '@jest/globals';
import { OPERATOR, told, useCoc } from '../support/coc.cts';
import { failureOf, operate } from '../support/operate.cts';

const coc = useCoc();

test('several faulty fields are named at once, each with what to do about it', async () => {
	const fields = { ticket: 'IM 1', operator: ' ', result: 'perhaps', comment: '\n' };
	const parameters = { options: { timeout: 5 } };
	const { error, fields: named, outcome } = failureOf(await coc.verify([fields], { parameters }));
	expect(outcome).toBe('notSent');
	expect(named).toEqual(['Ticket', 'Operator', 'Result', 'Comment', 'Timeout']);
	expect(error).toBe(
		'Ticket IM 1 was not verified: ' +
			"'Ticket' contains white space or an invisible character; " +
			"'Operator' is empty; " +
			'\'Result\' must be true or false, it is the text "perhaps"; ' +
			"'Comment' is empty; " +
			"'Timeout' must be a whole number of milliseconds from 100 to 300000. " +
			'Nothing was sent. Correct these fields, or what their expressions read. ' +
			"'Operator': Pick the person from the list, or enter the IAM user ID (in COC: Basic Configurations > O&M Engineer Management). " +
			"'Result': Let its expression give true or false.",
	);
	expect(coc.requests()).toEqual([]);
});

test('a single one is told as such', async () => {
	const { error, fields } = failureOf(await coc.verify([{ ticket: 'IM1', comment: '' }]));
	expect(fields).toEqual(['Comment']);
	expect(error).toBe(
		"Ticket IM1 was not verified: 'Comment' is empty. Nothing was sent. Correct this field, or what its expression reads.",
	);
});

test('an item that fails for another reason names no fields', async () => {
	expect(failureOf(await coc.verify([{ ticket: 'IM404' }])).fields).toBeNull();
});

test('in Stop mode the description lists them', async () => {
	const run = await coc.verify([{ ticket: 'IM1', result: 'no', comment: '' }], {
		onError: 'stopWorkflow',
	});
	expect(run.executionError?.message).toBe('Ticket IM1 was not verified. Nothing was sent.');
	expect(run.executionError?.description).toMatch(/^'Result' must be .*; 'Comment' is empty\. /);
	expect(told(run)).not.toContain('Of all items');
});

describe('also the fields', () => {
	const solution = {
		...{ ticket: 'IM1', operator: OPERATOR, type: 'inc_type_p_function_issues' },
		...{ cause: 'Full', solution: 'Emptied' },
	};

	test('that stand behind another one', async () => {
		const interrupted = { serviceInterrupted: true, startTime: '', recoveryTime: 'soon' };
		const run = operate(coc, 'submitSolution', [{ ...solution, cause: ' ', ...interrupted }]);
		expect(failureOf(await run).fields).toEqual(['Cause', 'Start Time', 'Recovery Time']);
	});

	test('of a collection, and of a shift', async () => {
		const parameters = { additionalFields: { region: ' ', startTime: 'soon' } };
		const shift = { assignTo: 'shift', assigneeScene: '', assigneeRole: '' };
		const item = { level: 'level_10', type: 'x', title: '', creator: OPERATOR, ...shift };
		const run = operate(coc, 'create', [{ ...item, serviceInterrupted: false }], { parameters });
		expect(failureOf(await run).fields).toEqual([
			'Title',
			'Shift Scene',
			'Shift Role',
			'Region',
			'Start Time',
		]);
	});

	test('that contradict each other', async () => {
		const parameters = {
			updateFields: { assignee: OPERATOR, assigneeRole: 'r', assigneeScene: 's' },
		};
		const run = operate(coc, 'reopen', [{ ticket: '' }], { parameters });
		const { error, fields } = failureOf(await run);
		expect(fields).toEqual(['Ticket', 'Assignee', 'Shift Scene', 'Shift Role']);
		expect(error).toContain("'Assignee', 'Shift Scene', 'Shift Role': Remove one of them.");
	});

	test('for the whole run', async () => {
		const parameters = { options: { concurrency: 0, requestsPerSecond: 0 } };
		const { fields } = failureOf(await coc.verify([{}], { parameters }));
		expect(fields).toEqual(['Concurrency', 'Requests per Second']);
	});

	test('of the credential', async () => {
		const { url } = coc.standIn;
		coc.credential.data = { endpoint: url, authentication: 'iamUser', iamEndpoint: url };
		const { error } = failureOf(await coc.verify([{}]));
		for (const label of ['Account Name', 'User Name', 'Password']) {
			expect(error).toContain(`'${label}' is empty`);
		}
	});
});
