// Options > Dry Run of each change of a ticket.
import { describe, expect, test } from '@jest/globals';
import { CHANGES, changes } from '../support/changes.cts';
import { useCoc } from '../support/coc.cts';
import { operate } from '../support/operate.cts';

const coc = useCoc();
const closed = () => ({ status: 'INCIDENT_STATUS_COMPLETED' }) as const;

describe.each(CHANGES)('a dry run of %s', (operation) => {
	const { fields, ticket } = changes[operation];

	test.each([
		['while it is possible', ticket, true],
		['of a ticket that is closed', closed, false],
	])('%s sends nothing, and says whether COC would accept it', async (_when, now, expected) => {
		const number = coc.ticket({ history: [], ...now() });
		const before = structuredClone(coc.standIn.tickets.get(number));
		const { success, failed } = await operate(coc, operation, [{ ticket: number, ...fields }], {
			parameters: { options: { dryRun: true } },
		});
		if (!expected && ['approve', 'refuse'].includes(operation)) {
			// What would be sent depends on the request that waits.
			expect(failed).toMatchObject([{ json: { details: { outcome: 'notSent' } } }]);
		} else {
			expect(success).toMatchObject([{ json: { outcome: 'dryRun', wouldBeAccepted: expected } }]);
		}
		expect(coc.standIn.tickets.get(number)).toEqual(before);
	});
});

test('the output of Reopen says what is changed, in words', async () => {
	const number = coc.ticket(changes.reopen.ticket());
	const { success } = await operate(coc, 'reopen', [{ ticket: number }], {
		parameters: {
			options: { dryRun: true },
			updateFields: {
				...{ level: 'level_10', assigneeScene: 'night', assigneeRole: 'db' },
				startTime: 1_774_163_706_000,
			},
		},
	});
	expect(success[0]?.json).toMatchObject({
		...{ level: 'P1', assigneeScene: 'night', assigneeRole: 'db' },
		startTime: '2026-03-22T07:15:06.000Z',
	});
});
