// What each of v2's actions does to a ticket.
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { act, done } from './actor.cts';
import { OPERATOR } from './client.cts';
import { type StandIn, startStandIn, type Ticket } from './index.cts';
import {
	accepted,
	another,
	completed,
	edited,
	fresh,
	interrupted,
	level,
	pause,
	rejected,
	resolved,
	send,
	shift,
	shiftAgain,
	solution,
	verdict,
	wholly,
} from './sampleActions.cts';

let standIn: StandIn;
const now = 1_795_510_800_000;
beforeAll(async () => {
	standIn = await startStandIn({ now: () => now });
});
afterAll(() => standIn.close());

test.each<[string, Partial<Ticket>, string, unknown, Partial<Ticket>, string | null]>([
	['accepts', fresh, 'accepted', undefined, accepted, null],
	['accepts with empty parameters', fresh, 'accepted', {}, accepted, null],
	['rejects', fresh, 'rejected', { virtual_confirm_comment: 'No' }, rejected, 'No'],
	['forwards', fresh, 'unAcceptedForward', send, { ...fresh, assignee: another }, 'Yours'],
	[
		'forwards to a shift',
		fresh,
		'unAcceptedForward',
		shift,
		{ ...fresh, assignee: null, assigneeScene: 'scene', assigneeRole: 'role' },
		null,
	],
	[
		'forwards after acceptance',
		{ ...accepted, assigneeScene: 'scene', assigneeRole: 'role' },
		'acceptedForward',
		{ ...send, virtual_current_location_info: 'The database is slow' },
		{ ...accepted, assignee: another, assigneeScene: null, assigneeRole: null },
		'Yours',
	],
	['remarks', fresh, 'addRemark', { note: 'Seen' }, { ...fresh, updateTime: now }, 'Seen'],
	['solves', accepted, 'commitSolution', solution, { ...resolved, handleTime: now }, null],
	[
		'solves an interruption',
		accepted,
		'commitSolution',
		{ ...interrupted, start_time: 1, fault_recovery_time: 2, resolve_attachments: 'doc-1' },
		{
			...resolved,
			isServiceInterrupt: true,
			startTime: 1,
			faultRecoveryTime: 2,
			cause: 'A wrong setting',
		},
		null,
	],
	['verifies', resolved, 'confirm', verdict(true), completed, 'Tried it'],
	['refuses the solution', resolved, 'confirm', verdict(false), accepted, 'Tried it'],
	['pauses', accepted, 'incidentPause', pause, { ...accepted, paused: true }, 'Waits for parts'],
	['resumes', { ...accepted, paused: true }, 'recovery', {}, { ...accepted, paused: false }, null],
	['escalates', accepted, 'changeLevel', level('level_10'), { level: 'level_10' }, 'Fewer users'],
	[
		'de-escalates',
		accepted,
		'changeLevel',
		level('level_50'),
		{ level: 'level_50' },
		'Fewer users',
	],
	[
		'takes a tenant’s own level',
		accepted,
		'changeLevel',
		level('mine'),
		{ level: 'mine' },
		'Fewer users',
	],
	['agrees to the rejection', rejected, 'agreed', undefined, completed, null],
	[
		'resubmits',
		rejected,
		'ReOpen',
		edited,
		{
			...fresh,
			title: 'Orders are lost',
			level: 'level_20',
			assignee: OPERATOR,
			enterpriseProject: '0',
		},
		null,
	],
	[
		'resubmits everything',
		rejected,
		'ReOpen',
		{ ...wholly, assignee: another },
		{
			...fresh,
			region: 'cn-north-4',
			application: 'application',
			description: 'Since noon',
			startTime: 1000,
			assignee: another,
		},
		null,
	],
	[
		'resubmits to a shift, without what is null',
		rejected,
		'ReOpen',
		{ ...wholly, ...shiftAgain, assignee: null, enterprise_project_id: null, description: null },
		{
			...fresh,
			enterpriseProject: null,
			description: null,
			assignee: null,
			assigneeScene: 'scene',
		},
		null,
	],
])('it %s', async (_what, before, action, params, after, comment) => {
	const ticket = standIn.addTicket({ ...before, history: [] });
	done(await act(standIn, ticket.number, action, params));
	expect(ticket).toMatchObject(after);
	expect(ticket.history).toMatchObject([
		{ action, operator: OPERATOR, comment, at: now, status: ticket.status },
	]);
	expect(ticket.history[0]?.result).toBe(action === 'confirm' ? after === completed : null);
	expect(standIn.requests.at(-1)).toMatchObject({ applied: true, ticket: ticket.number });
});
