// Changing the level of an incident: up at once, down where needed with an approval, never to the same.
import { describe, expect, test } from '@jest/globals';
import { useCoc } from '../../../support/coc.cts';
import {
	DETAIL,
	HISTORY,
	OTHER,
	actionsSent,
	failureOf,
	operate,
	outputOf,
	refusedInput,
} from '../../../support/operate.cts';

const coc = useCoc();
const reason = 'All regions are concerned';
const accepted = (level = 'level_30') =>
	coc.ticket({ status: 'INCIDENT_STATUS_ACKNOWLEDGED', level });
/** What the output calls them. */
const WORDS: Record<string, string> = { level_10: 'P1', level_20: 'P2', level_50: 'P5' };
const levelOf = (ticket: string) => coc.standIn.tickets.get(ticket)?.level;

describe.each([
	['up', 'level_10', 'level_10'],
	['down', 'level_50', 'level_30'],
])('%s', (_way, level, whereApproved) => {
	test('it changes at once where nobody has to approve it', async () => {
		const ticket = accepted();
		const json = await outputOf(operate(coc, 'changeLevel', [{ ticket, level, reason }]));
		expect(json).toMatchObject({ ticket, reason, operator: null, outcome: 'applied' });
		expect(json.level).toBe(WORDS[level]);
		expect(actionsSent(coc)).toEqual([
			{
				task_id: expect.stringMatching(/^[0-9a-f]{32}$/),
				action: 'changeLevel',
				params: { virtual_target_level: level, virtual_change_level_comment: reason },
			},
		]);
		expect(levelOf(ticket)).toBe(level);
	});

	test(`it is ${whereApproved} where lowering it has to be approved`, async () => {
		coc.standIn.quirks.deEscalationApproval = { people: [OTHER], all: false };
		const ticket = accepted();
		const json = await outputOf(operate(coc, 'changeLevel', [{ ticket, level, reason }]));
		expect(json).toMatchObject({ outcome: 'applied' });
		expect(levelOf(ticket)).toBe(whereApproved);
		const approval = whereApproved === level ? null : expect.objectContaining({ level });
		expect(coc.standIn.tickets.get(ticket)?.approval).toEqual(approval);
	});
});

test.each([
	['a word of the console', 'P2', 'level_20'],
	['a small word of the console', 'p2', 'level_20'],
	['COC’s key', 'level_20', 'level_20'],
	['a key of the tenant’s own', 'level_vip', 'level_vip'],
	['white space around it', ' P2\n', 'level_20'],
])('%s names the level', async (_what, level, key) => {
	const json = await outputOf(operate(coc, 'changeLevel', [{ ticket: accepted(), level, reason }]));
	expect(json).toMatchObject({ level: WORDS[key] ?? key });
	expect(actionsSent(coc)[0]?.params).toMatchObject({ virtual_target_level: key });
});

describe('the level that it has already', () => {
	test.each([
		['level_30', 'level_30', 'P3'],
		['P3', 'level_30', 'P3'],
		['level_vip', 'level_vip', 'level_vip'],
	])('(%s) is refused after nothing but reads', async (level, has, named) => {
		const ticket = accepted(has);
		const run = await operate(coc, 'changeLevel', [{ ticket, level, reason }]);
		const { error, outcome } = failureOf(run);
		expect(outcome).toBe('notSent');
		expect(error).toContain(`was not set: its level is ${named} already.`);
		expect(error).toContain('Nothing was sent.');
		expect(coc.requests().map(({ path }) => path)).toEqual([
			expect.stringMatching(DETAIL),
			HISTORY,
			expect.stringMatching(/tasks$/),
		]);
	});

	test('is told as well when the level can’t be changed now', async () => {
		const ticket = coc.ticket({ level: 'level_30' });
		const run = await operate(coc, 'changeLevel', [{ ticket, level: 'level_30', reason }]);
		expect(failureOf(run).outcome).toBe('notSent');
		expect(actionsSent(coc)).toEqual([]);
	});

	test('wouldn’t be accepted, says a dry run', async () => {
		const items = [{ ticket: accepted(), level: 'level_30', reason }];
		const parameters = { options: { dryRun: true } };
		const run = await operate(coc, 'changeLevel', items, { parameters });
		const outputs = [...run.success, ...run.failed];
		expect(outputs).toHaveLength(1);
		expect(outputs[0]?.json.wouldBeAccepted ?? false).toBe(false);
		expect(coc.requests().map(({ path }) => path)).toEqual([
			expect.stringMatching(DETAIL),
			HISTORY,
			expect.stringMatching(/tasks$/),
		]);
	});
});

test('two items for one ticket: the second one is refused, since it has the level by then', async () => {
	const ticket = accepted();
	const item = { ticket, level: 'P1', reason };
	const { success, failed } = await operate(coc, 'changeLevel', [item, item]);
	expect(success).toHaveLength(1);
	expect(failed.map(({ json }) => json.error)).toEqual([
		expect.stringContaining('its level is P1 already'),
	]);
	expect(actionsSent(coc)).toHaveLength(1);
});

describe('before anything is read, it is refused', () => {
	test.each<[string, object, string]>([
		['without a level', { level: '' }, "'Level' is empty"],
		['with a level that is no text', { level: ['level_10'] }, "'Level' must be text"],
		['with a long level', { level: 'x'.repeat(256) }, "'Level' is 256 characters long"],
		['without a reason', { reason: ' ' }, "'Reason' is empty"],
		['with a long reason', { reason: 'x'.repeat(301) }, "'Reason' is 301 characters long"],
	])('%s', async (_name, fields, why) => {
		const error = await refusedInput(coc, 'changeLevel', {
			...{ ticket: 'IM1', level: 'P1', reason },
			...fields,
		});
		expect(error).toContain(`was not set: ${why}`);
	});
});
