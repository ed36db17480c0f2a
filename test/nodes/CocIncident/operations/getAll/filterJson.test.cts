// COC's own filter language, merged with the node's filters.
import { describe, expect, test } from '@jest/globals';
import type { INodeParameters } from 'n8n-workflow';
import { refusedInput } from '../../../../support/operate.cts';
import { useCoc } from '../../../../support/coc.cts';
import { bodies, tickets } from './support.cts';

const coc = useCoc();
const START = Date.parse('2026-03-01T00:00:00Z');
const json = (body: unknown) => JSON.stringify(body);
const filter = (name: string, field: string, operator: string, ...values: string[]) => ({
	...{ name, field, operator, values },
});
const either = {
	string_filters: [
		filter('a', 'title', 'startwith', 'Pay'),
		filter('b', 'incident_ownership', '=', 'Other'),
	],
	condition: 'a | b',
};

test('its filters hold beside those of the node, and so does its condition', async () => {
	coc.ticket({ title: 'Payments', level: 'level_20' });
	coc.ticket({ title: 'Orders', level: 'level_10' });
	const wanted = [
		coc.ticket({ title: 'Payments', level: 'level_10' }),
		coc.ticket({ title: 'Orders', level: 'level_10', ownership: 'Other' }),
	];
	const filters = { level: ['level_10'] };
	for (const filterJson of [json(either), `={{ ${json(either)} }}`]) {
		const found = await tickets(coc, { filters, options: { filterJson } });
		expect(found.sort()).toEqual([...wanted].sort());
	}
	expect(bodies(coc)[0]).toMatchObject({
		condition: '( a | b ) & level',
		string_filters: [{ name: 'level' }, { name: 'a' }, { name: 'b' }],
	});
});

test('its condition holds on every page', async () => {
	const numbers = Array.from({ length: 450 }, (_, index) => {
		const title = index % 9 ? 'Payments' : 'Orders';
		return coc.ticket({ title, createTime: START + index });
	});
	for (const direction of ['asc', 'desc']) {
		const found = await tickets(coc, {
			sort: { direction },
			options: { filterJson: json(either) },
		});
		expect(found.sort()).toEqual(numbers.filter((_, index) => index % 9).sort());
	}
});

test('its other keys are sent as they are', async () => {
	const others = {
		contain_all: true,
		contain_sub_ticket: false,
		int_filters: [filter('t', 'start_time', '>', '0')],
		ticket_types: ['incident', 'other'],
	};
	await tickets(coc, { options: { filterJson: json(others) } });
	expect(bodies(coc)[0]).toMatchObject(others);
	await tickets(coc, { options: { filterJson: '' } });
	expect(Object.keys(bodies(coc)[1]!)).not.toContain('condition');
});

describe('before anything is asked, it is refused', () => {
	test.each<[string, unknown, string]>([
		['that is no JSON', '{"condition": ', 'is no valid JSON'],
		['that is a list', '[]', 'must be a JSON object'],
		['that is a text', '"a"', 'must be a JSON object'],
		['that is null', 'null', 'must be a JSON object'],
		['that sets the page', '{"page": 2}', 'has the property "page"'],
		['that sets the order', '{"sort_filter": {}}', 'has the property "sort_filter"'],
		['with a property nobody knows', '{"where": "1=1"}', 'has the property "where"'],
		['whose condition is no text', '{"condition": 7}', 'needs a text as condition'],
		['whose filters are no list', '{"string_filters": 7}', 'needs a list of objects'],
		['with a filter that is none', '{"string_filters": ["a"]}', 'needs a list of objects'],
		[
			'with a filter of the node’s own name',
			json({ string_filters: [filter('level', 'level_id', '=', 'x')] }),
			'has a filter "level", as the node has',
		],
	])('one %s', async (_name, filterJson, reason) => {
		const parameters = { options: { filterJson } } as INodeParameters;
		const error = await refusedInput(coc, 'getAll', {}, parameters);
		expect(error).toContain(`The list of incidents was not read: 'Filter (JSON)' ${reason}`);
	});
});
