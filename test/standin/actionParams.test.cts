// Which parameters v2's actions don't take.
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { act } from './actor.cts';
import { refuses } from './client.cts';
import { type StandIn, startStandIn, type Ticket } from './index.cts';
import {
	accepted,
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
} from './sampleActions.cts';

let standIn: StandIn;
beforeAll(async () => {
	standIn = await startStandIn();
});
afterAll(() => standIn.close());

describe('parameters are refused, and nothing is changed:', () => {
	const long = 'x'.repeat(301);
	test.each<[string, Partial<Ticket>, string, unknown, RegExp]>([
		['a list', fresh, 'accepted', [], /params must be a JSON object/],
		['any where none are known', fresh, 'accepted', { note: 'x' }, /\[note\] is unknown/],
		['any for a rejection’s end', rejected, 'agreed', { conclusion: true }, /\[conclusion\]/],
		['any for resuming', { ...accepted, paused: true }, 'recovery', { note: 'x' }, /\[note\]/],
		['no comment', fresh, 'rejected', {}, /\[virtual_confirm_comment\] is missing/],
		['a long comment', fresh, 'rejected', { virtual_confirm_comment: long }, /1 to 300/],
		['no parameters', fresh, 'rejected', undefined, /params must be a JSON object/],
		['null parameters', fresh, 'rejected', null, /params must be a JSON object/],
		['nobody', fresh, 'unAcceptedForward', {}, /virtual_send_assignee.*not both/],
		['two handlers', fresh, 'unAcceptedForward', { ...send, ...shift }, /not both/],
		['half a shift', accepted, 'acceptedForward', { virtual_schedule_role: 'r' }, /go together/],
		['a long ID', fresh, 'unAcceptedForward', { virtual_send_assignee: long }, /1 to 255/],
		['a list of people', fresh, 'unAcceptedForward', { virtual_send_assignee: ['a'] }, /assignee/],
		['a long reason', fresh, 'unAcceptedForward', { ...send, virtual_send_comment: long }, /300/],
		['an empty note', fresh, 'addRemark', { note: '' }, /\[note\]/],
		['a long note', fresh, 'addRemark', { note: long }, /\[note\].*300/],
		['an interruption without times', accepted, 'commitSolution', interrupted, /\[start_time\]/],
		['a text as time', accepted, 'commitSolution', { ...solution, start_time: '1' }, /start_time/],
		[
			'a list of files',
			accepted,
			'commitSolution',
			{ ...solution, resolve_attachments: [] },
			/att/,
		],
		[
			'a text as flag',
			accepted,
			'commitSolution',
			{ ...solution, is_service_interrupt: 'no' },
			/is_s/,
		],
		[
			'a text as verdict',
			resolved,
			'confirm',
			{ ...verdict(true), virtual_confirm_result: 'true' },
			/result/,
		],
		['a pause without end', accepted, 'incidentPause', { pause_reason: 'x' }, /\[pause_end_time\]/],
		[
			'a pause’s end as text',
			accepted,
			'incidentPause',
			{ ...pause, pause_end_time: '1' },
			/\[pause_end_time\]/,
		],
		[
			'a pause’s end in fractions',
			accepted,
			'incidentPause',
			{ ...pause, pause_end_time: 1.5 },
			/integer/,
		],
		[
			'a pause without reason',
			accepted,
			'incidentPause',
			{ pause_end_time: 1 },
			/\[pause_reason\]/,
		],
		['no level', accepted, 'changeLevel', { virtual_change_level_comment: 'x' }, /target_level/],
		[
			'a number as level',
			accepted,
			'changeLevel',
			{ ...level(''), virtual_target_level: 10 },
			/target_level/,
		],
		['the level that it has', accepted, 'changeLevel', level('level_30'), /level_30 already/],
		['no title', rejected, 'ReOpen', { ...edited, title: undefined }, /\[title\] is missing/],
		['a long title', rejected, 'ReOpen', { ...edited, title: 'x'.repeat(201) }, /200/],
		['a text for a flag', rejected, 'ReOpen', { ...edited, is_service_interrupt: 'true' }, /is_s/],
		[
			'a list of regions',
			rejected,
			'ReOpen',
			{ ...edited, mtm_region: ['cn-north-4'] },
			/mtm_region/,
		],
		['v1’s name of a field', rejected, 'ReOpen', { ...edited, incident_level: 'x' }, /is unknown/],
		[
			'two new handlers',
			rejected,
			'ReOpen',
			{ ...edited, ...shiftAgain, assignee: 'a' },
			/not both/,
		],
		['half a new shift', rejected, 'ReOpen', { ...edited, assignee_role: 'r' }, /go together/],
	])('%s', async (_what, before, action, params, message) => {
		const ticket = standIn.addTicket({ ...before, history: [] });
		const was = structuredClone(ticket);
		refuses(await act(standIn, ticket.number, action, params), message);
		expect(ticket).toEqual(was);
		expect(standIn.requests.at(-1)).toMatchObject({ applied: false });
	});
});
