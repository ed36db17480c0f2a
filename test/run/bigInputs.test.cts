// Thousands of items; `npm run bench -- big` measures ten times as many.
import { expect, test } from '@jest/globals';
import type { INode } from 'n8n-workflow';
import { byLength } from '../support/length.cts';
import { useCoc } from '../support/coc.cts';

const coc = useCoc();
/** Written to COC, over real sockets. */
const WRITES = byLength(400, 2000);
/** Nothing is sent for these. */
const ITEMS = byLength(1000, 5000);

const stopping: Partial<INode> = { onError: 'stopWorkflow' };
const quick: Partial<INode> = { parameters: { options: { concurrency: 100 } } };

const indices = Array.from({ length: WRITES }, (_, index) => index);

test('thousands of tickets are each verified once, and leave in the order they came in', async () => {
	const tickets = indices.map(() => coc.ticket());
	const { success, failed } = await coc.verify(
		tickets.map((ticket) => ({ ticket })),
		quick,
	);
	expect(failed).toEqual([]);
	expect(success.map(({ json }) => json.ticket)).toEqual(tickets);
	expect(success.map(({ pairedItem }) => pairedItem)).toEqual(indices.map((item) => ({ item })));
	const sent = coc.requests().map(({ ticket }) => ticket);
	expect(sent.toSorted()).toEqual(tickets.toSorted());
	expect(coc.standIn.peakConnections).toBeLessThanOrEqual(101);
}, 120_000);

test('thousands of items for one ticket wait for each other without piling up calls', async () => {
	const ticket = coc.ticket();
	const { success } = await coc.verify(
		Array.from({ length: ITEMS }, (_, index) => ({ ticket, comment: `Attempt ${index}` })),
		{ parameters: { options: { dryRun: true } } },
	);
	expect(success).toHaveLength(ITEMS);
	expect(success[ITEMS - 1]?.json.comment).toBe(`Attempt ${ITEMS - 1}`);
	expect(coc.requests().filter(({ applied }) => applied)).toEqual([]);
}, 120_000);

test.each(['continueRegularOutput', 'continueErrorOutput'] as const)(
	'thousands of refused items are all told apart (%s)',
	async (onError) => {
		const { success, failed } = await coc.verify(
			Array.from({ length: ITEMS }, () => ({ ticket: 'IM1', result: 'perhaps' })),
			{ onError },
		);
		const items = onError === 'continueErrorOutput' ? failed : success;
		expect(items).toHaveLength(ITEMS);
		expect(items[ITEMS - 1]?.json.error).toMatch(new RegExp(`\\[item ${ITEMS - 1}\\]$`));
		expect(coc.requests()).toEqual([]);
	},
	120_000,
);

test('when thousands of items stop halfway, the error stays short and counts them all', async () => {
	const items: Array<{ ticket: string }> = indices.map(() => ({ ticket: coc.ticket() }));
	items[WRITES / 2] = { ticket: 'IM 1' };
	const { executionError } = await coc.verify(items, { ...quick, ...stopping });
	const { message = '', description = '' } = executionError ?? {};
	expect(message.length + (description ?? '').length).toBeLessThan(3000);
	const applied = coc.requests().filter((request) => request.applied).length;
	expect(applied).toBeGreaterThanOrEqual(WRITES / 2);
	const groups = (description ?? '').matchAll(/(\d+) (applied|never sent) \(/g);
	const counts = [...groups].map((match) => match[1]);
	expect(counts).toEqual([`${applied}`, `${WRITES - applied}`]);
}, 120_000);
