// What happened to an incident: one item an entry, in English, with names and times, or as COC gives it.
import { describe, expect, test } from '@jest/globals';
import type { IDataObject, INodeParameters } from 'n8n-workflow';
import { OPERATOR, SUCCESS, useCoc } from '../../../support/coc.cts';
import {
	entry,
	failureOf,
	HISTORY,
	operate,
	OTHER,
	refusedInput,
} from '../../../support/operate.cts';

const coc = useCoc();
const START = Date.UTC(2026, 2, 22, 15, 15, 6);
const STATUS = 'INCIDENT_STATUS_ACKNOWLEDGED';
const at = (minutes: number) => START + minutes * 60_000;
const get = (ticket: string, parameters: IDataObject = {}) =>
	operate(coc, 'getHistory', [{ ticket }], { parameters: parameters as INodeParameters });
const entriesOf = async (ticket: string, parameters: IDataObject = {}) => {
	const { success, failed } = await get(ticket, { returnAll: true, ...parameters });
	expect(failed.map(({ json }) => json.error)).toEqual([]);
	return success.map(({ json }) => json);
};
/** COC gives exactly these entries. */
const gives = (info: unknown, more: IDataObject = {}) => {
	const body = { ...SUCCESS, data: { total: (info as unknown[]).length, info, ...more } };
	coc.standIn.fault({
		...{ kind: 'raw', status: 200, match: { path: HISTORY } },
		body: JSON.stringify(body),
	});
};
const record = (more: IDataObject = {}) => ({
	...{ ticket_id: 'IM1', action: 'accepted', operator: OTHER, status: STATUS },
	...{ comment: null, start_time: START, stop_time: START + 1000 },
	...more,
});
const only = async (more: IDataObject) => {
	gives([record(more)]);
	const [json] = await entriesOf('IM1');
	return json!;
};
const withEntries = (count: number) =>
	coc.ticket({
		history: Array.from({ length: count }, (_, index) =>
			entry('addRemark', { comment: `${index}`, at: at(index), status: STATUS }),
		),
	});
const comments = (found: IDataObject[]) => found.map(({ comment }) => Number(comment));
const numbers = (count: number) => Array.from({ length: count }, (_, index) => index);

test('each entry is an item, the newest first, by one request', async () => {
	coc.standIn.people.set(OTHER, 'Anna Meier');
	const ticket = coc.ticket({
		history: [
			entry('accepted', { operator: OTHER, at: at(0), status: STATUS }),
			entry('addRemark', { operator: OTHER, at: at(1), status: STATUS, comment: 'Noted' }),
		],
	});
	const { success } = await get(ticket);
	const of = { ticket, operator: OTHER, operatorName: 'Anna Meier', status: 'Accepted' };
	expect(success).toEqual([
		{
			json: {
				...{ ...of, action: 'Add remark', key: 'addRemark', comment: 'Noted' },
				...{ startedAt: '2026-03-22T15:16:06.000Z', endedAt: '2026-03-22T15:16:06.000Z' },
				complete: true,
			},
			pairedItem: { item: 0 },
		},
		{
			json: {
				...{ ...of, action: 'Accept', key: 'accepted', comment: null },
				...{ startedAt: '2026-03-22T15:15:06.000Z', endedAt: '2026-03-22T15:15:06.000Z' },
				complete: true,
			},
			pairedItem: { item: 0 },
		},
	]);
	expect(coc.requests().map(({ path }) => path)).toEqual([HISTORY]);
	expect(coc.requests()[0]?.json).toEqual({
		string_filters: [{ field: 'ticket_id', operator: '=', values: [ticket] }],
		sort_filter: { field: 'start_time', operator: 'desc', values: ['start_time'] },
	});
});

test('without Simplify it is COC’s data as it is', async () => {
	const given = record({ own: { a: [null] }, 备注: '✅' });
	gives([given]);
	expect(await entriesOf('IM1', { simplify: false })).toEqual([given]);
});

describe('how many, and in which order:', () => {
	test.each<[string, IDataObject, number[]]>([
		['all, the newest first', { returnAll: true }, numbers(60).reverse()],
		['fifty by default', { returnAll: false }, numbers(60).reverse().slice(0, 50)],
		['as many as Limit says', { returnAll: false, limit: 2 }, [59, 58]],
		['the oldest first', { returnAll: false, limit: 3, sort: { direction: 'asc' } }, [0, 1, 2]],
		['all, the oldest first', { returnAll: true, sort: { direction: 'asc' } }, numbers(60)],
	])('%s', async (_what, parameters, expected) => {
		expect(comments(await entriesOf(withEntries(60), parameters))).toEqual(expected);
	});

	test.each(['asc', 'desc'])('%s also from a COC that doesn’t sort', async (direction) => {
		gives([1, 2, 0].map((minute) => record({ start_time: `${at(minute)}`, comment: `${minute}` })));
		const found = comments(await entriesOf('IM1', { sort: { direction } }));
		expect(found).toEqual(direction === 'asc' ? [0, 1, 2] : [2, 1, 0]);
	});

	test('as COC gives them where a time is missing', async () => {
		gives(
			[1, 2, 0].map((minute) => record({ start_time: minute && at(minute), comment: `${minute}` })),
		);
		expect(comments(await entriesOf('IM1'))).toEqual([1, 2, 0]);
	});
});

