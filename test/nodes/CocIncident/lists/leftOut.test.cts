// What a list can't show is left out, and an entry at its end says so: the others can be chosen.
import { describe, expect, test } from '@jest/globals';
import type { Fault } from '../../../standin/index.cts';
import { everythingOf, expectNoSecret } from '../../../support/secretSearch.cts';
import { refusedInput } from '../../../support/operate.cts';
import { OPERATOR, useCoc } from '../../../support/coc.cts';
import { reasonOf, useLists } from './support.cts';
import { useQuickTime } from '../../../support/quickTime.cts';

useQuickTime();
const d = useLists();
const coc = useCoc();
const LIST = '/v2/incidents/list';
const START = Date.parse('2026-11-20T08:00:00Z');

/** Tickets that wait for verification, the newest first. */
const addTickets = (count: number) =>
	Array.from({ length: count }, (_, index) => {
		return d.coc.addTicket({ createTime: START - index * 60_000 }).number;
	});
/** The fault that hits these tickets' details, for ever. */
const unreadable = (numbers: string[], fault: Fault) => {
	for (const ticket of numbers) d.coc.fault({ ...fault, times: 999, match: { ticket } });
};
/** The list that has the statuses of many tickets is of no help: each one's detail is read. */
const withoutStatuses = () =>
	d.coc.fault({ kind: 'status', status: 404, times: 999, match: { path: '/v1/incident-tickets' } });
const shown = async (operation = 'verify') =>
	(await d.pages('searchTickets', d.credential('token'), { operation })).flat();

const forbidden: Fault = { kind: 'status', status: 403, code: 'APIGW.0302', message: 'Not yours' };
const message = 'The ticket is damaged';

describe('a ticket that may not be read', () => {
	test.each<[string, Fault, RegExp]>([
		['the gateway forbids it', forbidden, /"Not yours" \(APIGW\.0302, HTTP 403\)/],
		[
			'COC forbids it',
			{ kind: 'errorCode', status: 403, code: 'COC.00012345', message },
			/"The ticket is damaged" \(COC\.00012345, HTTP 403\)/,
		],
		[
			'COC refuses it',
			{ kind: 'errorCode', status: 400, code: 'COC.00010002', message },
			/COC\.00010002, HTTP 400/,
		],
		[
			'COC refuses it within a 200',
			{ kind: 'errorCode', code: 'GOM.00007256', message },
			/GOM\.00007256, HTTP 200/,
		],
		[
			'COC fails over it',
			{ kind: 'errorCode', status: 500, code: 'COC.00000500', message },
			/COC\.00000500, HTTP 500/,
		],
		[
			'its status is missing',
			{ kind: 'raw', status: 200, body: '{"error_code":"GOM.00000000","data":{}}' },
			/without the status/,
		],
	])('is left out, and the list says so: %s', async (_name, fault, reason) => {
		const numbers = addTickets(5);
		unreadable([numbers[2]!], fault);
		const items = await shown();
		const values = items.map(({ value }) => value);
		expect(values.slice(0, -1)).toEqual(numbers.filter((_, index) => index !== 2));
		const note = items.at(-1)?.name ?? '';
		expect(note).toMatch(/^Not shown: /);
		expect(note).toContain(numbers[2]);
		expect(note).toMatch(reason);
	});

	test('has company: the first ones are named, the others counted', async () => {
		const numbers = addTickets(9);
		unreadable(numbers.slice(2, 7), forbidden);
		const note = (await shown()).at(-1)?.name;
		expect(note).toContain(`Not shown: ${numbers.slice(2, 5).join(', ')} and 2 more`);
	});

	test('on a later page says so there', async () => {
		withoutStatuses();
		const numbers = addTickets(120);
		unreadable([numbers[110]!], forbidden);
		const items = await shown();
		expect(items).toHaveLength(120);
		const notes = items.flatMap(({ name }) => (name.startsWith('Not shown') ? [name] : []));
		expect(notes).toEqual([expect.stringContaining(`Not shown: ${numbers[110]}`)]);
	});

	test('is all that there is to say when no other waits', async () => {
		for (const total of [() => undefined, (count: number) => count]) {
			d.coc.quirks.total = total;
			const status = 'INCIDENT_STATUS_COMPLETED';
			d.coc.addTicket({ status });
			unreadable(addTickets(1), forbidden);
			const items = await shown();
			expect(items.map(({ name }) => name)).toEqual([expect.stringMatching(/^Not shown: IM/)]);
		}
	});

	test('stops nobody for whom nothing has to be read', async () => {
		const numbers = addTickets(3);
		unreadable(numbers, forbidden);
		expect((await shown('get')).map(({ value }) => value)).toEqual(numbers);
	});

	test('and no other to choose from: the list fails with the reason, and asks for no more', async () => {
		withoutStatuses();
		unreadable(addTickets(180), forbidden);
		const listed = await d.list('searchTickets', d.credential('token'));
		expect(reasonOf(listed)).toMatch(/status of IM.*coc:ticket:get.*HTTP 403.*'By ID'/);
		expect(d.coc.requests.filter(({ path }) => path === LIST)).toHaveLength(1);
	});

	test('tells no secret', async () => {
		const credential = d.credential('token');
		const secret = credential.data.token as string;
		const [number] = addTickets(2);
		unreadable([number!], { kind: 'errorCode', status: 400, code: 'GOM.1', message: secret });
		const listed = await d.list('searchTickets', credential);
		expect(listed).toMatchObject({ results: [{}, { name: expect.stringContaining('GOM.1') }] });
		expectNoSecret(everythingOf(listed), [secret]);
	});
});

test.each<[string, Fault]>([
	['a refused token', { kind: 'status', status: 401 }],
	['throttling', { kind: 'status', status: 429 }],
	['a gateway in trouble', { kind: 'status', status: 503 }],
	['a web page', { kind: 'html' }],
	['a lost connection', { kind: 'resetAfter' }],
])('what would befall every ticket fails the list: %s', async (_name, fault) => {
	const numbers = addTickets(5);
	unreadable([numbers[2]!], fault);
	const listed = await d.list('searchTickets', d.credential('token'));
	expect(reasonOf(listed)).toContain(`status of ${numbers[2]} could not be read`);
});

test.each(['get', 'verify'])(
	'a ticket without its number is left out for %s',
	async (operation) => {
		const { number } = d.coc.addTicket();
		const tickets = [{ title: 'Nameless' }, { ticket_id: number, title: 'Named' }];
		const body = JSON.stringify({ error_code: 'GOM.00000000', data: { tickets, total: 2 } });
		d.coc.fault({ kind: 'raw', status: 200, body, match: { path: LIST } });
		const items = await shown(operation);
		expect(items.map(({ value }) => value)).toEqual([number, expect.any(String)]);
		expect(items[1]?.name).toBe('Not shown: 1 without a number');
	},
);

test('the entry that says so can’t be meant: nothing is sent for it', async () => {
	const numbers = addTickets(2);
	unreadable([numbers[0]!], forbidden);
	const ticket = (await shown()).at(-1)?.value as string;
	const fields = { ticket, operator: OPERATOR, result: true, comment: 'Works' };
	expect(await refusedInput(coc, 'verify', fields)).toContain("'Ticket' contains white space");
});
