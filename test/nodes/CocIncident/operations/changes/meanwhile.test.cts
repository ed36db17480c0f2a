// Between what COC offers and the change, and after it, others act: what isn't known isn't claimed.
import { beforeEach, describe, expect, test } from '@jest/globals';
import type { RecordedRequest, Ticket } from '../../../../standin/index.cts';
import { changes, V2_CHANGES, type V2ChangeName } from '../../../../support/changes.cts';
import { useCoc } from '../../../../support/coc.cts';
import { useIamUser } from '../../../../support/iamUser.cts';
import { ACTIONS, actionsSent, failureOf, operate } from '../../../../support/operate.cts';
import { byLength } from '../../../../support/length.cts';
import { useQuickTime } from '../../../../support/quickTime.cts';

// v2's record is read three times, five seconds and more apart.
useQuickTime(byLength(20, 5));
/** What happens to a ticket when its change arrives, and when it is settled what that gets. */
let onChange: (ticket: Ticket) => void;
let afterChange: (ticket: Ticket) => void;
const coc = useCoc({
	onRequest: (request) => meet(request, onChange),
	onAnswer: (request) => meet(request, afterChange),
});
const asIamUser = useIamUser(coc);
beforeEach(() => {
	onChange = afterChange = () => undefined;
});
function meet({ path, ticket }: RecordedRequest, then: (ticket: Ticket) => void) {
	if (ACTIONS.test(path)) then(coc.standIn.tickets.get(ticket!)!);
}
const run = (operation: V2ChangeName) => {
	const { ticket, fields } = changes[operation];
	return operate(coc, operation, [{ ticket: coc.ticket(ticket()), ...fields }]);
};
/** All of them at once: each waits for a record that stays as it is. */
const ofAll = async <T,>(
	look: (operation: V2ChangeName) => Promise<T>,
): Promise<Record<string, T>> =>
	Object.fromEntries(
		await Promise.all(V2_CHANGES.map(async (name) => [name, await look(name)] as const)),
	);
const each = <T,>(value: T): Record<string, T> =>
	Object.fromEntries(V2_CHANGES.map((name) => [name, value]));

describe.each(V2_CHANGES)('%s that COC refuses after it was offered', (operation) => {
	test('says what is possible now when it no longer is', async () => {
		onChange = ({ number }) => {
			coc.standIn.changeTicket(number, {
				...{ status: 'INCIDENT_STATUS_COMPLETED', approval: null, paused: false },
			});
		};
		const { error, outcome, possible, httpStatus } = failureOf(await run(operation));
		expect({ outcome, possible, httpStatus }).toEqual({
			...{ outcome: 'refused', possible: [], httpStatus: 400 },
		});
		expect(error).toMatch(/"The task [0-9a-f]{32} of IM\d+ does not wait\." \(GOM\.00007256/);
		expect(error).toContain(`offer that any more, the ticket's status is "Completed"`);
		expect(error).toContain('Possible now: nothing.');
		expect(actionsSent(coc)).toHaveLength(1);
	});

	test('gives COC’s own reason when it still is', async () => {
		const [code, message] = ['COC.00099999', 'Not on a Sunday.'];
		coc.standIn.fault({ kind: 'errorCode', code, message, status: 400, match: { path: ACTIONS } });
		const { error, outcome, possible, errorCode } = failureOf(await run(operation));
		expect({ outcome, possible, errorCode }).toEqual({
			...{ outcome: 'refused', possible: null, errorCode: code },
		});
		expect(error).toContain(`"${message}" (${code}, HTTP 400)`);
		expect(error).toContain('Nothing was changed. Check that');
		expect(actionsSent(coc)).toHaveLength(1);
	});

	test('by a task that was used up meanwhile is not sent by another one', async () => {
		// Somebody has moved the ticket, and it came back.
		onChange = (ticket) => void ticket.moves++;
		const { outcome, error } = failureOf(await run(operation));
		expect(outcome).toBe('refused');
		expect(error).toContain('does not wait');
		expect(actionsSent(coc)).toHaveLength(1);
	});

	test('stays refused when what is possible can’t be read then', async () => {
		coc.standIn.fault({
			...{ kind: 'errorCode', code: 'COC.00099999', message: 'No.', status: 400 },
			match: { path: ACTIONS },
		});
		onChange = () =>
			coc.standIn.fault({ kind: 'status', status: 403, times: 9, match: { path: /tasks$/ } });
		const { outcome, errorCode, possible } = failureOf(await run(operation));
		expect({ outcome, errorCode, possible }).toEqual({
			...{ outcome: 'refused', errorCode: 'COC.00099999', possible: null },
		});
	});
});

describe.each([
	['an IAM user', true],
	['a token, which doesn’t say who acts', false],
])('with %s', (_who, isKnown) => {
	beforeEach(() => {
		if (isKnown) asIamUser();
	});

	test('a change that never arrived is not sent again once the ticket has moved on', async () => {
		coc.standIn.fault({ kind: 'resetBefore', times: 99, match: { path: ACTIONS } });
		afterChange = (ticket) => void ticket.moves++;
		const outcomes = await ofAll(async (name) => failureOf(await run(name)).outcome);
		expect(outcomes).toEqual(each('unknown'));
		expect(actionsSent(coc)).toHaveLength(V2_CHANGES.length);
	});

	test('a change that never arrived, on a ticket that stayed as it is, is sent once more', async () => {
		coc.standIn.fault({ kind: 'resetBefore', times: V2_CHANGES.length, match: { path: ACTIONS } });
		const found = await ofAll(async (operation) => {
			const { ticket, fields } = changes[operation];
			const number = coc.ticket(ticket());
			const earlier = coc.standIn.tickets.get(number)!.history.length;
			const { success } = await operate(coc, operation, [{ ticket: number, ...fields }]);
			return {
				outcome: success[0]?.json.outcome,
				sends: actionsSent(coc, number).length,
				recorded: coc.standIn.tickets.get(number)!.history.length - earlier,
			};
		});
		expect(found).toEqual(each({ outcome: 'applied', sends: 2, recorded: 1 }));
	});
});

test('a change that COC carried out counts, and is not sent again', async () => {
	asIamUser();
	coc.standIn.fault({ kind: 'resetAfter', times: V2_CHANGES.length, match: { path: ACTIONS } });
	const found = await ofAll(async (name) => {
		const { success } = await run(name);
		return success.map(({ json }) => [json.outcome, json.response]);
	});
	expect(found).toEqual(each([['recovered', null]]));
	expect(actionsSent(coc)).toHaveLength(V2_CHANGES.length);
});
