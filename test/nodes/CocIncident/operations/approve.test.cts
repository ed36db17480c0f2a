// Approving and refusing: the request that waits is found in the history, and never guessed.
import { describe, expect, test } from '@jest/globals';
import { type Approval, openApproval, type Ticket } from '../../../standin/index.cts';
import { OPERATOR, useCoc } from '../../../support/coc.cts';
import { useIamUser } from '../../../support/iamUser.cts';
import {
	actionsSent,
	entry,
	failureOf,
	HISTORY,
	operate,
	OTHER,
	outputOf,
	refusedInput,
} from '../../../support/operate.cts';

const coc = useCoc();
const asIamUser = useIamUser(coc);
const comment = 'Seen';
const STATUS = 'INCIDENT_STATUS_ACKNOWLEDGED';
const asked = (approval: Partial<Approval>, more: Partial<Ticket> = {}) =>
	coc.ticket({ status: STATUS, approval: openApproval(approval), ...more });
const pauseAsked = (more?: Partial<Ticket>) => asked({ kind: 'pause' }, more);
const levelAsked = (more?: Partial<Ticket>) => asked({ kind: 'level', level: 'level_50' }, more);
const at = (minutes: number) => Date.now() - 600_000 + minutes * 60_000;
const steps = (...actions: string[]) =>
	actions.map((action, index) => entry(action, { operator: OTHER, at: at(index), status: STATUS }));

const ANSWERS = [
	['approve', 'agreed', true],
	['refuse', 'rejected', false],
] as const;

describe.each(ANSWERS)('%s', (operation, action, isAgreed) => {
	const run = (ticket: string, fields: object = {}) =>
		operate(coc, operation, [{ ticket, comment, ...fields }]);
	const params = {
		pause: { pause_approve_conclusion: isAgreed, note: comment },
		level: { conclusion: isAgreed, note: comment },
	};

	test.each([
		['a pause', 'automatic', pauseAsked, params.pause],
		['another level', 'automatic', levelAsked, params.level],
		['a pause', 'pause', pauseAsked, params.pause],
		['another level', 'level', levelAsked, params.level],
	])('answers %s, by Request %s', async (_what, request, waiting, expected) => {
		const ticket = waiting();
		const json = await outputOf(run(ticket, { request }));
		expect(json).toMatchObject({ ticket, operator: null, comment, outcome: 'applied' });
		expect(actionsSent(coc)).toEqual([
			{ task_id: expect.stringMatching(/^[0-9a-f]{32}$/), action, params: expected },
		]);
		const after = coc.standIn.tickets.get(ticket)!;
		expect(after.approval).toBeNull();
		if (waiting === pauseAsked) expect(after.paused).toBe(isAgreed);
		else expect(after.level).toBe(isAgreed ? 'level_50' : 'level_30');
		expect(after.history.at(-1)).toMatchObject({ action, operator: OPERATOR, comment });
	});

	test.each([
		['pause', levelAsked, 'a change of level waits for approval, not a pause'],
		['level', pauseAsked, 'a pause waits for approval, not a change of level'],
	])('with Request %s is not sent against the history', async (request, waiting, reason) => {
		const { error, outcome } = failureOf(await run(waiting(), { request }));
		expect(outcome).toBe('notSent');
		expect(error).toContain(`by the incident's history ${reason}. Nothing was sent.`);
		expect(error).toContain("Correct 'Request'.");
		expect(actionsSent(coc)).toEqual([]);
	});

	test.each<[string, () => string]>([
		['nothing open', () => pauseAsked({ history: [] })],
		['both open', () => pauseAsked({ history: steps('changeLevel', 'incidentPause') })],
		[
			'both asked for and one of them answered',
			() => levelAsked({ history: steps('changeLevel', 'incidentPause', 'agreed') }),
		],
	])('with %s in the history sends nothing, and says what to do', async (_what, waiting) => {
		const { error, outcome } = failureOf(await run(waiting()));
		expect(outcome).toBe('notSent');
		expect(error).toContain('history does not show whether a pause or a change of level waits');
		expect(error).toContain("Look at the ticket in COC, and choose it in 'Request'.");
		expect(actionsSent(coc)).toEqual([]);
	});

	test('is sent as Request says where the history doesn’t tell', async () => {
		const ticket = levelAsked({ history: steps('changeLevel', 'incidentPause') });
		expect(await outputOf(run(ticket, { request: 'level' }))).toMatchObject({ outcome: 'applied' });
		expect(actionsSent(coc)).toMatchObject([{ action, params: params.level }]);
	});

	test('an approved pause doesn’t count any more while another level waits', async () => {
		const history = steps('incidentPause', 'changeLevel');
		const ticket = levelAsked({ paused: true, history });
		expect(await outputOf(run(ticket))).toMatchObject({ outcome: 'applied' });
		expect(actionsSent(coc)).toMatchObject([{ action, params: params.level }]);
	});

	test('an earlier request that was answered doesn’t count', async () => {
		const ticket = levelAsked({ history: steps('incidentPause', 'rejected', 'changeLevel') });
		expect(await outputOf(run(ticket))).toMatchObject({ outcome: 'applied' });
		expect(actionsSent(coc)).toMatchObject([{ action, params: params.level }]);
	});

	describe('without the permission to read the history', () => {
		const forbidHistory = () => {
			const permissions = ['listActions', 'get', 'action'].map((name) => `coc:ticket:${name}`);
			coc.credential.data.token = coc.standIn.issueToken({ permissions });
		};

		test('sends nothing where it has to be found out what waits', async () => {
			forbidHistory();
			const { error, outcome } = failureOf(await run(pauseAsked()));
			expect(outcome).toBe('notSent');
			expect(error).toContain('coc:ticket:getOperationHistories');
			expect(actionsSent(coc)).toEqual([]);
		});

		test('answers what the user has chosen', async () => {
			forbidHistory();
			const json = await outputOf(run(pauseAsked(), { request: 'pause' }));
			expect(json).toMatchObject({ outcome: 'applied', request: 'pause' });
			expect(actionsSent(coc)).toMatchObject([{ action, params: params.pause }]);
		});
	});

	test('with a history of which a part is missing sends nothing', async () => {
		const ticket = pauseAsked();
		coc.standIn.fault({
			...{ kind: 'raw', status: 200, match: { path: HISTORY } },
			body: JSON.stringify({
				...{ error_code: 'GOM.00000000', error_msg: null, provider_code: '049' },
				data: {
					total: 2,
					info: [{ action: 'incidentPause', start_time: at(0), ticket_id: ticket }],
				},
			}),
		});
		expect(failureOf(await run(ticket)).outcome).toBe('notSent');
		expect(actionsSent(coc)).toEqual([]);
	});

	test('reads what waits in v1’s other fields as well', async () => {
		for (const keyIn of ['sub_action', 'final_sub_action'] as const) {
			coc.standIn.quirks.keyIn = keyIn;
			expect(await outputOf(run(levelAsked()))).toMatchObject({ outcome: 'applied' });
			expect(actionsSent(coc).at(-1)).toMatchObject({ action, params: params.level });
		}
	});

	test.each<[string, object, string]>([
		['without a comment', { comment: ' ' }, "'Comment' is empty"],
		['with a long comment', { comment: 'x'.repeat(301) }, "'Comment' is 301 characters long"],
		['of something else', { request: 'both' }, "'Request'"],
	])('%s is refused before anything is read', async (_name, fields, reason) => {
		const error = await refusedInput(coc, operation, {
			...{ ticket: 'IM1', comment, request: 'automatic' },
			...fields,
		});
		expect(error).toContain(reason);
	});
});

