// Pauses and levels that have to be approved, by one person or by several.
import { afterAll, afterEach, beforeAll, describe, expect, test } from '@jest/globals';
import { act, done, offered, taskFor } from './actor.cts';
import { call, HANDLE, handling, refuses, succeeds, verifying } from './client.cts';
import { openApproval, type StandIn, startStandIn, type Ticket } from './index.cts';
import { noQuirks } from './quirks.cts';
import { accepted } from './sampleActions.cts';

let standIn: StandIn;
beforeAll(async () => {
	standIn = await startStandIn();
});
afterEach(() => void Object.assign(standIn.quirks, noQuirks));
afterAll(() => standIn.close());

const add = (fields: Partial<Ticket> = {}) =>
	standIn.addTicket({ ...accepted, history: [], ...fields });
const [ann, bob] = ['a'.repeat(32), 'b'.repeat(32)] as const;
const people = [ann, bob];

const kinds = {
	pause: {
		request: 'incidentPause',
		asks: { pause_end_time: 1, pause_reason: 'Waits for parts' },
		answers: (pause_approve_conclusion: boolean) => ({ pause_approve_conclusion, note: 'Well' }),
		granted: { level: 'level_30', paused: true },
	},
	level: {
		request: 'changeLevel',
		asks: { virtual_target_level: 'level_50', virtual_change_level_comment: 'Fewer users' },
		answers: (conclusion: boolean) => ({ conclusion, note: 'Well' }),
		granted: { level: 'level_50', paused: false },
	},
};
const before = { level: 'level_30', paused: false };

describe.each(['pause', 'level'] as const)('a %s', (kind) => {
	const { request, asks, answers, granted } = kinds[kind];
	const configure = (all: boolean) => {
		const setting = kind === 'pause' ? 'pauseApproval' : 'deEscalationApproval';
		standIn.quirks[setting] = { people, all };
	};
	const requested = async () => {
		const ticket = add();
		done(await act(standIn, ticket.number, request, asks));
		expect(ticket).toMatchObject({ ...accepted, ...before, approval: { kind } });
		return ticket;
	};
	const answer = ({ number }: Ticket, yes: boolean, who: string) =>
		act(standIn, number, yes ? 'agreed' : 'rejected', answers(yes), who);

	test('is granted by any one of the approvers', async () => {
		configure(false);
		const ticket = await requested();
		done(await answer(ticket, true, bob));
		expect(ticket).toMatchObject({ ...accepted, ...granted, approval: null });
		expect(ticket.history).toMatchObject([
			{ action: request, ...accepted },
			{ action: 'agreed', operator: bob, comment: 'Well', ...accepted },
		]);
	});

	test('is granted by the last of several, each of whom agrees once', async () => {
		configure(true);
		const ticket = await requested();
		const first = await taskFor(standIn, ticket.number, 'agreed');
		done(await answer(ticket, true, ann));
		expect(ticket).toMatchObject({ ...before, approval: { agreed: [ann] } });
		expect(await taskFor(standIn, ticket.number, 'agreed')).not.toBe(first);
		refuses(await answer(ticket, true, ann), /agreed already/);
		done(await answer(ticket, true, bob));
		expect(ticket).toMatchObject({ ...granted, approval: null });
	});

	test.each([false, true])('is refused by any of them, when all have to agree: %p', async (all) => {
		configure(all);
		const ticket = await requested();
		if (all) done(await answer(ticket, true, ann));
		done(await answer(ticket, false, bob));
		expect(ticket).toMatchObject({ ...accepted, ...before, approval: null });
		expect(await offered(standIn, ticket.number)).toEqual([
			'OperateNode commitSolution acceptedForward changeLevel incidentPause addRemark',
		]);
	});

	test('needs no approval by default', async () => {
		const ticket = add();
		done(await act(standIn, ticket.number, request, asks));
		expect(ticket).toMatchObject({ ...accepted, ...granted, approval: null });
	});

	test('takes only an answer that fits it', async () => {
		const ticket = add({ approval: openApproval({ kind, level: 'level_50' }) });
		const other = kinds[kind === 'pause' ? 'level' : 'pause'];
		for (const [action, params, message] of [
			['agreed', other.answers(true), /is unknown/],
			['rejected', other.answers(false), /is unknown/],
			['agreed', answers(false), /must be one of true/],
			['rejected', answers(true), /must be one of false/],
			['agreed', { ...answers(true), note: undefined }, /\[note\] is missing/],
			['agreed', { ...answers(true), note: 'x'.repeat(301) }, /300/],
			['rejected', { virtual_confirm_comment: 'No' }, /is unknown/],
			['agreed', {}, /is missing/],
		] as const) {
			refuses(await act(standIn, ticket.number, action, params), message);
		}
		expect(ticket).toMatchObject({ ...before, history: [], approval: { kind } });
		done(await act(standIn, ticket.number, 'agreed', answers(true)));
		expect(ticket).toMatchObject(granted);
	});
});

test('a more severe level never waits for approval, another tenant’s level does', async () => {
	standIn.quirks.deEscalationApproval = { people, all: false };
	const { asks } = kinds.level;
	const [up, own] = [add(), add()];
	done(await act(standIn, up.number, 'changeLevel', { ...asks, virtual_target_level: 'level_20' }));
	expect(up).toMatchObject({ level: 'level_20', approval: null });
	done(await act(standIn, own.number, 'changeLevel', { ...asks, virtual_target_level: 'mine' }));
	expect(own).toMatchObject({ level: 'level_30', approval: { level: 'mine', approvers: people } });
});

test('an open approval blocks closing, but no other verdict', async () => {
	for (const kind of ['pause', 'level'] as const) {
		const ticket = standIn.addTicket({ approval: openApproval({ kind, level: 'level_50' }) });
		const { parameter } = verifying(ticket.number, true);
		refuses(await act(standIn, ticket.number, 'confirm', parameter), /open approval/);
		const refused = verifying(ticket.number, false).parameter;
		done(await act(standIn, ticket.number, 'confirm', refused));
		expect(ticket).toMatchObject(accepted);
	}
});

test('a pause that is approved after the solution begins no more', async () => {
	const ticket = standIn.addTicket({ approval: openApproval() });
	done(await act(standIn, ticket.number, 'agreed', kinds.pause.answers(true)));
	expect(ticket).toMatchObject({ paused: false, approval: null });
	succeeds(await call(standIn, HANDLE, { body: verifying(ticket.number) }));
});

test('a paused ticket takes no solution, in v1 either', async () => {
	const { number } = add({ paused: true });
	const solution = { mtm_type: 'a', is_service_interrupt: false, cause: 'b', solution: 'c' };
	const solve = () =>
		call(standIn, HANDLE, { body: handling(number, 'commitSolution1', solution) });
	refuses(await solve(), /is paused in status INCIDENT_STATUS_ACKNOWLEDGED/);
	done(await act(standIn, number, 'recovery'));
	succeeds(await solve());
});
