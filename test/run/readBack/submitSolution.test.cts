// The answer to a solution is lost: the ticket's status and history tell what came of it.
import { describe, expect, test } from '@jest/globals';
import type { Ticket } from '../../standin/index.cts';
import { HANDLE, OTHER, entry, failureOf, operate } from '../../support/operate.cts';
import { OPERATOR, useCoc } from '../../support/coc.cts';
import { useQuickTime } from '../../support/quickTime.cts';

let afterwards: (ticket: Ticket) => void = () => undefined;
useQuickTime();
const coc = useCoc({
	onAnswer({ path, ticket }) {
		if (path === HANDLE) afterwards(coc.standIn.tickets.get(ticket!)!);
	},
});
const SOLUTION = 'Renewed the certificate';
const lose = (kind: 'resetAfter' | 'resetBefore') =>
	coc.standIn.fault({ kind, match: { path: HANDLE } });
async function submit(fields: Partial<Ticket> = {}, then: typeof afterwards = () => undefined) {
	afterwards = then;
	const ticket = coc.ticket({ status: 'INCIDENT_STATUS_ACKNOWLEDGED', ...fields });
	const texts = { type: 'inc_type_p_security_issues', cause: 'Expired', solution: SOLUTION };
	const run = await operate(coc, 'submitSolution', [{ ticket, operator: OPERATOR, ...texts }]);
	const sends = coc.requests(ticket).filter(({ path }) => path === HANDLE).length;
	return { run, sends, ticket: coc.standIn.tickets.get(ticket)! };
}

test.each<[string, (ticket: Ticket) => void]>([
	['', () => undefined],
	[', with its text in the history', ({ history }) => void (history[0]!.comment = `${SOLUTION}!`)],
	[
		', and already verified',
		(ticket) => {
			ticket.status = 'INCIDENT_STATUS_COMPLETED';
			ticket.history.push(entry('confirm', { operator: OTHER, comment: 'Fine' }));
		},
	],
])('one that COC recorded is recovered and not sent again%s', async (_name, then) => {
	lose('resetAfter');
	const { run, sends } = await submit({}, then);
	expect(run.success[0]?.json).toMatchObject({ outcome: 'recovered', response: null });
	expect(sends).toBe(1);
});

test('one that COC didn’t record is sent once more', async () => {
	lose('resetBefore');
	const { run, sends, ticket } = await submit();
	expect(run.success[0]?.json).toMatchObject({ outcome: 'applied' });
	expect(sends).toBe(2);
	expect(ticket.history).toHaveLength(1);
});

test.each<[string, Ticket['status'], string[]]>([
	['has a solution', 'INCIDENT_STATUS_RESOLVED', ['acceptedIncident1', 'commitSolution1']],
	['is completed', 'INCIDENT_STATUS_COMPLETED', ['commitSolution1', 'confirm']],
	['nobody has accepted', 'INCIDENT_STATUS_TRIGGERED', []],
])('a ticket that %s is a refusal', async (_name, status, actions) => {
	lose('resetBefore');
	const history = actions.map((action, index) =>
		entry(action, { operator: OTHER, at: Date.now() - 600_000 + index, comment: 'Another' }),
	);
	const { run, sends } = await submit({ status, history });
	expect(failureOf(run)).toMatchObject({ outcome: 'refused' });
	expect(sends).toBe(1);
});

describe('it stays unknown, and is sent once,', () => {
	test.each<[string, 'resetAfter' | 'resetBefore', (ticket: Ticket) => void]>([
		[
			'when somebody else submitted one in the same moment',
			'resetBefore',
			(ticket) => {
				ticket.status = 'INCIDENT_STATUS_RESOLVED';
				ticket.history.push(entry('commitSolution1', { operator: OTHER }));
			},
		],
		[
			'when the operator submitted another one in the same moment',
			'resetBefore',
			(ticket) => {
				ticket.status = 'INCIDENT_STATUS_RESOLVED';
				ticket.history.push(entry('commitSolution1', { comment: 'Restarted' }));
			},
		],
		[
			'when only the status has moved on',
			'resetAfter',
			(ticket) => void (ticket.history.length = 0),
		],
		[
			'when it was verified, and the history lacks the solution',
			'resetAfter',
			(ticket) => {
				ticket.status = 'INCIDENT_STATUS_COMPLETED';
				ticket.history = [entry('confirm', { operator: OTHER })];
			},
		],
	])('%s', async (_name, kind, then) => {
		lose(kind);
		const { run, sends } = await submit({}, then);
		const { outcome, error } = failureOf(run);
		expect({ outcome, sends }).toEqual({ outcome: 'unknown', sends: 1 });
		expect(error).toContain('It is not known whether the solution was recorded');
	});
});
