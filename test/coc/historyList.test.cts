// What of a history is read: whether all of it is there, whose entries they are, when, and by whom.
import { describe, expect, test } from '@jest/globals';
import { built } from '../support/built.cts';
import type * as source from '../../nodes/coc/history.ts';
import { reading } from './reading.cts';

const { readHistory } = built<typeof source>('nodes/coc/history');

const TIME = 1_790_000_000_000;
const confirmed = (fields: object = {}) => ({
	...{ ticket_id: 'IM1', action: 'confirm', operator: 'a', comment: 'Fine' },
	...{ status: 'done', start_time: TIME },
	...fields,
});
const read = (data: unknown, ticket = 'IM1') =>
	readHistory(reading({ error_code: 'GOM.00000000', data }), ticket);
const entries = (...info: unknown[]) => read({ total: info.length, info })?.entries ?? [];

describe('a history of two entries', () => {
	const info = [confirmed(), confirmed({ action: 'accepted' })];

	test.each<[string, object, boolean]>([
		['its total is theirs', { total: 2 }, true],
		['its total is a text', { total: '2' }, true],
		['no total is given', {}, true],
		['its total is smaller', { total: 1 }, true],
		['its total is larger', { total: 3 }, false],
		['its total is larger, as a text', { total: '1025' }, false],
		['its total is null', { total: null }, false],
		['its total is no number', { total: 'many' }, false],
		['its total is empty', { total: '' }, false],
		['its total is negative', { total: -2 }, false],
		['its total has a fraction', { total: 2.5 }, false],
		['its total is a list', { total: [2] }, false],
	])('where %s: whether it is complete: %#', (_what, total, complete) => {
		const history = read({ info, ...total });
		expect(history?.complete).toBe(complete);
		expect(history?.entries).toHaveLength(2);
	});

	test.each([[null], ['confirm'], [7], [[]]])(
		'isn’t complete with a third one that is %j',
		(third) => {
			const history = read({ total: 3, info: [...info, third] });
			expect(history).toMatchObject({ complete: false });
			expect(history?.entries).toHaveLength(2);
		},
	);
});

test('a history without entries is one', () => {
	expect(read({ total: 0, info: [] })).toEqual({ entries: [], complete: true });
});

test('a history is read as it was said, a comment with a secret included', () => {
	const data = { total: 1, info: [confirmed({ comment: 'The token was abcdefgh' })] };
	const answer = reading({ error_code: '0', data }, {}, { secrets: ['abcdefgh'] });
	expect(JSON.stringify(answer)).not.toContain('abcdefgh');
	expect(readHistory(answer, 'IM1')?.entries).toMatchObject([
		{ comment: 'The token was abcdefgh' },
	]);
});

test.each([
	['no data', null],
	['a list in its place', [confirmed()]],
	['no list', { total: 0 }],
	['null for a list', { total: 0, info: null }],
	['an object for a list', { total: 1, info: { 0: confirmed() } }],
])('an answer with %s is no history', (_what, data) => {
	expect(read(data)).toBeNull();
});

test('an answer without an envelope is no history', () => {
	expect(readHistory(reading({ data: { total: 0, info: [] } }), 'IM1')).toBeNull();
	expect(readHistory(reading('<html></html>'), 'IM1')).toBeNull();
});

