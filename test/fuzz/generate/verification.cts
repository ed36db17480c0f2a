/** A COC whose ticket is to be verified. */
import type { Random } from '../../support/random.cts';
import type { Wanted } from '../recordOracle.cts';
import type { World } from './deployment.cts';
import { detailBody, historyBody, STATUS, type Ticket } from './record.cts';

export function verificationWorld(random: Random, wanted: Wanted, now: () => number): World {
	const ticket = anyTicket(random, wanted, now());
	return {
		act: () => verify(random, ticket, wanted, now()),
		body: (kind, isOdd) => (kind === 'history' ? historyBody : detailBody)(random, ticket, isOdd),
	};
}

/** A ticket that waits for verification or doesn't, with verifications behind it or none. */
function anyTicket(random: Random, { ticket, operator, comment }: Wanted, now: number): Ticket {
	const hour = 3_600_000;
	const entry = { ticket, operator: 'a1b2', comment: '' };
	const history = [
		{ ...entry, action: 'acceptedIncident1', at: now - 9 * hour },
		{ ...entry, action: 'commitSolution1', comment: 'Restarted', at: now - 8 * hour },
	];
	for (let ago = random.pick([0, 0, 1, 2]) * 2; ago > 0; ago -= 2) {
		const before = { ...entry, action: 'confirm', comment: 'No', at: now - ago * hour };
		history.push(random.once(2) ? { ...before, operator, comment } : before);
		if (random.once(2)) {
			const at = now - (ago - 1) * hour;
			history.push({ ...entry, action: 'commitSolution1', comment: 'Again', at });
		}
	}
	const statuses = Object.values(STATUS);
	const status = random.once(4) ? random.pick(statuses) : STATUS.resolved;
	return { number: ticket, status, history };
}

/** COC acts; sometimes the handler answers an *Unresolved* at once, and sometimes COC lags. */
function verify(random: Random, ticket: Ticket, wanted: Wanted, now: number) {
	if (ticket.status !== STATUS.resolved) return;
	const { operator, comment, result } = wanted;
	const entry = { ticket: ticket.number, action: 'confirm', operator, comment, at: now };
	if (!random.once(10)) ticket.history.push(entry);
	if (random.once(10)) return;
	ticket.status = result ? STATUS.completed : STATUS.acknowledged;
	if (!result && random.once(4)) ticket.status = STATUS.resolved;
}
