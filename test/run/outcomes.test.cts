// Every way in which COC, or the way to it, fails: its outcome, its message, its details.
import { describe, expect, test } from '@jest/globals';
import { cocRefuses } from './faults/coc.cts';
import { gatewayRefuses } from './faults/gateway.cts';
import { trouble } from './faults/trouble.cts';
import { unread } from './faults/unread.cts';
import { refusedWithoutWords } from './faults/wordless.cts';
import { forbidReading } from '../support/coc.cts';
import { useWatchedCoc, withOptions } from '../support/watch.cts';
import { useQuickTime } from '../support/quickTime.cts';

useQuickTime();
const coc = useWatchedCoc();

const CHECK_FIRST = 'It may have been applied: check the ticket before repeating.';

describe.each([
	['refused', [...cocRefuses, ...gatewayRefuses, ...refusedWithoutWords]],
	['unknown', [...unread, ...trouble]],
] as const)('%s:', (outcome, rows) => {
	test.each(rows)(
		'$name',
		async ({ fault, says = [], applied = false, timeout = 5000, sends = 1, ...row }) => {
			// What was read back is another matter: here, nothing can be.
			if (outcome === 'unknown') forbidReading(coc);
			const node = withOptions({ timeout, concurrency: 1 });
			const [ticket, other, stopped] = [coc.ticket(), coc.ticket(), coc.ticket()];

			coc.standIn.fault({ ...fault, times: sends, match: { ticket } });
			const { success, failed } = await coc.verify([{ ticket }, { ticket: other }], node);
			expect(coc.writes(ticket)).toHaveLength(sends);
			expect(coc.standIn.tickets.get(ticket)?.history).toHaveLength(applied ? 1 : 0);
			expect(success.map(({ json }) => json.ticket)).toEqual([other]);
			expect(failed).toHaveLength(1);

			const { error = '', details } = failed[0]?.json ?? {};
			expect(details).toEqual({
				outcome,
				ticket,
				errorCode: row.errorCode ?? null,
				httpStatus: row.httpStatus,
				requestId: row.requestId === undefined ? expect.stringMatching(/^\w{32}$/) : row.requestId,
				hint: expect.stringMatching(/\S/),
				possible: null,
				fields: null,
			});
			for (const part of [ticket, ...says, details?.hint ?? '']) expect(error).toMatch(part);
			expect(error).toMatch(/\[item 0\]$/);
			if (outcome === 'unknown') expect(error).toContain(CHECK_FIRST);
			else expect(error).toMatch(/nothing was changed/i);

			coc.standIn.fault({ ...fault, times: sends, match: { ticket: stopped } });
			const items = [{ ticket: stopped }];
			const stop = await coc.verify(items, { ...node, onError: 'stopWorkflow' });
			expect(coc.writes(stopped)).toHaveLength(sends);
			expect(stop.executionError).toMatchObject({
				name: 'NodeApiError',
				context: { itemIndex: 0 },
				node: { name: 'COC Incident' },
				...(row.failure && { failure: row.failure }),
			});
			if (outcome === 'unknown') expect(stop.executionError).not.toHaveProperty('failure.cause');
			expect(stop.executionError?.message).toBe(
				outcome === 'unknown'
					? `It is not known whether ticket ${stopped} was verified. Check before you repeat this.`
					: `Ticket ${stopped} was not verified. Nothing was changed.`,
			);
			for (const part of says) expect(stop.executionError?.description).toMatch(part);
		},
	);
});
