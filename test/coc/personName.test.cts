// People's names, as tickets give them for free.
import { describe, expect, test } from '@jest/globals';
import { built } from '../support/built.cts';
import type * as source from '../../nodes/coc/personName.ts';

const { peopleIn, personName } = built<typeof source>('nodes/coc/personName');

const label = (biz_id: unknown, name_en?: unknown) => ({ prop_id: 'assignee', biz_id, name_en });

test('a person whom nobody knows has no name', () => {
	expect(personName({ enum_data_list: [label(null, 'Wang'), label('', 'Li')] }, null)).toBeNull();
	expect(personName({}, 'u1')).toBeNull();
});

test('an ID is compared without the space around it, and may be a number', () => {
	expect(personName({ enum_data_list: [label(' u1 ', ' Wang ')] }, 'u1')).toBe('Wang');
	expect(personName({ enum_data_list: [label(17, 'Wang')] }, '17')).toBe('Wang');
});

describe('the people of tickets', () => {
	const people = (...incidents: Array<Record<string, unknown>>) => [...peopleIn(incidents)];

	test('are assignee, creator and last operator, each once', () => {
		const enum_data_list = [label('a', 'Anna'), label('c', 'Carl'), label('o', 'Olga')];
		const ticket = { assignee: 'a', creator: 'c', operator: 'o', enum_data_list };
		expect(people(ticket, { ...ticket, operator: 'a' })).toEqual([
			['a', 'Anna'],
			['c', 'Carl'],
			['o', 'Olga'],
		]);
	});

	test('may stand in lists', () => {
		expect(people({ assignee: ['a'], enum_data_list: [label('a', 'Anna')] })).toEqual([
			['a', 'Anna'],
		]);
	});

	test.each<[string, Record<string, unknown>]>([
		['nobody is named', { assignee: 'a', creator: 'c', enum_data_list: [] }],
		['only other values are named', { assignee: 'a', enum_data_list: [label('level_10', 'P1')] }],
		[
			'the person isn’t given',
			{ assignee: [], creator: null, enum_data_list: [label('a', 'Anna')] },
		],
		['the shapes are hostile', { assignee: {}, creator: [[]], enum_data_list: { a: 'Anna' } }],
	])('are none where %s', (_what, ticket) => {
		expect(people(ticket)).toEqual([]);
	});
});
