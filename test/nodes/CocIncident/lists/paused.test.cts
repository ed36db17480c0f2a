// The list behind Ticket for Submit Solution: a paused ticket has to be resumed first.
import { expect, test } from '@jest/globals';
import { states } from '../../../support/changes.cts';
import { useLists } from './support.cts';

const d = useLists();

test('a paused ticket is not offered, since no solution can be submitted now', async () => {
	d.coc.addTicket(states.paused!.ticket());
	const { number } = d.coc.addTicket(states.accepted!.ticket());
	const more = { operation: 'submitSolution' };
	const pages = await d.pages('searchTickets', d.credential('token'), more);
	expect(pages.flat().map(({ value }) => value)).toEqual([number]);
});
