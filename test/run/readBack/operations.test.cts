// The answer to a change is lost: whatever the operation, the ticket's history and status decide.
import { describe, expect, test } from '@jest/globals';
import type { INodePropertyOptions } from 'n8n-workflow';
import type { Ticket, TicketStatus } from '../../standin/index.cts';
import { CHANGES, type ChangeName, changes } from '../../support/changes.cts';
import { useIamUser } from '../../support/iamUser.cts';
import { TYPE, useCoc } from '../../support/coc.cts';
import {
	ACTIONS,
	DETAIL,
	HANDLE,
	HISTORY,
	OTHER,
	entry,
	failureOf,
	operate,
} from '../../support/operate.cts';
import { byLength } from '../../support/length.cts';
import { useQuickTime } from '../../support/quickTime.cts';

// v2's record is read three times, five seconds and more apart.
useQuickTime(byLength(20, 5));
let afterwards: (ticket: Ticket) => void = () => undefined;
const coc = useCoc({
	onAnswer({ path, ticket }) {
		if (isChange({ path })) afterwards(coc.standIn.tickets.get(ticket!)!);
	},
});
const asIamUser = useIamUser(coc);
const isChange = ({ path }: { path: string }) => path === HANDLE || ACTIONS.test(path);
const MINUTES_AGO = () => Date.now() - 600_000;
const lose = (kind: 'resetAfter' | 'resetBefore', times = 1) =>
	[HANDLE, ACTIONS].map((path) => coc.standIn.fault({ kind, times, match: { path } }));

const SOLUTION = changes.submitSolution.fields.solution;
const READING = ['get', 'getAll', 'getActions', 'getHistory'];
const CREATING = ['create'];

/** Changes a new ticket; `then` is what else happens to it right after each send. */
async function change(
	operation: ChangeName,
	fields: Partial<Ticket> = {},
	then: typeof afterwards = () => undefined,
) {
	afterwards = then;
	const { ticket: waiting, fields: own } = changes[operation];
	const ticket = coc.ticket({ ...waiting(), ...fields });
	if (changes[operation].version === 'v2') asIamUser();
	const earlier = coc.standIn.tickets.get(ticket)!.history.length;
	const run = await operate(coc, operation, [{ ticket, ...own }]);
	const sends = coc.requests(ticket).filter(isChange).length;
	return { run, sends, recorded: coc.standIn.tickets.get(ticket)!.history.length - earlier };
}
async function expectUnknown(
	operation: ChangeName,
	...more: [Partial<Ticket>?, typeof afterwards?]
) {
	const { run, sends } = await change(operation, ...more);
	const { outcome, error } = failureOf(run);
	expect({ outcome, sends }).toEqual({ outcome: 'unknown', sends: 1 });
	expect(error).toMatch(/^It is not known whether .*ticket IM\d+ was /);
	expect(error).toContain('It may have been applied: check the ticket before repeating.');
	return error;
}

test('every operation that changes a ticket is looked at here', () => {
	const { properties } = coc.packages.getByNameAndVersion(TYPE).description;
	const operations = properties
		.filter(
			({ name, displayOptions }) =>
				name === 'operation' && displayOptions?.show?.resource?.[0] === 'incident',
		)
		.flatMap(({ options }) => (options as INodePropertyOptions[]).map(({ value }) => value));
	expect(operations.toSorted()).toEqual([...CHANGES, ...READING, ...CREATING].toSorted());
});

describe.each(CHANGES)('%s:', (operation) => {
	test('what COC recorded is recovered and not sent again', async () => {
		lose('resetAfter');
		const { run, sends, recorded } = await change(operation);
		expect(run.success[0]?.json).toMatchObject({ outcome: 'recovered', response: null });
		expect({ sends, recorded }).toEqual({ sends: 1, recorded: 1 });
		const reads = coc.requests().filter(({ path }) => path === HISTORY || DETAIL.test(path));
		expect(reads.length).toBeGreaterThanOrEqual(2);
	});

	test('what COC didn’t record is sent once more', async () => {
		lose('resetBefore');
		const { run, sends, recorded } = await change(operation);
		expect(run.success[0]?.json).toMatchObject({ outcome: 'applied' });
		expect({ sends, recorded }).toEqual({ sends: 2, recorded: 1 });
	});

	test('it is sent at most three times when every answer is lost', async () => {
		lose('resetBefore', 99);
		const { run, sends } = await change(operation);
		expect(failureOf(run).outcome).toBe('unknown');
		expect(sends).toBe(3);
	});

	test('it stays unknown when the record can’t be read', async () => {
		lose('resetAfter');
		const refuseReading = () =>
			coc.standIn.fault({ kind: 'status', status: 403, times: 99, match: { path: HISTORY } });
		const error = await expectUnknown(operation, {}, refuseReading);
		expect(error).toContain('coc:ticket:getOperationHistories');
	});

	test('it stays unknown when the history holds it twice', async () => {
		lose('resetAfter');
		await expectUnknown(operation, {}, ({ history }) => void history.push({ ...history.at(-1)! }));
	});
});