describe('where all of several have to approve', () => {
	const people = [OPERATOR, OTHER];

	test.each(['pause', 'level'] as const)('each of them does: %s', async (kind) => {
		const ticket = asked({ kind, level: 'level_50', approvers: people, all: true });
		for (const userId of people) {
			asIamUser({ userId });
			const json = await outputOf(operate(coc, 'approve', [{ ticket, comment }]));
			expect(json).toMatchObject({ operator: userId, outcome: 'applied' });
		}
		const agreed = { pause: 'pause_approve_conclusion', level: 'conclusion' }[kind];
		expect(actionsSent(coc).map(({ params }) => params)).toEqual(
			people.map(() => ({ [agreed]: true, note: comment })),
		);
		const after = coc.standIn.tickets.get(ticket);
		expect(after).toMatchObject(kind === 'pause' ? { paused: true } : { level: 'level_50' });
		expect(after?.approval).toBeNull();
	});

	test('the second one may refuse', async () => {
		const ticket = asked({ kind: 'level', level: 'level_50', approvers: people, all: true });
		asIamUser({ userId: OPERATOR });
		await outputOf(operate(coc, 'approve', [{ ticket, comment }]));
		asIamUser({ userId: OTHER });
		expect(await outputOf(operate(coc, 'refuse', [{ ticket, comment }]))).toMatchObject({
			outcome: 'applied',
		});
		expect(actionsSent(coc).at(-1)?.params).toEqual({ conclusion: false, note: comment });
		expect(coc.standIn.tickets.get(ticket)).toMatchObject({ level: 'level_30', approval: null });
	});
});

test('where any of several may approve, the first one decides', async () => {
	const ticket = asked({ kind: 'level', level: 'level_50', approvers: [OPERATOR, OTHER] });
	asIamUser({ userId: OTHER });
	await outputOf(operate(coc, 'approve', [{ ticket, comment }]));
	expect(coc.standIn.tickets.get(ticket)?.level).toBe('level_50');
	asIamUser({ userId: OPERATOR });
	const { outcome } = failureOf(await operate(coc, 'approve', [{ ticket, comment }]));
	expect(outcome).toBe('notSent');
	expect(actionsSent(coc)).toHaveLength(1);
});

test('a level that was raised needs no approval: a pause is what waits', async () => {
	const ticket = pauseAsked({ history: steps('incidentPause') });
	coc.standIn.changeTicket(
		ticket,
		{ level: 'level_10' },
		{ action: 'changeLevel', status: STATUS },
	);
	// By the history both wait: which of them doesn't can't be told.
	expect(failureOf(await operate(coc, 'approve', [{ ticket, comment }])).outcome).toBe('notSent');
	expect(actionsSent(coc)).toEqual([]);
	const items = [{ ticket, comment, request: 'pause' }];
	expect(await outputOf(operate(coc, 'approve', items))).toMatchObject({ outcome: 'applied' });
});
