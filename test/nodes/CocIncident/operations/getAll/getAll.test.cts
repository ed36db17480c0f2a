// Listing incidents: what is asked, what comes out, what fails.
import { describe, expect, test } from '@jest/globals';
import type { INodeParameters } from 'n8n-workflow';
import { failureOf, operate, OTHER, refusedInput } from '../../../../support/operate.cts';
import { NODE, OPERATOR, useCoc } from '../../../../support/coc.cts';
import { bodies, list, tickets } from './support.cts';

const coc = useCoc();
const NOON = Date.parse('2026-03-22T12:00:00Z');
const HOUR = 3_600_000;
const newestFirst = {
	sort_filter: {
		...{ field: 'create_time', operator: 'desc' },
		...{ values: ['create_time'], name: 'create_time' },
	},
};
const person = (value: string) => ({ __rl: true, mode: 'id', value });

describe('the request', () => {
	test('asks for the newest incidents, as many as are wanted', async () => {
		coc.ticket();
		await list(coc);
		const [request] = coc.requests();
		expect(`${request?.method} ${request?.url}`).toBe('POST /v2/incidents/list');
		expect(bodies(coc)).toEqual([
			{ page: 1, per_page: 50, ticket_types: ['incident'], ...newestFirst },
		]);
	});

	test('holds every filter in COC’s words', async () => {
		const filters = {
			assignee: person(OTHER),
			createdAfter: '2026-03-22T12:00:00Z',
			createdBefore: NOON + HOUR,
			creator: OPERATOR,
			level: ['level_10', 'level_20'],
			source: '={{ "incident_source_alarm, own" }}',
			titleContains: ' pay ',
			type: ['inc_type_p_security_issues'],
			updatedAfter: `${NOON}`,
			updatedBefore: NOON + 2 * HOUR,
		};
		await list(coc, { filters, limit: 7 });
		const filter = (name: string, field: string, operator: string, ...values: string[]) => ({
			...{ name, field, operator, values },
		});
		expect(bodies(coc)).toEqual([
			{
				...{ page: 1, per_page: 7, ticket_types: ['incident'], ...newestFirst },
				string_filters: [
					filter('assignee', 'assignee', '=', OTHER),
					filter('create_time_start', 'create_time', '>=', `${NOON}`),
					filter('create_time_end', 'create_time', '<=', `${NOON + HOUR}`),
					filter('creator', 'creator', '=', OPERATOR),
					filter('level', 'level_id', 'in', 'level_10', 'level_20'),
					filter('source', 'source_id', 'in', 'incident_source_alarm', 'own'),
					filter('title', 'title', 'like', 'pay'),
					filter('type', 'mtm_type', 'in', 'inc_type_p_security_issues'),
					filter('update_time_start', 'update_time', '>=', `${NOON}`),
					filter('update_time_end', 'update_time', '<=', `${NOON + 2 * HOUR}`),
				],
			},
		]);
	});

	test('sorts by what was chosen', async () => {
		await list(coc, { sort: { field: 'updatedAt', direction: 'asc' } });
		expect(bodies(coc)[0]?.sort_filter).toEqual({
			...{ field: 'update_time', operator: 'asc' },
			...{ values: ['update_time'], name: 'update_time' },
		});
	});
});

test('each filter keeps what fits, and only that', async () => {
	const wanted = {
		...{ assignee: OTHER, creator: OTHER, level: 'level_10', type: 'own', title: 'Pay later' },
		...{ source: 'incident_source_alarm', createTime: NOON, updateTime: NOON + HOUR },
	};
	const plain = { createTime: NOON - HOUR, updateTime: NOON - HOUR };
	coc.ticket(plain);
	const ticket = coc.ticket(wanted);
	for (const filters of [
		{ assignee: OTHER },
		{ createdAfter: NOON },
		{ creator: OTHER },
		{ level: ['level_10', 'level_20'] },
		{ source: ['incident_source_alarm'] },
		{ titleContains: 'Pay' },
		{ type: '={{ "own" }}' },
		{ updatedAfter: NOON },
		{ createdBefore: NOON, updatedAfter: NOON - 1 },
	] as INodeParameters[]) {
		expect([filters, await tickets(coc, { filters })]).toEqual([filters, [ticket]]);
	}
	for (const filters of [{ createdBefore: NOON - 1 }, { updatedBefore: NOON - 1 }]) {
		expect(await tickets(coc, { filters })).not.toContain(ticket);
	}
});

