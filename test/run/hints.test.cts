// What stands beside the output: a dry run, recovered items, unknown ones.
import { describe, expect, test } from '@jest/globals';
import type * as source from '../../nodes/run/runHints.ts';
import { built } from '../support/built.cts';
import { forbidReading, NODE, type Verification } from '../support/coc.cts';
import { useQuickTime } from '../support/quickTime.cts';
import { outcomes, useWatchedCoc, withOptions } from '../support/watch.cts';

useQuickTime();
const coc = useWatchedCoc();
const { runHints } = built<typeof source>('nodes/run/runHints');
const hintsOf = ({ runData }: Verification) =>
	(runData[NODE]?.[0]?.hints ?? []).map(({ type, message }) => `${type}: ${message}`);

describe('a dry run', () => {
	test('says that nothing was sent', async () => {
		const run = await coc.verify([{}, {}], withOptions({ dryRun: true }));
		expect(hintsOf(run)).toEqual([
			"warning: Dry run: nothing was sent. Remove the option 'Dry Run' to send it.",
		]);
	});

	test('of some items says of how many', async () => {
		const items = [{ dry: true }, { dry: false }, { dry: true }];
		const run = await coc.verify(items, withOptions({ dryRun: '={{ $json.dry }}' }));
		expect(hintsOf(run)).toEqual([
			expect.stringContaining('Dry run: nothing was sent for 2 of 3 items.'),
		]);
	});
});

test('what was recovered is counted', async () => {
	coc.standIn.fault({ kind: 'resetAfter', times: 1 });
	const run = await coc.verify([{}, {}], withOptions({ concurrency: 1 }));
	expect(outcomes(run)).toEqual(['recovered', 'applied']);
	expect(hintsOf(run)).toEqual([expect.stringMatching(/^info: 1 item is recovered: .*lost/)]);
});

test('what is unknown is counted and named, with what to do', async () => {
	forbidReading(coc);
	const ticket = coc.ticket();
	coc.standIn.fault({ kind: 'resetAfter', match: { ticket } });
	const run = await coc.verify([{}, { ticket }], {
		...withOptions({ concurrency: 1 }),
		onError: 'continueRegularOutput',
	});
	expect(outcomes(run)).toEqual(['applied', 'unknown']);
	expect(hintsOf(run)).toEqual([
		`warning: 1 item is unknown (${ticket}): what was sent may have been applied. Look at each of them in COC, and repeat only what isn't there.`,
	]);
});

test('of many that are unknown five tickets are named', () => {
	const unknown = ['IM1', 'IM2', 'IM3', 'IM4', 'IM5', 'IM6'];
	const [hint] = runHints({ ofItems: unknown.map(() => ['unknown']), named: { unknown } });
	expect(hint?.message).toContain('6 items are unknown (IM1, IM2, IM3, IM4, IM5 …): ');
});

test('a run without any of them has no hint', async () => {
	expect(hintsOf(await coc.verify([{}, { comment: '' }]))).toEqual([]);
});
