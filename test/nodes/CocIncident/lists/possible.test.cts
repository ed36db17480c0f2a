// The list behind Ticket, for each operation: only tickets on which it is possible, at what price.
import { describe, expect, test } from '@jest/globals';
import { CHANGES, changes, states, V2_CHANGES } from '../../../support/changes.cts';
import { DETAIL, HISTORY, OTHER, TASKS } from '../../../support/operate.cts';
import { reasonOf, useLists } from './support.cts';

const d = useLists();
const START = Date.parse('2026-11-20T08:00:00Z');
const READS = ['get', 'getActions', 'getHistory'];

/** A ticket in each state, by its number. */
const addAll = () =>
	Object.entries(states).map(([state, { ticket, possible }], index) => {
		const { number, status } = d.coc.addTicket({ ...ticket(), createTime: START + index * 60_000 });
		return { number, state, status, possible };
	});
const shownFor = async (operation: string) => {
	const pages = await d.pages('searchTickets', d.credential('token'), { operation });
	return pages.flat().map(({ value }) => value);
};
const asked = (path: RegExp) => d.coc.requests.filter((request) => path.test(request.path));

test.each(V2_CHANGES)('for %s there are those on which COC offers it', async (operation) => {
	const expected = addAll().filter(({ possible }) => possible.includes(operation));
	const shown = await shownFor(operation);
	expect(shown).toEqual(expected.map(({ number }) => number).reverse());
	expect(shown.length).toBeGreaterThan(0);
});

test.each(CHANGES.filter((operation) => changes[operation].version === 'v1'))(
	'for %s there are those with its status that nothing stands in the way of',
	async (operation) => {
		const { status } = changes[operation].ticket();
		const all = addAll();
		const shown = await shownFor(operation);
		for (const { number, possible, status: has } of all) {
			if (possible.includes(operation)) expect(shown).toContain(number);
			if (has !== status) expect(shown).not.toContain(number);
		}
		// Only a handler's work can be paused, which the status doesn't show.
		const isHandling = status === 'INCIDENT_STATUS_ACKNOWLEDGED';
		const handled = all.filter((ticket) => ticket.status === status).length;
		expect(asked(TASKS)).toHaveLength(isHandling ? handled : 0);
	},
);

test.each(['approve', 'refuse'])('for %s each says which request waits', async (operation) => {
	const shown = async () =>
		(await d.pages('searchTickets', d.credential('token'), { operation })).flat();
	for (const [index, change] of [changes.approve, changes.refuse].entries()) {
		const title = 'Storage node down';
		d.coc.addTicket({ ...change.ticket(), title, level: 'level_30', createTime: START + index });
	}
	expect((await shown()).map(({ name }) => name)).toEqual([
		expect.stringMatching(/^P3 · Level · Storage node down · IM2026…\d{4}$/),
		expect.stringMatching(/^P3 · Pause · Storage node down · IM2026…\d{4}$/),
	]);
	// Without the right to read the history, the ticket can be chosen all the same.
	d.coc.fault({ kind: 'status', status: 403, times: 2, match: { path: HISTORY } });
	for (const { name } of await shown()) {
		expect(name).toMatch(/^P3 · Storage node down · Accepted · IM2026…\d{4}$/);
	}
});

test.each(READS)('for %s all are there, for the price of the list', async (operation) => {
	const all = addAll().map(({ number }) => number);
	expect(await shownFor(operation)).toEqual(all.reverse());
	expect(d.coc.requests.map(({ path }) => path)).toEqual(['/v2/incidents/list']);
});

test.each(V2_CHANGES)('for %s only tickets in its statuses are asked about', async (operation) => {
	const all = addAll();
	const statuses = new Set(
		all.filter(({ possible }) => possible.includes(operation)).map(({ status }) => status),
	);
	await shownFor(operation);
	expect(asked(DETAIL)).toHaveLength(all.length);
	if (operation === 'approve' || operation === 'refuse') statuses.add('INCIDENT_STATUS_RESOLVED');
	const wanted = all.filter(({ status }) => operation === 'addRemark' || statuses.has(status));
	expect(
		asked(TASKS)
			.map(({ ticket }) => ticket)
			.sort(),
	).toEqual(wanted.map(({ number }) => number).sort());
});

describe.each(V2_CHANGES)('for %s', (operation) => {
	const waiting = (more: object = {}) =>
		d.coc.addTicket({ ...changes[operation].ticket(), ...more });

	test('without the permission to ask, that is named, and the way without a list', async () => {
		waiting();
		const permissions = ['coc:ticket:list', 'coc:ticket:get'];
		const credential = d.credential('token', { token: d.coc.issueToken({ permissions }) });
		const said = reasonOf(await d.list('searchTickets', credential, { operation }));
		expect(said).toContain('coc:ticket:listActions');
		expect(said).toContain("Or choose 'By ID' and enter the number.");
	});

	test('a ticket that is another person’s task is not there where COC says so', async () => {
		d.coc.quirks.cutsTasks = true;
		const { approval } = changes[operation].ticket();
		waiting({
			...{ assignee: OTHER, creator: OTHER },
			...(approval && { approval: { ...approval, approvers: [OTHER] } }),
		});
		expect(await shownFor(operation)).toEqual([]);
	});

	test('a ticket about which COC gives nothing readable is told of', async () => {
		const { number } = waiting();
		const other = waiting();
		d.coc.fault({
			...{ kind: 'errorCode', code: 'COC.1', message: 'Not this one.', status: 400, times: 9 },
			match: { ticket: number, path: TASKS },
		});
		const listed = await d.list('searchTickets', d.credential('token'), { operation });
		const text = JSON.stringify(listed);
		expect(text).toContain(other.number);
		expect(text).toContain(`Not shown: ${number}, since`);
		expect(text).toContain('Not this one.');
	});
});