describe('an entry', () => {
	const person = (more: IDataObject) => ({
		enum_data_list: [{ prop_id: 'operator', biz_id: OTHER, ...more }],
	});
	test.each<[string, IDataObject, IDataObject]>([
		['names its action in English', { action_name_en: 'Take over' }, { action: 'Take over' }],
		['else in the console’s word', { action_name_zh: '受理' }, { action: 'Accept' }],
		['else in Chinese', { action: 'own', action_name_zh: '自' }, { action: '自', key: 'own' }],
		['else by its key', { action: 'own' }, { action: 'own', key: 'own' }],
		[
			'has its key in sub_action',
			{ action: 'process', sub_action: 'addRemark' },
			{ key: 'addRemark' },
		],
		[
			'has its key in final_sub_action',
			{ action: 'p', final_sub_action: 'confirm' },
			{ key: 'confirm' },
		],
		['refuses a request of an accepted ticket', { action: 'rejected' }, { action: 'Refuse' }],
		[
			'rejects a ticket otherwise',
			{ action: 'rejected', status: 'INCIDENT_STATUS_REJECTED' },
			{ action: 'Reject', status: 'Rejected' },
		],
		[
			'names the person in English',
			person({ name_en: 'Anna', name_zh: '安娜' }),
			{ operatorName: 'Anna' },
		],
		[
			'names the person in Chinese',
			person({ name_en: '', name_zh: '安娜' }),
			{ operatorName: '安娜' },
		],
		['names the person by the login', person({ user_name: 'anna' }), { operatorName: 'anna' }],
		['has times as texts', { start_time: `${START}` }, { startedAt: '2026-03-22T15:15:06.000Z' }],
		[
			'has no time that can be read',
			{ start_time: 'now', stop_time: -1 },
			{ startedAt: null, endedAt: null },
		],
		['has a status of the tenant’s own', { status: 'PAUSED' }, { status: 'PAUSED' }],
		[
			'has nothing',
			{ action: null, operator: null, status: null },
			{ action: null, key: null, operator: null, status: null },
		],
	])('%s', async (_what, more, expected) => {
		expect(await only(more)).toMatchObject(expected);
	});

	test.each<[string, IDataObject]>([
		['has no labels', {}],
		['has a label of another person', { enum_data_list: [{ biz_id: OPERATOR, name_en: 'Bert' }] }],
		['has the ID for a name', { enum_data_list: [{ biz_id: OTHER, name_en: OTHER }] }],
		['has labels that are none', { enum_data_list: [null, 7, 'x', [], {}] }],
	])('names nobody when it %s', async (_what, more) => {
		expect(await only(more)).not.toHaveProperty('operatorName');
	});

	test('that is hostile breaks nothing, and the others are there', async () => {
		gives([
			record({ action: { a: 1 }, operator: ['x'], status: 7, comment: {}, start_time: 1e300 }),
			record({ enum_data_list: { biz_id: OTHER }, stop_time: [] }),
			JSON.parse('{"__proto__": {"action": "x"}, "ticket_id": "IM1"}'),
			record({ comment: 'Last' }),
		]);
		const found = await entriesOf('IM1');
		expect(found).toHaveLength(4);
		expect(found.at(-1)).toMatchObject({ comment: 'Last' });
	});

	test('of another ticket is left out', async () => {
		gives([
			record({ ticket_id: 'IM2026032215150601', comment: 'Theirs' }),
			record({ comment: 'Ours' }),
		]);
		expect(await entriesOf('IM1')).toMatchObject([{ comment: 'Ours' }]);
	});
});

describe('a history of which COC gives a part', () => {
	test.each<[string, unknown[], IDataObject]>([
		['by its total', [record()], { total: 2 }],
		['by an entry that is none', [record(), null], {}],
	])('says so %s, in each item and as a hint', async (_what, info, more) => {
		gives(info, more);
		const run = await get('IM1');
		expect(run.success.map(({ json }) => json.complete)).toEqual([false]);
		expect(JSON.stringify(run.runData)).toContain('COC gave only a part of the history of IM1.');
	});

	test('says nothing of it when all is there', async () => {
		gives([record()]);
		expect(JSON.stringify((await get('IM1')).runData)).not.toContain('only a part');
	});
});

test('an empty history, and one of a ticket that COC doesn’t know, has no items', async () => {
	expect(await entriesOf(coc.ticket({ history: [] }))).toEqual([]);
	expect(await entriesOf('IM404')).toEqual([]);
});

describe('a read that fails says why:', () => {
	test('no permission, whose IAM action is named', async () => {
		coc.credential.data.token = coc.standIn.issueToken({ permissions: ['coc:ticket:get'] });
		const { outcome, error } = failureOf(await get(coc.ticket()));
		expect(outcome).toBe('notRead');
		expect(error).toContain('coc:ticket:getOperationHistories');
	});

	test('an answer without a history', async () => {
		coc.standIn.fault({
			...{ kind: 'raw', status: 200, times: 9, match: { path: HISTORY } },
			body: JSON.stringify({ ...SUCCESS, data: { total: 1 } }),
		});
		expect(failureOf(await get(coc.ticket())).error).toContain('without the history');
	});

	test.each<[string, IDataObject, string]>([
		['no ticket', { ticket: ' ' }, "'Ticket' is empty"],
		['a limit of none', { ticket: 'IM1', limit: 0, returnAll: false }, "'Limit'"],
	])('%s, before anything is asked', async (_what, fields, reason) => {
		expect(await refusedInput(coc, 'getHistory', fields)).toContain(reason);
	});
});
