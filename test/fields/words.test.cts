/** What the node gives out in words is taken back as the keys that COC knows. */
import { describe, expect, test } from '@jest/globals';
import type { IDataObject } from 'n8n-workflow';
import type { RecordedRequest } from '../standin/index.cts';
import { move, useCoc as useTrigger } from '../nodes/CocIncidentTrigger/poller.cts';
import { HANDLE, operate, refusedInput } from '../support/operate.cts';
import { NODE, OPERATOR, useCoc } from '../support/coc.cts';

const coc = useCoc();
const trigger = useTrigger();

const LEVELS = { level_10: 'P1', level_20: 'P2', level_30: 'P3', level_40: 'P4', level_50: 'P5' };
const TYPES = {
	inc_type_p_function_issues: 'Function',
	inc_type_p_reliability_issues: 'Reliability',
	inc_type_p_security_issues: 'Security',
};
const SOURCES = {
	incident_source_alarm: 'Alarm',
	incident_source_manual: 'Manual Creation',
	incident_source_forwarding: 'Transfer Creation',
};
const STATUSES = {
	incident_draft: 'Draft',
	INCIDENT_STATUS_TRIGGERED: 'Not Accepted',
	INCIDENT_STATUS_REJECTED: 'Rejected',
	INCIDENT_STATUS_ACKNOWLEDGED: 'Accepted',
	INCIDENT_STATUS_RESOLVED: 'To Be Verified',
	INCIDENT_STATUS_COMPLETED: 'Completed',
} as const;

/** A key by itself, by its word, and by both in other spellings. */
const spellings = (key: string, word: string) => [
	key,
	key.toUpperCase(),
	word,
	` ${word.toLowerCase()}\n`,
	word.toUpperCase(),
];
const rows = (words: Record<string, string>) =>
	Object.entries(words).flatMap(([key, word]) =>
		spellings(key, word).map((given) => [given, key] as const),
	);
const CREATE = {
	title: 'Payments fail',
	level: 'level_50',
	type: 'inc_type_p_function_issues',
	source: 'incident_source_manual',
	creator: OPERATOR,
	assignee: OPERATOR,
};
const bodies = (path: string) =>
	coc.requests().flatMap((one: RecordedRequest) => (one.path === path ? [one.json] : []));

describe('Create sends the key for', () => {
	test.each([
		['level', 'incident_level', rows(LEVELS)],
		['type', 'incident_type', rows(TYPES)],
		['source', 'incident_source', rows(SOURCES)],
	])('every word of %s', async (field, sent, given) => {
		const items = given.map(([value]) => ({ ...CREATE, [field]: value }));
		const { failed } = await operate(coc, 'create', items, {
			parameters: { options: { concurrency: 1 } },
		});
		expect(failed).toEqual([]);
		expect(
			bodies('/v1/external/incident/create').map((body) => (body as IDataObject)[sent]),
		).toEqual(given.map(([, key]) => key));
	});

	test('a choice by its label', async () => {
		const { assignee, ...others } = CREATE;
		const item = { ...others, assignTo: 'Shift', assigneeScene: 'scene', assigneeRole: 'role' };
		expect((await operate(coc, 'create', [item])).failed).toEqual([]);
		expect(bodies('/v1/external/incident/create')).toMatchObject([{ assignee_scene: 'scene' }]);
		expect(assignee).toBe(OPERATOR);
	});
});

test('Submit Solution sends the key for every word of its type', async () => {
	const items = rows(TYPES).map(([type]) => ({
		ticket: coc.ticket({ status: 'INCIDENT_STATUS_ACKNOWLEDGED' }),
		...{ type, operator: OPERATOR, cause: 'c', solution: 's' },
	}));
	const { failed } = await operate(coc, 'submitSolution', items, {
		parameters: { options: { concurrency: 1 } },
	});
	expect(failed).toEqual([]);
	expect(
		bodies(HANDLE).map((body) => (body as { parameter: IDataObject }).parameter.mtm_type),
	).toEqual(rows(TYPES).map(([, key]) => key));
});

