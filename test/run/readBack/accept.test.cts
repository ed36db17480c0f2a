// The answer to an acceptance is lost: the ticket's status and history tell what came of it.
import { describe, expect, test } from '@jest/globals';
import {
	DETAIL,
	HANDLE,
	HISTORY,
	OTHER,
	entry,
	failureOf,
	operate,
} from '../../support/operate.cts';
import { OPERATOR, useCoc } from '../../support/coc.cts';
import type { Ticket } from '../../standin/index.cts';
import { useQuickTime } from '../../support/quickTime.cts';

let afterwards: (ticket: Ticket) => void = () => undefined;
useQuickTime();
const coc = useCoc({
	onAnswer({ path, ticket }) {
		if (path === HANDLE) afterwards(coc.standIn.tickets.get(ticket!)!);
	},
});
const lose = (kind: 'resetAfter' | 'resetBefore', times = 1) =>
	coc.standIn.fault({ kind, times, match: { path: HANDLE } });
async function accept(fields: Partial<Ticket> = {}, then: typeof afterwards = () => undefined) {
	afterwards = then;
	const ticket = coc.ticket({ status: 'INCIDENT_STATUS_TRIGGERED', ...fields });
	const run = await operate(coc, 'accept', [{ ticket, operator: OPERATOR }]);
	const sends = coc.requests(ticket).filter(({ path }) => path === HANDLE).length;
	return { run, sends, accepted: coc.standIn.tickets.get(ticket)!.history.length };
}

test('one that COC recorded is recovered and not sent again', async () => {
	lose('resetAfter');
	const { run, sends, accepted } = await accept();
	expect(run.success[0]?.json).toMatchObject({ outcome: 'recovered', response: null });
	expect({ sends, accepted }).toEqual({ sends: 1, accepted: 1 });
	const reads = coc.requests().filter(({ path }) => path === HISTORY || DETAIL.test(path));
	expect(reads.length).toBeGreaterThanOrEqual(2);
});

test('one that COC didn’t record is sent once more', async () => {
	lose('resetBefore');
	const { run, sends, accepted } = await accept();
	expect(run.success[0]?.json).toMatchObject({ outcome: 'applied' });
	expect({ sends, accepted }).toEqual({ sends: 2, accepted: 1 });
});

test('it counts when its handler has already submitted a solution', async () => {
	lose('resetAfter');
	const { run } = await accept({}, (ticket) => {
		ticket.status = 'INCIDENT_STATUS_RESOLVED';
		ticket.history.push(entry('commitSolution1'));
	});
	expect(run.success[0]?.json).toMatchObject({ outcome: 'recovered' });
});

test.each([
	['a refused pause', 'incidentPause'],
	['a refused change of level', 'changeLevel'],
])('%s since then changes nothing about that', async (_what, request) => {
	lose('resetBefore');
	const at = Date.now() - 600_000;
	const history = ['acceptedIncident1', request, 'rejected'].map((action, index) =>
		entry(action, { operator: OTHER, at: at + index }),
	);
	const { run, sends } = await accept({ status: 'INCIDENT_STATUS_ACKNOWLEDGED', history });
	const { outcome } = failureOf(run);
	expect({ outcome, sends }).toEqual({ outcome: 'refused', sends: 1 });
});

test('a ticket that was accepted long before is a refusal, whoever did it', async () => {
	lose('resetBefore');
	const history = [entry('acceptedIncident1', { operator: OTHER, at: Date.now() - 600_000 })];
	const { run, sends } = await accept({ status: 'INCIDENT_STATUS_ACKNOWLEDGED', history });
	const { outcome, error } = failureOf(run);
	expect({ outcome, sends }).toEqual({ outcome: 'refused', sends: 1 });
	expect(error).toContain('Seen in COC: its history doesn\'t hold it, its status is "Accepted"');
});

describe('it stays unknown, and is sent once,', () => {
	test.each<[string, 'resetAfter' | 'resetBefore', Partial<Ticket>, (ticket: Ticket) => void]>([
		[
			'when somebody else accepted it in the same moment',
			'resetBefore',
			{},
			(ticket) => {
				ticket.status = 'INCIDENT_STATUS_ACKNOWLEDGED';
				ticket.history.push(entry('acceptedIncident1', { operator: OTHER }));
			},
		],
		[
			'when the history holds two acceptances',
			'resetAfter',
			{},
			(ticket) => void ticket.history.push(entry('acceptedIncident1')),
		],
		[
			'when only the status has moved on',
			'resetAfter',
			{},
			(ticket) => void (ticket.history.length = 0),
		],
		[
			'when it had been handed over, and the history lacks the acceptance',
			'resetAfter',
			{
				history: [
					entry('acceptedIncident1', { operator: OTHER, at: Date.now() - 600_000 }),
					entry('acceptedForward', { operator: OTHER, at: Date.now() - 500_000 }),
				],
			},
			(ticket) => void (ticket.history.length = 2),
		],
		[
			'when the ticket was rejected right after it',
			'resetAfter',
			{},
			(ticket) => {
				ticket.status = 'INCIDENT_STATUS_REJECTED';
			},
		],
	])('%s', async (_name, kind, fields, then) => {
		lose(kind);
		const { run, sends } = await accept(fields, then);
		const { outcome, error } = failureOf(run);
		expect({ outcome, sends }).toEqual({ outcome: 'unknown', sends: 1 });
		expect(error).toContain('It is not known whether the acceptance was recorded');
	});

	test('when the record can’t be read', async () => {
		coc.credential.data.token = coc.standIn.issueToken({ permissions: ['coc:ticket:action'] });
		lose('resetAfter');
		const { run, sends } = await accept();
		const { outcome, error } = failureOf(run);
		expect({ outcome, sends }).toEqual({ outcome: 'unknown', sends: 1 });
		expect(error).toContain('coc:ticket:getOperationHistories');
	});
});

test('it is sent at most three times when every answer is lost', async () => {
	lose('resetBefore', 99);
	const { run, sends } = await accept();
	expect(failureOf(run).outcome).toBe('unknown');
	expect(sends).toBe(3);
});