describe('an entry', () => {
	test.each<[string, unknown, boolean]>([
		['names this ticket', 'IM1', true],
		['names it in another case, between blanks', ' im1 ', true],
		['names another ticket', 'IM2', false],
		['names another ticket in another case, between blanks', ' im2 ', false],
		['names a ticket that begins like it', 'IM11', false],
		['has an ID of COC’s own', '0b9f8c1e-6f6f-4f0e-9b0c-1d2e3f4a5b6c', true],
		['has an ID that is a number', 4711, true],
		['has no ID', undefined, true],
		['has an empty ID', '', true],
	])('that %s: whether it counts: %#', (_what, ticket_id, counts) => {
		expect(entries(confirmed({ ticket_id }))).toHaveLength(counts ? 1 : 0);
	});

	test('of another ticket leaves the history complete, and answers no request of this one', () => {
		const pause = confirmed({ ticket_id: 'IM2', action: 'incidentPause', start_time: TIME - 5 });
		const history = read({ total: 2, info: [pause, confirmed({ action: 'rejected' })] });
		expect(history).toMatchObject({ complete: true, entries: [{ kind: 'rejection' }] });
	});

	test('is found for a ticket in whatever case it was typed', () => {
		expect(read({ total: 1, info: [confirmed()] }, 'im1')?.entries).toHaveLength(1);
	});

	test.each<[string, unknown, number | null]>([
		['a number', TIME, TIME],
		['a text', String(TIME), TIME],
		['a text between blanks', ` ${TIME} `, TIME],
		['missing', undefined, null],
		['null', null, null],
		['empty', '', null],
		['zero', 0, null],
		['in seconds', TIME / 1000, null],
		['a date', '2026-09-21T17:46:40Z', null],
		['negative', -TIME, null],
		['a fraction', TIME + 0.5, null],
		['too long to be a time', '9'.repeat(19), null],
	])('has a time that is %s: %p', (_what, start_time, at) => {
		expect(entries(confirmed({ start_time }))).toMatchObject([{ at }]);
	});

	test('has no time but that at which it began', () => {
		const later = { start_time: null, stop_time: TIME, update_time: TIME };
		expect(entries(confirmed(later))).toMatchObject([{ at: null }]);
	});

	test.each<[string, object, object]>([
		['both', {}, { operator: 'a', comment: 'Fine' }],
		[
			'both between blanks',
			{ operator: ' a ', comment: ' Fine\n' },
			{ operator: 'a', comment: 'Fine' },
		],
		['neither', { operator: null, comment: null }, { operator: null, comment: null }],
		['no texts', { operator: ['a'], comment: { x: 1 } }, { operator: null, comment: null }],
		['an empty comment', { comment: '' }, { comment: '' }],
		['a name beside the ID', { user_name: 'b' }, { operator: 'a' }],
	])('has operator and comment: %s', (_what, fields, expected) => {
		expect(entries(confirmed(fields))).toMatchObject([expected]);
	});
});

describe('the key of an action', () => {
	const fields = ['action', 'sub_action', 'final_sub_action'] as const;
	const kindBy = (keys: object) => entries(confirmed({ action: null, ...keys }))[0]?.kind;

	test.each(fields)('may stand in %s', (field) => {
		expect(kindBy({ [field]: 'confirm' })).toBe('verification');
		expect(kindBy({ [field]: 'acceptedIncident1' })).toBe('acceptance');
		expect(kindBy({ [field]: 'commitSolution' })).toBe('solution');
		expect(kindBy({ [field]: 'acceptedForward' })).toBe('handover');
		expect(kindBy({ [field]: 'addRemark' })).toBe('remark');
	});

	test.each([
		['incidentPause', 'pauseRequest'],
		['incidentChangeLevel1', 'levelRequest'],
		['changeLevel', 'levelRequest'],
		['recovery', 'resumption'],
	])('that leaves the status as it is, %s, names a step of its own', (action, kind) => {
		expect(kindBy({ action })).toBe(kind);
	});

	test.each([
		'Confirm',
		'confirm ',
		'virtual_confirm',
		'',
		null,
		undefined,
		0,
		['confirm'],
		'toString',
	])('%j is none that COC documents', (action) => {
		expect(kindBy({ action })).toBe('unknown');
	});

	test('that is a step’s counts before one that leaves the status as it is', () => {
		expect(kindBy({ action: 'addRemark', sub_action: 'confirm' })).toBe('verification');
		expect(kindBy({ action: 'somethingNew', final_sub_action: 'confirm' })).toBe('verification');
		// Of two steps the one that proves more.
		expect(kindBy({ action: 'confirm', sub_action: 'rejected' })).toBe('verification');
		expect(kindBy({ action: 'agreed', sub_action: 'commitSolution1' })).toBe('solution');
		expect(kindBy({ action: 'forwardOther1', sub_action: 'acceptedIncident1' })).toBe('acceptance');
	});

	test('is neither the action’s ID nor its name', () => {
		expect(kindBy({ action_id: 'confirm', action_name_en: 'confirm' })).toBe('unknown');
	});
});