describe('Get Many finds by', () => {
	const found = async (filters: IDataObject) => {
		const { success, failed } = await operate(coc, 'getAll', [{}], {
			parameters: { returnAll: true, filters: filters as never },
		});
		expect(failed).toEqual([]);
		return success.map(({ json }) => json.ticket);
	};

	test.each([
		['level', LEVELS, (level: string) => ({ level })],
		['type', TYPES, (type: string) => ({ type })],
		['source', SOURCES, (source: string) => ({ source })],
		['status', STATUSES, (status: string) => ({ status })],
	])('every word of %s', async (field, words, fields) => {
		const tickets = new Map(
			Object.keys(words).map((key) => [key, coc.ticket(fields(key) as never)]),
		);
		for (const [given, key] of rows(words)) {
			expect([given, await found({ [field]: [given] })]).toEqual([given, [tickets.get(key)]]);
		}
		const all = Object.values(words as Record<string, string>).join(', ');
		expect((await found({ [field]: all })).sort()).toEqual([...tickets.values()].sort());
	});

	test('what Get gives for a ticket, fed into every filter of its name', async () => {
		const ticket = coc.ticket({ level: 'level_20', source: 'incident_source_alarm' });
		const { success } = await operate(coc, 'get', [{ ticket }]);
		const { level, type, source, status, assignee, creator } = success[0]!.json;
		const filters = { level: [level], type: [type], source: [source], status: [status] };
		expect(await found({ ...filters, assignee, creator } as IDataObject)).toEqual([ticket]);
	});

	test.each(['Solved', 'resolved?', 'INCIDENT_STATUS', 'P1'])(
		'no status that there isn’t: %s is refused, with those that there are',
		async (status) => {
			const error = await refusedInput(coc, 'getAll', {}, { filters: { status: [status] } });
			expect(error).toContain(`'Status' can't be "${status}"`);
			expect(error).toContain('Draft, Not Accepted, Rejected, Accepted, To Be Verified, Completed');
		},
	);

	test('a word that nobody knows finds nothing, and the node says why that may be', async () => {
		coc.ticket({ level: 'level_20' });
		const run = async (level: string) =>
			(await operate(coc, 'getAll', [{}], { parameters: { filters: { level: [level] } } })).runData[
				NODE
			]?.[0]?.hints?.map(({ message }) => message) ?? [];
		expect(await run('Severe')).toEqual([
			`'Level' has "Severe", which is found only if it is a value of your COC.`,
		]);
		expect(await run('P1')).toEqual([]);
		expect(await run('P2')).toEqual([]);
	});

	test('a key of the tenant’s own as it is', async () => {
		const ticket = coc.ticket({ level: 'level_60' });
		expect(await found({ level: ['level_60'] })).toEqual([ticket]);
	});
});

describe('The trigger', () => {
	test('fires by words in its filters and events', async () => {
		const activated = await trigger.activate({
			parameters: { events: ['incident waiting for verification'], filters: { level: ['P2'] } },
		});
		const [wanted, other] = ['level_20', 'level_30'].map((level) =>
			trigger.standIn.addTicket({ level, status: 'INCIDENT_STATUS_ACKNOWLEDGED' }),
		);
		for (const ticket of [wanted!, other!]) {
			move(trigger.standIn, ticket.number, 'INCIDENT_STATUS_RESOLVED', Date.now());
		}
		const { events } = await activated.poll();
		expect(events?.map(({ event, ticket }) => [event, ticket])).toEqual([
			['waitingForVerification', wanted!.number],
		]);
	});

	test('refuses an event that it doesn’t know, instead of leaving it out', async () => {
		const parameters = { events: ['incidentCreated', 'incidentForwarded'] };
		await expect(trigger.activate({ parameters })).rejects.toThrow(
			`'Trigger On' can't be "incidentForwarded"`,
		);
	});
});

describe('a number may come as text:', () => {
	test.each(['2', ' 2 ', '2.0'])('Limit %j', async (limit) => {
		for (let count = 0; count < 3; count++) coc.ticket();
		const { success } = await operate(coc, 'getAll', [{ limit }]);
		expect(success).toHaveLength(2);
	});

	test('Timeout, Concurrency and Requests per Second', async () => {
		const options = { timeout: '30000', concurrency: ' 2', requestsPerSecond: '999.5' };
		const { failed } = await coc.verify([{}], { parameters: { options } });
		expect(failed).toEqual([]);
	});

	test('the trigger’s Timeout', async () => {
		await expect(
			trigger.activate({ parameters: { options: { timeout: '5000' } } }),
		).resolves.toBeDefined();
	});

	test.each([
		'2,5',
		'1e1',
		'0x2',
		'',
		' ',
		'２',
		'+2',
		'-2',
		'2 3',
		'2.',
		'2.000',
		'02',
		true,
		null,
		[2],
		{},
	])('but not %j, which isn’t clearly one', async (limit) => {
		const error = await refusedInput(coc, 'getAll', { limit });
		expect(error).toContain("'Limit' must be a whole number from 1 to 1000000");
	});

	test('nor a half, where whole ones are wanted', async () => {
		for (const [name, what] of [
			['timeout', 'a whole number of milliseconds'],
			['concurrency', 'a whole number'],
		]) {
			const { failed } = await coc.verify([{}], { parameters: { options: { [name!]: '2.5' } } });
			expect(failed[0]?.json.error).toContain(`must be ${what}`);
		}
		expect(coc.requests()).toEqual([]);
	});
});
