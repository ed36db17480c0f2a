// After a lost answer: comments in COC's own spelling, and answers without a time.
import { describe, expect, test } from '@jest/globals';
import { outcomes, withOptions } from '../../support/watch.cts';
import { COMMENT, entry, submitted, useLostVerifications } from './lostVerification.cts';
import { useQuickTime } from '../../support/quickTime.cts';

useQuickTime();
const { coc, lose, meanwhile } = useLostVerifications();
const MINUTE = 60_000;

/** COC stores comments in a way of its own. */
function storing(store: (comment: string) => string) {
	meanwhile((ticket) => {
		for (const one of coc.entries(ticket)) one.comment = store(one.comment ?? '');
	});
}
const verifyWith = async (comment: string, result: boolean) => {
	const ticket = coc.ticket();
	lose('resetAfter');
	const run = await coc.verify([{ ticket, result, comment }]);
	return { outcome: outcomes(run)[0], sent: coc.writes(ticket).length };
};

describe('a comment that COC stores in a way of its own', () => {
	const comment = 'Café: memory & disk < 80 %\r\n“back”  (alarm 4711)';
	const entities = (text: string) => text.replace(/&/g, '&amp;').replace(/</g, '&lt;');

	test.each<[string, (text: string) => string]>([
		['line ends', (text) => text.replace(/\r\n/g, '\n')],
		['HTML entities', entities],
		['HTML entities twice', (text) => entities(entities(text))],
		['numeric entities', (text) => text.replace(/[^\w\s]/g, (one) => `&#${one.codePointAt(0)};`)],
		['decomposed letters', (text) => text.normalize('NFD')],
		['single blanks', (text) => text.replace(/\s+/g, ' ')],
		['non-breaking spaces', (text) => text.replace(/ /g, '\u00a0')],
	])('is found all the same: %s', async (_name, store) => {
		for (const result of [true, false]) {
			storing(store);
			expect(await verifyWith(comment, result)).toEqual({ outcome: 'recovered', sent: 1 });
		}
	});

	test.each<[string, (text: string) => string]>([
		['cut', (text) => text.slice(0, 20)],
		['with question marks', (text) => text.replace(/[^\x20-\x7e]/g, '?')],
		['without signs', (text) => text.replace(/[^\w\s]/g, '')],
		['without anything', () => ''],
	])('in a way that isn’t known is neither claimed nor sent again: %s', async (_name, store) => {
		for (const result of [true, false]) {
			storing(store);
			expect(await verifyWith(comment, result)).toEqual({ outcome: 'unknown', sent: 1 });
		}
	});
});

describe('when COC’s answers have no Date', () => {
	const lookFirst = withOptions({ ifAlreadyVerified: 'succeed' });
	const run = async (ticket: string, result: boolean, node = {}) => {
		const { success, failed } = await coc.verify([{ ticket, result, comment: COMMENT }], node);
		const { error = '' } = failed[0]?.json ?? {};
		const [outcome] = outcomes({ success, failed });
		return { outcome, error, sent: coc.writes(ticket).length };
	};
	const noDate = () => (coc.standIn.quirks.date = () => null);

	test('what was recorded isn’t claimed, and the message says why', async () => {
		noDate();
		lose('resetAfter');
		const { outcome, error, sent } = await run(coc.ticket(), true);
		expect({ outcome, sent }).toEqual({ outcome: 'unknown', sent: 1 });
		expect(error).toContain(
			"COC's answers have no usable Date header, so that it is not known when",
		);
	});

	test('what was not recorded is sent once more', async () => {
		noDate();
		lose('resetBefore');
		expect(await run(coc.ticket(), false)).toMatchObject({ outcome: 'applied', sent: 2 });
	});

	test('with a look beforehand, COC’s own times tell what is new', async () => {
		for (const result of [true, false]) {
			noDate();
			const before = entry({ at: Date.now() - 5 * MINUTE, comment: 'Still failing' });
			const ticket = coc.ticket({ history: [before, submitted(Date.now() - MINUTE)] });
			lose('resetAfter');
			expect(await run(ticket, result, lookFirst)).toMatchObject({ outcome: 'recovered', sent: 1 });
		}
	});

	test('what this operator verified earlier in the same words is not taken for it', async () => {
		noDate();
		const before = [entry({ at: Date.now() - 5 * MINUTE }), submitted(Date.now() - MINUTE)];
		for (const node of [{}, lookFirst]) {
			lose('resetBefore');
			const ticket = coc.ticket({ history: before.map((one) => ({ ...one })) });
			const { outcome } = await run(ticket, true, node);
			expect(outcome).toBe(node === lookFirst ? 'applied' : 'unknown');
		}
	});
});
