// Pausing an incident until a time, at once or after an approval, and resuming it.
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
const reason = 'The part arrives on Monday';
const UNTIL = Date.UTC(2030, 0, 7, 8, 30);
const accepted = (more: object = {}) =>
	coc.ticket({ status: 'INCIDENT_STATUS_ACKNOWLEDGED', ...more });
const pause = (ticket: string, until: unknown) =>
	operate(coc, 'pause', [{ ticket, until, reason }]);

test.each<[string, unknown, string | undefined]>([
	['ISO 8601 in UTC', '2030-01-07T08:30:00Z', undefined],
	['ISO 8601 with an offset', '2030-01-07T16:30:00+08:00', undefined],
	['milliseconds', UNTIL, undefined],
	['milliseconds as text', `${UNTIL}`, undefined],
	['the time zone of the workflow', '2030-01-07T16:30:00', 'Asia/Shanghai'],
	[
		'the time zone of the workflow, as the editor writes it',
		'2030-01-07 03:30',
		'America/New_York',
	],
])('until a time in %s', async (_how, until, timezone) => {
	coc.timezone = timezone;
	const ticket = accepted();
	const json = await outputOf(pause(ticket, until));
	expect(json).toMatchObject({
		...{ ticket, operator: null, reason, outcome: 'applied' },
		until: '2030-01-07T08:30:00.000Z',
	});
	expect(actionsSent(coc)).toEqual([
		{
			task_id: expect.stringMatching(/^[0-9a-f]{32}$/),
			action: 'incidentPause',
			params: { pause_end_time: UNTIL, pause_reason: reason },
		},
	]);
	expect(coc.standIn.tickets.get(ticket)).toMatchObject({
		...{ status: 'INCIDENT_STATUS_ACKNOWLEDGED', paused: true, approval: null },
		history: [{ action: 'incidentPause', operator: OPERATOR, comment: reason }],
	});
});

test('where it has to be approved, it waits for that', async () => {
	coc.standIn.quirks.pauseApproval = { people: [OTHER], all: false };
	const ticket = accepted();
	expect(await outputOf(pause(ticket, UNTIL))).toMatchObject({ outcome: 'applied' });
	expect(coc.standIn.tickets.get(ticket)).toMatchObject({
		...{ paused: false, approval: { kind: 'pause', approvers: [OTHER] } },
	});
	const { outcome, possible } = failureOf(await pause(ticket, UNTIL));
	expect({ outcome, possible }).toEqual({
		outcome: 'notSent',
		possible: ['submitSolution', 'forward', 'addRemark', 'approve', 'refuse'],
	});
	expect(actionsSent(coc)).toHaveLength(1);
});

describe('before anything is read, a pause is refused', () => {
	test.each<[string, object, string]>([
		['without a time', { until: '' }, "'Until' is empty"],
		['until a day that there isn’t', { until: '2030-02-30T00:00:00Z' }, "'Until' is no time"],
		['until something', { until: 'Monday' }, "'Until' is no time"],
		['until a time in seconds', { until: UNTIL / 1000 }, "'Until' is no time"],
		['until a fraction of a millisecond', { until: UNTIL + 0.5 }, "'Until' is no time"],
		['without a reason', { reason: '' }, "'Reason' is empty"],
		['with a long reason', { reason: 'x'.repeat(301) }, "'Reason' is 301 characters long"],
	])('%s', async (_name, fields, why) => {
		const error = await refusedInput(coc, 'pause', {
			...{ ticket: 'IM1', until: UNTIL, reason },
			...fields,
		});
		expect(error).toContain(`was not paused: ${why}`);
	});
});

test('a paused ticket is resumed', async () => {
	const ticket = accepted({ paused: true });
	const json = await outputOf(operate(coc, 'resume', [{ ticket }]));
	expect(json).toMatchObject({ ticket, operator: null, outcome: 'applied' });
	expect(actionsSent(coc)).toEqual([
		{ task_id: expect.stringMatching(/^[0-9a-f]{32}$/), action: 'recovery', params: {} },
	]);
	expect(coc.standIn.tickets.get(ticket)?.paused).toBe(false);
});

test('what is paused, resumed and paused again is so by a task of its own each time', async () => {
	const ticket = accepted();
	await outputOf(pause(ticket, UNTIL));
	await outputOf(operate(coc, 'resume', [{ ticket }]));
	await outputOf(pause(ticket, UNTIL));
	const sent = actionsSent(coc);
	expect(sent.map(({ action }) => action)).toEqual(['incidentPause', 'recovery', 'incidentPause']);
	expect(new Set(sent.map(({ task_id }) => task_id)).size).toBe(3);
});