// A remark that the history lacks is like one that wasn't made: nothing else shows it.
test.each(CHANGES.filter((operation) => operation !== 'addRemark'))(
	'%s stays unknown when only the ticket has moved on',
	async (operation) => {
		lose('resetAfter');
		await expectUnknown(operation, {}, (ticket) => void (ticket.history.length = 0));
	},
);

describe('an acceptance', () => {
	test('counts when its handler has already submitted a solution', async () => {
		lose('resetAfter');
		const { run } = await change('accept', {}, (ticket) => {
			ticket.status = 'INCIDENT_STATUS_RESOLVED';
			ticket.history.push(entry('commitSolution1'));
		});
		expect(run.success[0]?.json).toMatchObject({ outcome: 'recovered' });
	});

	test.each([
		['a refused pause', 'incidentPause'],
		['a refused change of level', 'changeLevel'],
	])('of somebody else is a refusal, and %s since then changes nothing', async (_what, request) => {
		lose('resetBefore');
		const at = MINUTES_AGO();
		const history = ['acceptedIncident1', request, 'rejected'].map((action, index) =>
			entry(action, { operator: OTHER, at: at + index }),
		);
		const status = 'INCIDENT_STATUS_ACKNOWLEDGED';
		const { run, sends } = await change('accept', { status, history });
		expect({ outcome: failureOf(run).outcome, sends }).toEqual({ outcome: 'refused', sends: 1 });
	});

	test('long before is a refusal, whoever did it', async () => {
		lose('resetBefore');
		const history = [entry('acceptedIncident1', { operator: OTHER, at: MINUTES_AGO() })];
		const status = 'INCIDENT_STATUS_ACKNOWLEDGED';
		const { run, sends } = await change('accept', { status, history });
		const { outcome, error } = failureOf(run);
		expect({ outcome, sends }).toEqual({ outcome: 'refused', sends: 1 });
		expect(error).toContain('Seen in COC: its history doesn\'t hold it, its status is "Accepted"');
	});

	test('of somebody else in the same moment leaves it unknown', async () => {
		lose('resetBefore');
		await expectUnknown('accept', {}, (ticket) => {
			ticket.status = 'INCIDENT_STATUS_ACKNOWLEDGED';
			ticket.history.push(entry('acceptedIncident1', { operator: OTHER }));
		});
	});

	test('that the history lacks is unknown when the ticket had been handed over', async () => {
		lose('resetAfter');
		const history = [
			entry('acceptedIncident1', { operator: OTHER, at: MINUTES_AGO() }),
			entry('acceptedForward', { operator: OTHER, at: MINUTES_AGO() + 100_000 }),
		];
		await expectUnknown('accept', { history }, (ticket) => void (ticket.history.length = 2));
	});

	test('stays unknown when the ticket was rejected right after it', async () => {
		lose('resetAfter');
		await expectUnknown('accept', {}, (ticket) => {
			ticket.status = 'INCIDENT_STATUS_REJECTED';
		});
	});
});

describe('a solution', () => {
	test.each<[string, (ticket: Ticket) => void]>([
		['with its text in the history', ({ history }) => void (history[0]!.comment = `${SOLUTION}!`)],
		[
			'and already verified',
			(ticket) => {
				ticket.status = 'INCIDENT_STATUS_COMPLETED';
				ticket.history.push(entry('confirm', { operator: OTHER, comment: 'Fine' }));
			},
		],
	])('that COC recorded, %s, is recovered and not sent again', async (_name, then) => {
		lose('resetAfter');
		const { run, sends } = await change('submitSolution', {}, then);
		expect(run.success[0]?.json).toMatchObject({ outcome: 'recovered', response: null });
		expect(sends).toBe(1);
	});

	test.each<[string, TicketStatus, string[]]>([
		['has one', 'INCIDENT_STATUS_RESOLVED', ['acceptedIncident1', 'commitSolution1']],
		['is completed', 'INCIDENT_STATUS_COMPLETED', ['commitSolution1', 'confirm']],
		['nobody has accepted', 'INCIDENT_STATUS_TRIGGERED', []],
	])('for a ticket that %s is a refusal', async (_name, status, actions) => {
		lose('resetBefore');
		const history = actions.map((action, index) =>
			entry(action, { operator: OTHER, at: MINUTES_AGO() + index, comment: 'Another' }),
		);
		const { run, sends } = await change('submitSolution', { status, history });
		expect(failureOf(run)).toMatchObject({ outcome: 'refused' });
		expect(sends).toBe(1);
	});

	test.each([
		['somebody else', { operator: OTHER }],
		['the operator in other words', { comment: 'Restarted' }],
	])('stays unknown when %s submitted one in the same moment', async (_name, fields) => {
		lose('resetBefore');
		await expectUnknown('submitSolution', {}, (ticket) => {
			ticket.status = 'INCIDENT_STATUS_RESOLVED';
			ticket.history.push(entry('commitSolution1', fields));
		});
	});

	test('that the history lacks stays unknown when the ticket was verified', async () => {
		lose('resetAfter');
		await expectUnknown('submitSolution', {}, (ticket) => {
			ticket.status = 'INCIDENT_STATUS_COMPLETED';
			ticket.history = [entry('confirm', { operator: OTHER })];
		});
	});
});
