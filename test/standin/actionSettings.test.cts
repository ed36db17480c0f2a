// What a tenant configures, or what COC leaves open: tests may change it at any time.
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { act, done, offered, tasksOf } from './actor.cts';
import {
	call,
	DETAIL,
	HANDLE,
	handling,
	HISTORIES,
	LIST_V2,
	OPERATOR,
	refuses,
} from './client.cts';
import { openApproval, type StandIn, startStandIn, type Ticket } from './index.cts';
import { accepted, fresh } from './sampleActions.cts';

let now: number;
let standIn: StandIn;
beforeEach(async () => {
	now = 1_795_510_800_000;
	standIn = await startStandIn({ now: () => now });
});
afterEach(() => standIn.close());

const [handler, creator, ann, bob] = ['1', '2', 'a', 'b'].map((digit) => digit.repeat(32)) as [
	string,
	string,
	string,
	string,
];
const add = (fields: Partial<Ticket> = {}) =>
	standIn.addTicket({ creator, assignee: handler, ...fields });
const both = openApproval({ approvers: [ann, bob], all: true });

describe('whose task it is', () => {
	const turns: Array<[string, Partial<Ticket>, string[], string]> = [
		['a new ticket', fresh, [handler], 'accepted'],
		['a rejected one', { status: 'INCIDENT_STATUS_REJECTED' }, [creator], 'agreed'],
		['a paused one', { ...accepted, paused: true }, [handler], 'recovery'],
		['a solved one', {}, [creator], 'confirm'],
		['one with an open approval', { ...accepted, approval: both }, [handler, ann, bob], 'agreed'],
	];

	test.each(turns)('doesn’t matter by default: %s', async (_what, fields) => {
		const { number } = add(fields);
		const all = await offered(standIn, number);
		for (const who of [handler, creator, ann]) {
			expect(await offered(standIn, number, who)).toEqual(all);
		}
	});

	test.each(turns)('is all that is seen, when so set: %s', async (_what, fields, whose) => {
		standIn.quirks.cutsTasks = true;
		const { number } = add(fields);
		for (const who of [handler, creator, ann, bob, OPERATOR]) {
			expect((await tasksOf(standIn, number, who)).length).toBe(whose.includes(who) ? 1 : 0);
		}
	});

	test.each(turns)('is refused to others, when so set: %s', async (_what, fields, whose, key) => {
		standIn.quirks.refusesOthers = true;
		const { number } = add(fields);
		const stranger = 'f'.repeat(32);
		refuses(await act(standIn, number, key, {}, stranger), /is not the user f{32}'s/);
		// Its owner only lacks the parameters.
		const answered = await act(standIn, number, key, { odd: 1 }, whose.at(-1));
		refuses(answered, /\[odd\] is unknown/);
	});

	test('counts for v1’s operator as well', async () => {
		standIn.quirks.refusesOthers = true;
		const { number } = add(fresh);
		const accept = (operator: string) => ({ ...handling(number, 'acceptedIncident1'), operator });
		refuses(await call(standIn, HANDLE, { body: accept(creator) }), /is not the user/);
		expect((await call(standIn, HANDLE, { body: accept(handler) })).status).toBe(200);
	});

	test('is everybody’s, when a shift dispatched to nobody', async () => {
		Object.assign(standIn.quirks, { cutsTasks: true, refusesOthers: true });
		const { number } = add({ ...fresh, assignee: null });
		done(await act(standIn, number, 'accepted', {}, bob));
	});

	test('is no more an approver’s who has agreed', async () => {
		standIn.quirks.cutsTasks = true;
		const { number } = add({ ...accepted, approval: { ...both, agreed: [ann] } });
		expect(await offered(standIn, number, ann)).toEqual([]);
		expect(await offered(standIn, number, bob)).toEqual(['MutilateInstanceNode agreed rejected']);
	});
});

test('a new ticket can be without tasks for a while', async () => {
	standIn.quirks.emptyTasksMs = 5000;
	const { number } = add(fresh);
	now += 4999;
	expect(await tasksOf(standIn, number)).toEqual([]);
	refuses(await act(standIn, number, 'accepted'), /does not wait/);
	now += 1;
	done(await act(standIn, number, 'accepted'));
});

test('a shift can dispatch to a person', async () => {
	standIn.quirks.onShift = (scene, role) => (scene === 'night' && role === 'first' ? ann : null);
	const to = (scene: string) => ({ virtual_schedule_type: scene, virtual_schedule_role: 'first' });
	const ticket = add(fresh);
	done(await act(standIn, ticket.number, 'unAcceptedForward', to('night')));
	expect(ticket).toMatchObject({ assignee: ann, assigneeScene: 'night', assigneeRole: 'first' });
	done(await act(standIn, ticket.number, 'unAcceptedForward', to('day')));
	expect(ticket).toMatchObject({ assignee: null, assigneeScene: 'day' });
});

describe('histories', () => {
	type Entry = Record<string, unknown>;
	const read = async (number: string) => {
		const string_filters = [{ field: 'ticket_id', operator: '=', values: [number] }];
		const answers = [
			await call(standIn, HISTORIES, { body: { string_filters } }),
			await call(standIn, `/v2/incidents/${number}/histories`, { body: {} }),
		];
		return answers.map(({ json }) => (json as { data: { info: Entry[] } }).data.info);
	};
	const rejection = { virtual_confirm_comment: 'Not ours' };

	test.each([
		['after the step', undefined, 'INCIDENT_STATUS_REJECTED'],
		['before it', (before: string) => before, 'INCIDENT_STATUS_TRIGGERED'],
		['in words of its own', () => 'done', 'done'],
	])('have the status %s', async (_what, entryStatus, status) => {
		if (entryStatus) standIn.quirks.entryStatus = entryStatus;
		const { number } = add(fresh);
		await act(standIn, number, 'rejected', rejection);
		for (const info of await read(number)) expect(info).toMatchObject([{ status }]);
	});

	test.each(['action', 'sub_action', 'final_sub_action'] as const)(
		'have the key in %s, and always its name',
		async (keyIn) => {
			standIn.quirks.keyIn = keyIn;
			const { number } = add(fresh);
			await act(standIn, number, 'rejected', rejection);
			const [v1, v2] = await read(number);
			const action = keyIn === 'action' ? 'rejected' : 'process';
			const names = { action_name_en: 'Reject', action_name_zh: '驳回' };
			const rest = { sub_action: null, final_sub_action: null, action };
			expect(v1).toMatchObject([{ ...rest, ...names, [keyIn]: 'rejected' }]);
			expect(v2).toMatchObject([{ action, ...names }]);
		},
	);

	test('can keep a verification’s comment only', async () => {
		standIn.quirks.keepsComment = (key) => key === 'confirm';
		const { number } = add();
		await act(standIn, number, 'addRemark', { note: 'Looking' });
		const params = { virtual_confirm_result: true, virtual_confirm_comment: 'Tried it' };
		await act(standIn, number, 'confirm', params);
		const comments = [{ comment: null }, { comment: 'Tried it' }];
		for (const info of await read(number)) expect(info).toMatchObject(comments);
	});

	test('name people, as labels of tickets do', async () => {
		standIn.people.set(handler, '张三');
		const { number } = add(fresh);
		await act(standIn, number, 'accepted', {}, handler);
		const name = { biz_id: handler, name_zh: '张三', name_en: '张三' };
		const [v1, v2] = await read(number);
		expect(v1).toMatchObject([
			{
				enum_data_list: [{ ...name, user_name: '张三', match_type: 'reference__base_config.User' }],
			},
		]);
		expect(v2).toMatchObject([{ enum_data_list: [name] }]);
		const labelled = [
			await call(standIn, `${DETAIL}/${number}`),
			await call(standIn, LIST_V2, { body: {} }),
		];
		for (const { text } of labelled) expect(text).toContain('"name_en":"张三"');
	});
});