test('each incident comes out in ten fields and names, all paired with the item that asked', async () => {
	const ticket = coc.ticket({ title: 'Payments fail', level: 'level_10', createTime: NOON });
	const { success } = await operate(coc, 'getAll', [{}, {}]);
	expect(success).toEqual(
		[0, 1].map((item) => ({
			json: {
				...{ ticket, title: 'Payments fail', processStatus: 'To be verified', level: 'P1' },
				...{ type: 'Function', source: 'Manual creation', assignee: OPERATOR, creator: OPERATOR },
				...{ assigneeName: 'user-7da46971', creatorName: 'user-7da46971' },
				...{ serviceInterrupted: false, createdAt: '2026-03-22T12:00:00.000Z' },
			},
			pairedItem: { item },
		})),
	);
});

test('without Simplify it is COC’s own data', async () => {
	const ticket = coc.ticket();
	const [incident] = await list(coc, { simplify: false });
	expect(incident).toMatchObject({ ticket_id: ticket, work_flow_status: 'flow_resolved' });
	expect(incident).toHaveProperty('enum_data_list');
});

test('an empty list is no item, and no failure', async () => {
	const { success, failed, status } = await operate(coc, 'getAll', [{}]);
	expect({ success, failed, status }).toEqual({ success: [], failed: [], status: 'success' });
});

describe('before anything is asked, it is refused', () => {
	test.each<[string, INodeParameters, string]>([
		['with a limit of nothing', { limit: 0 }, "'Limit' must be a whole number from 1"],
		['with half a limit', { limit: 1.5 }, "'Limit' must be a whole number"],
		['with an unclear switch', { returnAll: '={{ 7 }}' }, "'Return All' must be true or false"],
		['without the wanted levels', { filters: { level: [] } }, "'Level' is empty"],
		['with a level that is a number', { filters: { level: '={{ 1 }}' } }, "'Level' must be a list"],
		['with a level of blanks', { filters: { level: [' '] } }, "'Level' is empty"],
		['with an empty title', { filters: { titleContains: '' } }, "'Title Contains' is empty"],
		['without the assignee', { filters: { assignee: person('') } }, "'Assignee' is empty"],
		['with no time', { filters: { createdAfter: 'noon' } }, "'Created After' is no time"],
		['with another order', { sort: { direction: '={{ "up" }}' } }, "'Direction' must be"],
		['with another time', { sort: { field: '={{ "closedAt" }}' } }, "'Field' must be"],
	])('%s', async (_name, parameters, reason) => {
		const error = await refusedInput(coc, 'getAll', {}, parameters);
		expect(error).toContain(`The list of incidents was not read: ${reason}`);
	});
});

test('a failure says why, and claims nothing of a change', async () => {
	coc.credential.data.token = coc.standIn.issueToken({ permissions: ['coc:ticket:get'] });
	const { error, ...details } = failureOf(await operate(coc, 'getAll', [{}]));
	expect(details).toMatchObject({ outcome: 'notRead', ticket: null, httpStatus: 403 });
	expect(error).toMatch(
		/^The list of incidents was not read: ".*" \(APIGW\.0302, HTTP 403\)\. The/,
	);
	expect(error).toContain('coc:ticket:list');
});

test('in Continue mode a failed item goes on as an error, in Stop mode it ends the run', async () => {
	coc.ticket();
	const items = () => [{ limit: 5 }, { limit: 0 }, { limit: 5 }];
	const going = await operate(coc, 'getAll', items(), { onError: 'continueRegularOutput' });
	expect(going.success.map(({ json }) => 'error' in json)).toEqual([false, true, false]);
	const stopping = await operate(coc, 'getAll', items(), { onError: 'stopWorkflow' });
	expect(stopping.executionError).toMatchObject({
		node: { name: NODE },
		context: { itemIndex: 1 },
	});
});
