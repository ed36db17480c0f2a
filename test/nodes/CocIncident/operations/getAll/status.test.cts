// Filtering by status, which the list doesn't tell: each candidate's detail is read.
import { describe, expect, test } from '@jest/globals';
import type { INodeParameters } from 'n8n-workflow';
import { ticketStatuses } from '../../../../standin/index.cts';
import { DETAIL, failureOf, operate } from '../../../../support/operate.cts';
import { useCoc } from '../../../../support/coc.cts';
import { bodies, list, LIST, tickets } from './support.cts';
import { useQuickTime } from '../../../../support/quickTime.cts';

let underWay = 0;
let peak = 0;
useQuickTime();
const coc = useCoc({
	onRequest: () => void (peak = Math.max(peak, ++underWay)),
	onAnswer: () => void underWay--,
});
const details = () => coc.requests().filter(({ path }) => DETAIL.test(path));
const withStatus = (...status: string[]): INodeParameters => ({ filters: { status } });
const START = Date.parse('2026-03-01T00:00:00Z');

test('those in one of the statuses come out, with the console’s word for it', async () => {
	const numbers = ticketStatuses.map((status, index) =>
		coc.ticket({ status, createTime: START + index }),
	);
	const wanted = withStatus('INCIDENT_STATUS_TRIGGERED', 'INCIDENT_STATUS_RESOLVED');
	const found = await list(coc, wanted);
	expect(found.map(({ ticket, status }) => [ticket, status])).toEqual([
		[numbers[4], 'To Be Verified'],
		[numbers[1], 'Not Accepted'],
	]);
	expect(details()).toHaveLength(6);
	expect(bodies(coc)[0]).not.toHaveProperty('string_filters');
});

test('other filters come first: only what fits them is read', async () => {
	coc.ticket({ level: 'level_10' });
	const ticket = coc.ticket({ level: 'level_20' });
	const filters = { level: ['level_20'], status: ['INCIDENT_STATUS_RESOLVED'] };
	expect(await tickets(coc, { filters })).toEqual([ticket]);
	expect(details().map((request) => request.ticket)).toEqual([ticket]);
});

/** Every second one is resolved; the first details come in tens, together, or late. */
function manyWithSlowDetails(count: number, slow: number): void {
	for (let index = 0; index < count; index++) {
		const status = index % 2 ? 'INCIDENT_STATUS_RESOLVED' : 'INCIDENT_STATUS_COMPLETED';
		coc.ticket({ status, createTime: START + index });
	}
	const match = { path: DETAIL };
	coc.standIn.fault({ kind: 'latency', ms: 10_000, together: 10, times: slow, match });
	peak = 0;
}

test('at most ten are read at once, and no more than the limit needs', async () => {
	manyWithSlowDetails(250, 30);
	const found = await list(coc, { limit: 12, ...withStatus('INCIDENT_STATUS_RESOLVED') });
	expect(found).toHaveLength(12);
	expect(peak).toBe(10);
	expect(details()).toHaveLength(30);
	expect(await tickets(coc, withStatus('INCIDENT_STATUS_RESOLVED'))).toHaveLength(125);
});

test('at most ten are read at once for the whole run, however many items ask', async () => {
	manyWithSlowDetails(60, 999);
	const items = Array.from({ length: 8 }, (_, index) => ({ limit: index + 1 }));
	const run = await operate(coc, 'getAll', items, {
		parameters: withStatus('INCIDENT_STATUS_RESOLVED'),
	});
	expect(run.failed).toEqual([]);
	expect(peak).toBe(10);
	const all = coc.standIn.tickets.all().filter(({ status }) => /RESOLVED/.test(status));
	const newest = all.map(({ number }) => number).reverse();
	for (const [index, { limit }] of items.entries()) {
		const own = run.success.filter(({ pairedItem }) => {
			return (pairedItem as { item: number }).item === index;
		});
		expect(own.map(({ json }) => json.ticket)).toEqual(newest.slice(0, limit));
	}
	// No further than each limit needs.
	expect(details().length).toBeLessThanOrEqual(8 * 20);
});

describe('a detail that can’t be read', () => {
	test('fails the list, and says which and why', async () => {
		coc.credential.data.token = coc.standIn.issueToken({ permissions: ['coc:ticket:list'] });
		const ticket = coc.ticket();
		const parameters = withStatus('INCIDENT_STATUS_RESOLVED');
		const { error, outcome } = failureOf(await operate(coc, 'getAll', [{}], { parameters }));
		expect(outcome).toBe('notRead');
		expect(error).toContain(
			`the status of ${ticket} could not be read (IAM action coc:ticket:get)`,
		);
	});

	test('fails the list when the list gives no number to read it by', async () => {
		const tickets = [{ ticket_id: coc.ticket(), title: 'Named' }, { title: 'Nameless' }];
		const body = JSON.stringify({ error_code: 'GOM.00000000', data: { tickets, total: 2 } });
		coc.standIn.fault({ kind: 'raw', status: 200, body, match: { path: LIST } });
		const parameters = withStatus('INCIDENT_STATUS_RESOLVED');
		const { error, outcome } = failureOf(await operate(coc, 'getAll', [{}], { parameters }));
		expect(outcome).toBe('notRead');
		expect(error).toContain('COC lists an incident without its number');
	});

	test('doesn’t count when the incident is gone meanwhile', async () => {
		const [gone, there] = [coc.ticket(), coc.ticket()];
		coc.standIn.fault({
			...{ kind: 'errorCode', status: 400, code: 'COC.00067003', message: 'Gone' },
			match: { ticket: gone },
		});
		expect(await tickets(coc, withStatus('INCIDENT_STATUS_RESOLVED'))).toEqual([there]);
	});
});
