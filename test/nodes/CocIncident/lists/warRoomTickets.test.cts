// The list behind Ticket of the resource War Room: the incidents that can get one.
import { expect, test } from '@jest/globals';
import { states } from '../../../support/changes.cts';
import { TASKS } from '../../../support/operate.cts';
import { useLists } from './support.cts';

const d = useLists();
const addAll = () => Object.values(states).map(({ ticket }) => d.coc.addTicket(ticket()));
const shownFor = async (operation: string) => {
	const more = { resource: 'warRoom', operation };
	const pages = await d.pages('searchTickets', d.credential('token'), more);
	return pages.flat().map(({ value }) => value);
};

test('for Create there are the accepted ones, paused or not, without a look at their tasks', async () => {
	const accepted = addAll().filter(({ status }) => status === 'INCIDENT_STATUS_ACKNOWLEDGED');
	expect(accepted.length).toBeGreaterThan(1);
	const shown = await shownFor('create');
	expect([...shown].sort()).toEqual(accepted.map(({ number }) => number).sort());
	expect(d.coc.requests.filter(({ path }) => TASKS.test(path))).toEqual([]);
});

test('for Get Many there are all', async () => {
	const all = addAll();
	expect((await shownFor('getAll')).length).toBe(all.length);
});
