// After a lost answer: a record that can't be understood proves nothing, whatever it looks like.
import { describe, expect, test } from '@jest/globals';
import type { RecordedRequest } from '../../standin/index.cts';
import { OPERATOR, SUCCESS } from '../../support/coc.cts';
import {
	DETAIL,
	HANDLE,
	HISTORY,
	outcomes,
	useWatchedCoc,
	withOptions,
} from '../../support/watch.cts';
import { inReality, useQuickTime } from '../../support/quickTime.cts';

useQuickTime();
const coc = useWatchedCoc();

const COMMENT = 'Works again';
/** An entry that would be this verification, if it could be read. */
const own = (ticket: string, fields: object = {}) => ({
	ticket_id: ticket,
	action: 'confirm',
	operator: OPERATOR,
	comment: COMMENT,
	start_time: Date.now() + 30,
	...fields,
});
type Data = (ticket: string) => unknown;
const list = (...info: unknown[]) => ({ total: info.length, info });

/** Histories that neither show the verification nor prove that it isn't there. */
const histories: Array<[string, Data]> = [
	['its time is a word', (ticket) => list(own(ticket, { start_time: 'yesterday' }))],
	['its time is an empty text', (ticket) => list(own(ticket, { start_time: '' }))],
	['its time is missing', (ticket) => list(own(ticket, { start_time: undefined }))],
	['its time is null', (ticket) => list(own(ticket, { start_time: null }))],
	['its time is an object', (ticket) => list(own(ticket, { start_time: {} }))],
	['its time is in seconds', (ticket) => list(own(ticket, { start_time: 1795623000 }))],
	['an entry is null', (ticket) => list(own(ticket), null)],
	['an entry is a text', (ticket) => list(own(ticket), 'confirm')],
	['an entry is a list', (ticket) => list([own(ticket)])],
	['there are more than were listed', (ticket) => ({ total: 5, info: [own(ticket)] })],
	['there are more than the none that was listed', () => ({ total: 1, info: [] })],
	['their number can’t be read', () => ({ total: 'many', info: [] })],
	['there are two that may be it', (ticket) => list(own(ticket), own(ticket))],
	['its action is a new one', (ticket) => list(own(ticket, { action: 'confirmIncident2' }))],
	['its action is missing', (ticket) => list(own(ticket, { action: undefined }))],
	['its operator is missing', (ticket) => list(own(ticket, { operator: undefined }))],
	['its comment is null', (ticket) => list(own(ticket, { comment: null }))],
	['the list is null', () => ({ total: 0, info: null })],
	['the list is an object', () => ({ total: 0, info: {} })],
	['the list is missing', () => ({ total: 0 })],
	['the data is a list', (ticket) => [own(ticket)]],
	['the data is null', () => null],
	['the data is missing', () => undefined],
];
/** Details that show no status. */
const details: Array<[string, Data]> = [
	['its status is missing', (ticket) => ({ incident_num: ticket })],
	['its status is null', () => ({ status: null })],
	['its status is empty', () => ({ status: '' })],
	['its status is a number', () => ({ status: 3 })],
	['its status is an object', () => ({ status: { id: 'INCIDENT_STATUS_RESOLVED' } })],
	['its detail is null', () => null],
	['its detail is a list', () => [{ status: 'INCIDENT_STATUS_RESOLVED' }]],
];

describe.each([
	['Resolved', true],
	['Unresolved', false],
])('%s is left unknown and not repeated,', (_label, result) => {
	test.each([
		['COC acted', 'resetAfter'],
		['COC did not act', 'resetBefore'],
	] as const)(
		'%s, and',
		async (_name, kind) => {
			const all = [
				...histories.map(([name, data]) => ({ name, data, path: HISTORY })),
				...details.map(([name, data]) => ({ name, data, path: DETAIL })),
			];
			const tickets = coc.tickets(all.length);
			for (const ticket of tickets) coc.standIn.fault({ kind, match: { ticket, path: HANDLE } });
			// With times of the moment in which the write arrives.
			coc.onRequest = (request) => {
				if (request.path !== HANDLE) return;
				const ticket = request.ticket!;
				const { data, path } = all[tickets.indexOf(ticket)]!;
				const body = JSON.stringify({ ...SUCCESS, data: data(ticket) });
				coc.standIn.fault({ kind: 'raw', status: 200, body, times: 99, match: { ticket, path } });
			};
			const run = await coc.verify(
				tickets.map((ticket) => ({ ticket, result, comment: COMMENT })),
				withOptions({ concurrency: 50 }),
			);
			const found = outcomes(run);
			expect(
				all.map(({ name }, index) => [name, found[index], coc.writes(tickets[index]).length]),
			).toEqual(all.map(({ name }) => [name, 'unknown', 1]));
			for (const { json } of run.failed) {
				expect(json.error).toContain(
					'It may have been applied: check the ticket before repeating.',
				);
				expect(json.error).toMatch(/Seen|seen/);
			}
		},
		60_000,
	);
});

describe('a status that nobody knows', () => {
	const renamed = (ticket: string) =>
		coc.standIn.fault({
			kind: 'raw',
			status: 200,
			body: JSON.stringify({ ...SUCCESS, data: { status: 'INCIDENT_STATUS_NEW' } }),
			times: 99,
			match: { ticket, path: DETAIL },
		});

	test.each([true, false])('never lets a write be doubled (result %s)', async (result) => {
		const [acted, idle] = coc.tickets(2);
		coc.standIn.fault({ kind: 'resetAfter', match: { ticket: acted!, path: HANDLE } });
		coc.standIn.fault({ kind: 'resetBefore', match: { ticket: idle!, path: HANDLE } });
		renamed(acted!);
		renamed(idle!);
		const run = await coc.verify([acted, idle].map((ticket) => ({ ticket, result })));
		const [first, second] = outcomes(run);
		// Unresolved leads to a status that the documentation itself doesn't agree on.
		expect(result ? ['unknown'] : ['unknown', 'recovered']).toContain(first);
		expect(['unknown', 'applied', 'refused']).toContain(second);
		expect(coc.entries(acted!)).toHaveLength(1);
		expect(coc.entries(idle!)).toHaveLength(second === 'applied' ? 1 : 0);
	});

	test('is shown as it is', async () => {
		const ticket = coc.ticket();
		coc.standIn.fault({ kind: 'resetAfter', match: { path: HANDLE } });
		renamed(ticket);
		const { failed } = await coc.verify([{ ticket }]);
		expect(failed[0]?.json.error).toContain('INCIDENT_STATUS_NEW');
	});
});

test('what is read has a bound in time as well', async () => {
	coc.standIn.fault({ kind: 'resetAfter', match: { path: HANDLE } });
	const isRead = ({ path }: RecordedRequest) => path !== HANDLE;
	coc.standIn.fault({ kind: 'hang', times: 99, match: { path: HISTORY } });
	const started = Date.now();
	const { failed } = await coc.verify([{}], withOptions({ timeout: 300 }));
	expect(failed[0]?.json.details.outcome).toBe('unknown');
	expect(Date.now() - started).toBeLessThan(inReality(25_000));
	expect(coc.requests().filter(isRead).length).toBeLessThanOrEqual(12);
});
