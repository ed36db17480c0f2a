// Options > Check Status First: a ticket that doesn't wait for verification fails before any write.
import { describe, expect, test } from '@jest/globals';
import type { Fault, TicketStatus } from '../../../../standin/index.cts';
import { SUCCESS } from '../../../../support/coc.cts';
import {
	DETAIL,
	HANDLE,
	outcomes,
	useWatchedCoc,
	withOptions,
} from '../../../../support/watch.cts';
import { useQuickTime } from '../../../../support/quickTime.cts';

useQuickTime();
const coc = useWatchedCoc();
const checking = withOptions({ checkStatus: true, timeout: 2500 });

const detailOf = (data: unknown): Fault => ({
	kind: 'raw',
	status: 200,
	body: JSON.stringify({ ...SUCCESS, data }),
	times: 99,
	match: { path: DETAIL },
});

describe('Check Status First', () => {
	test('reads the ticket, and sends what waits for verification', async () => {
		const ticket = coc.ticket();
		const { success } = await coc.verify([{ ticket }], checking);
		expect(success).toMatchObject([{ json: { ticket, outcome: 'applied', response: SUCCESS } }]);
		expect(coc.requests().map(({ method, url }) => `${method} ${url}`)).toEqual([
			`GET /v1/external/incident/${ticket}`,
			`POST ${HANDLE}`,
		]);
	});

	test('costs a read only for the items that want it, and none by default', async () => {
		const items = [{ check: true }, { check: false }, {}].map((item) => ({
			...item,
			ticket: coc.ticket(),
		}));
		await coc.verify(items, withOptions({ checkStatus: '={{ $json.check ?? false }}' }));
		expect(coc.reads().map(({ ticket }) => ticket)).toEqual([items[0]?.ticket]);
		expect(coc.writes()).toHaveLength(3);
		await coc.verify([{}]);
		expect(coc.reads()).toHaveLength(1);
	});

	test.each<[TicketStatus, RegExp]>([
		['incident_draft', /draft/i],
		['INCIDENT_STATUS_TRIGGERED', /not accepted/i],
		['INCIDENT_STATUS_REJECTED', /rejected/i],
		['INCIDENT_STATUS_ACKNOWLEDGED', /"accepted|'accepted|\baccepted\b/i],
		['INCIDENT_STATUS_COMPLETED', /completed/i],
	])('fails with the real status, in words and as COC spells it: %s', async (status, words) => {
		const ticket = coc.ticket({ status });
		const { failed } = await coc.verify([{ ticket }], checking);
		const { error = '', details } = failed[0]?.json ?? {};
		expect(details).toMatchObject({ outcome: 'notSent', ticket });
		expect(error).toContain(status);
		expect(error.replace(status, '')).toMatch(words);
		expect(error).toMatch(/Nothing was sent/);
		expect(coc.writes()).toEqual([]);
		expect(coc.reads()).toHaveLength(1);
	});

	test.each([
		['a status nobody knows', { status: 'INCIDENT_STATUS_NEW' }, /INCIDENT_STATUS_NEW/],
		['no status', { incident_num: 'IM1' }, /status/],
		['a status that is null', { status: null }, /status/],
		['a status that is a number', { status: 2 }, /status/],
		['no data', null, /status/],
	])('fails before any write with %s', async (_name, data, says) => {
		coc.standIn.fault(detailOf(data));
		const { failed } = await coc.verify([{}], checking);
		expect(failed[0]?.json.details.outcome).toBe('notSent');
		expect(failed[0]?.json.error).toMatch(says);
		expect(coc.writes()).toEqual([]);
	});

	test('fails before any write for a ticket that does not exist', async () => {
		const { failed } = await coc.verify([{ ticket: 'IM404' }], checking);
		const { error, details } = failed[0]!.json;
		expect(details).toMatchObject({ errorCode: 'COC.00067003', httpStatus: 400 });
		expect(['notSent', 'refused']).toContain(details.outcome);
		expect(error).toContain('COC.00067003');
		expect(coc.writes()).toEqual([]);
	});

	test('names the permission when the ticket can’t be read', async () => {
		coc.credential.data.token = coc.standIn.issueToken({ permissions: ['coc:ticket:action'] });
		const { failed } = await coc.verify([{}], checking);
		const { error, details } = failed[0]!.json;
		expect(details).toMatchObject({ outcome: 'notSent', errorCode: 'APIGW.0302' });
		expect(error).toContain('coc:ticket:get');
		expect(error).not.toContain('coc:ticket:action');
		expect(coc.reads()).toHaveLength(1);
		expect(coc.writes()).toEqual([]);
	});
});

describe('the check itself', () => {
	const passing: Array<[string, Fault]> = [
		['a reset', { kind: 'resetBefore' }],
		['no answer in time', { kind: 'hang' }],
		['a web page', { kind: 'html' }],
		['an empty answer', { kind: 'empty' }],
		['half of its JSON', { kind: 'truncated', complete: true }],
		['an answer that breaks off', { kind: 'truncated' }],
		...[408, 429, 500, 502, 503, 504].map((status): [string, Fault] => [
			`status ${status}`,
			{ kind: 'status', status, code: status === 429 ? 'APIGW.0308' : 'APIGW.0201' },
		]),
	];
	const lasting: Array<[string, Fault]> = [400, 403, 404, 413].map((status) => [
		`status ${status}`,
		{ kind: 'status', status },
	]);
	const run = async (all: Array<[string, Fault]>, times: number) => {
		const tickets = coc.tickets(all.length);
		all.forEach(([, fault], index) => {
			coc.standIn.fault({ ...fault, times, match: { ticket: tickets[index]!, path: DETAIL } });
		});
		const found = outcomes(
			await coc.verify(
				tickets.map((ticket) => ({ ticket })),
				withOptions({ checkStatus: true, timeout: 2500, concurrency: 20 }),
			),
		);
		return all.map(([name], index) => {
			const of = coc.requests(tickets[index]);
			return { name, outcome: found[index], reads: of.filter((r) => r.method === 'GET').length };
		});
	};

	test('is made again after whatever may pass', async () => {
		expect(await run(passing, 1)).toEqual(
			passing.map(([name]) => ({ name, outcome: 'applied', reads: 2 })),
		);
	});

	test('is made a few times only, and then nothing was sent', async () => {
		const found = await run(passing, 99);
		expect(found.map(({ name, outcome }) => ({ name, outcome }))).toEqual(
			passing.map(([name]) => ({ name, outcome: 'notSent' })),
		);
		expect(coc.writes()).toEqual([]);
		for (const { reads } of found) expect(reads).toBeLessThanOrEqual(4);
	}, 60_000);

	test('is not made again after what lasts', async () => {
		expect(await run(lasting, 1)).toEqual(
			lasting.map(([name]) => ({ name, outcome: 'notSent', reads: 1 })),
		);
		expect(coc.writes()).toEqual([]);
	});
});

describe.each([
	['checkStatus', 'Check Status First'],
	['dryRun', 'Dry Run'],
	['ifAlreadyVerified', 'If Already Verified'],
])('%s', (name, label) => {
	const wrong = [null, '', 'maybe', 'yes', 0, 1, [], {}, ['fail']];
	const expressions = ['={{ null }}', '={{ $json.missing }}', '={{ $("Nowhere").first().json.x }}'];

	test.each([...wrong, ...expressions].map((value) => [value]))(
		'%j is refused, and nothing is sent: a dry run by mistake would be a write',
		async (value) => {
			const { success, failed } = await coc.verify([{}, {}], withOptions({ [name]: value }));
			expect(success).toEqual([]);
			expect(failed.map(({ json }) => json.details.outcome)).toEqual(['notSent', 'notSent']);
			for (const { json } of failed) expect(json.error).toMatch(new RegExp(`${label}|'Options'`));
			expect(coc.requests()).toEqual([]);
		},
	);

	test('is read for each item', async () => {
		const good = name === 'ifAlreadyVerified' ? 'fail' : false;
		const items = [{ option: good }, { option: null }, { option: good }];
		const run = await coc.verify(items, withOptions({ [name]: '={{ $json.option }}' }));
		expect(outcomes(run)).toEqual(['applied', 'notSent', 'applied']);
	});
});
