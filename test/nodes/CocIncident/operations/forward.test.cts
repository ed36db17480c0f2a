// Forwarding an incident: to a person or a shift, by the key that COC offers before or after acceptance.
import { describe, expect, test } from '@jest/globals';
import { OPERATOR, useCoc } from '../../../support/coc.cts';
import {
	actionsSent,
	failureOf,
	operate,
	OTHER,
	outputOf,
	refusedInput,
} from '../../../support/operate.cts';

const coc = useCoc();
const waiting = (status: 'INCIDENT_STATUS_TRIGGERED' | 'INCIDENT_STATUS_ACKNOWLEDGED') =>
	coc.ticket({ status });
const accepted = () => waiting('INCIDENT_STATUS_ACKNOWLEDGED');
const TO_PERSON = { assignee: OTHER, comment: 'Please look at the database' };
const TO_SHIFT = {
	...{ assignTo: 'shift', assigneeScene: 'night', assigneeRole: 'network' },
	comment: 'Please look at the network',
};

describe.each([
	['before', 'INCIDENT_STATUS_TRIGGERED', 'unAcceptedForward'],
	['after', 'INCIDENT_STATUS_ACKNOWLEDGED', 'acceptedForward'],
] as const)('%s its acceptance', (_when, status, action) => {
	test('a person gets it, and it keeps its status', async () => {
		const ticket = waiting(status);
		const json = await outputOf(operate(coc, 'forward', [{ ticket, ...TO_PERSON }]));
		expect(json).toMatchObject({ ticket, operator: null, ...TO_PERSON, outcome: 'applied' });
		expect(actionsSent(coc)).toEqual([
			{
				task_id: expect.stringMatching(/^[0-9a-f]{32}$/),
				action,
				params: {
					virtual_send_assignee: OTHER,
					virtual_send_comment: 'Please look at the database',
				},
			},
		]);
		expect(coc.standIn.tickets.get(ticket)).toMatchObject({
			...{ status, assignee: OTHER },
			history: [{ action, operator: OPERATOR, comment: 'Please look at the database' }],
		});
	});

	test('a shift gets it, and the output names scene and role', async () => {
		coc.standIn.quirks.onShift = () => OTHER;
		const ticket = waiting(status);
		const json = await outputOf(operate(coc, 'forward', [{ ticket, ...TO_SHIFT }]));
		expect(json).toMatchObject({ assigneeScene: 'night', assigneeRole: 'network' });
		expect(json).not.toHaveProperty('assignee');
		expect(actionsSent(coc)).toMatchObject([{ action }]);
		expect(actionsSent(coc)[0]?.params).toEqual({
			virtual_schedule_type: 'night',
			virtual_schedule_role: 'network',
			virtual_send_comment: 'Please look at the network',
		});
		expect(coc.standIn.tickets.get(ticket)).toMatchObject({ assignee: OTHER });
	});
});

describe('the state of the analysis', () => {
	test('is sent where there is one', async () => {
		const analysis = 'Every third request is dropped';
		const items = [{ ticket: accepted(), ...TO_PERSON, analysis: ` ${analysis}\n` }];
		expect(await outputOf(operate(coc, 'forward', items))).toMatchObject({ analysis });
		expect(actionsSent(coc)[0]?.params).toMatchObject({ virtual_current_location_info: analysis });
	});

	test.each([[''], ['  '], [null]])('is left out when it is %j', async (analysis) => {
		await outputOf(operate(coc, 'forward', [{ ticket: accepted(), ...TO_PERSON, analysis }]));
		expect(Object.keys(actionsSent(coc)[0]!.params)).toEqual([
			'virtual_send_assignee',
			'virtual_send_comment',
		]);
	});
});

test('a person picked from the list counts, and so does plain text', async () => {
	for (const assignee of [{ __rl: true, mode: 'list', value: OTHER }, ` ${OTHER} `]) {
		const run = operate(coc, 'forward', [{ ticket: accepted(), comment: 'Yours' }], {
			parameters: { assignee },
		});
		expect(await outputOf(run)).toMatchObject({ assignee: OTHER, outcome: 'applied' });
	}
});

test('texts that are too long are cut where that is wanted', async () => {
	const long = { comment: 'c'.repeat(400), analysis: '验'.repeat(301) };
	const parameters = { options: { shortenTexts: true } };
	const items = [{ ticket: accepted(), ...TO_PERSON, ...long }];
	const json = await outputOf(operate(coc, 'forward', items, { parameters }));
	expect(json).toMatchObject({ comment: `${'c'.repeat(299)}…`, analysis: `${'验'.repeat(299)}…` });
	expect(actionsSent(coc)[0]?.params).toMatchObject({
		...{ virtual_send_comment: json.comment, virtual_current_location_info: json.analysis },
	});
});

test('COC’s reason is told when the person or shift is none', async () => {
	const ticket = accepted();
	coc.standIn.fault({
		...{ kind: 'errorCode', code: 'COC.00010002', message: 'No such role.', status: 400 },
		match: { path: /actions$/ },
	});
	const { error, outcome } = failureOf(await operate(coc, 'forward', [{ ticket, ...TO_SHIFT }]));
	expect(outcome).toBe('refused');
	expect(error).toContain('was not forwarded: "No such role." (COC.00010002, HTTP 400)');
	expect(error).toContain('that the person or shift exists in COC');
});

describe('before anything is read, it is refused', () => {
	test.each<[string, object, string]>([
		['without a person', { assignee: '' }, "'Assignee' is empty"],
		['without a scene', { ...TO_SHIFT, assigneeScene: '' }, "'Shift Scene' is empty"],
		['without a role', { ...TO_SHIFT, assigneeRole: ' ' }, "'Shift Role' is empty"],
		['without a comment', { comment: '' }, "'Comment' is empty"],
		['with a long comment', { comment: 'x'.repeat(301) }, "'Comment' is 301 characters long"],
		['with a long analysis', { analysis: 'x'.repeat(301) }, "'Analysis So Far' is 301"],
		['to neither person nor shift', { assignTo: 'team' }, "'Assign To'"],
	])('%s', async (_name, fields, reason) => {
		const error = await refusedInput(coc, 'forward', {
			...{ ticket: 'IM1', assignTo: 'person', ...TO_PERSON },
			...fields,
		});
		expect(error).toContain('was not forwarded: ');
		expect(error).toContain(reason);
	});
});
