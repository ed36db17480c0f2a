// What COC's record proves of a write whose answer was lost.
import { describe, expect, test } from '@jest/globals';
import { built } from '../support/built.cts';
import type { HistoryEntry } from '../../nodes/coc/history.ts';
import type * as source from '../../nodes/coc/findWrite.ts';
import type * as last from '../../nodes/coc/lastVerification.ts';
import {
	knownOf as known,
	ME,
	OTHER,
	recordOf as record,
	SINCE,
	STATUS,
	traceOf,
} from './records.cts';

const { findWrite } = built<typeof source>('nodes/coc/findWrite');
const { lastResult } = built<typeof last>('nodes/coc/lastVerification');

const COMMENT = 'Memory & disk are fine again, alarm 4711';
const entry = (fields: Partial<HistoryEntry> = {}): HistoryEntry => ({
	...{ kind: 'verification', operator: ME, comment: COMMENT, at: SINCE + 50 },
	...fields,
});
const verification = (result: boolean) => traceOf('verification', { result, text: COMMENT });
const shows = (...args: Parameters<typeof findWrite>) => findWrite(...args).shows;

describe('a verification in COC’s own spelling', () => {
	test.each([
		'Memory &amp; disk are fine again, alarm 4711',
		'Memory & disk\r\nare fine again,\u00a0alarm 4711 ',
	])('is found: %j', (comment) => {
		const found = record(STATUS.completed, entry({ comment }));
		expect(shows(verification(true), found, known())).toBe('applied');
	});

	test('is that of an earlier item of the run, where it is', () => {
		const mine = known({ recorded: ['Memory & disk\nare fine again, alarm 4711'] });
		const comment = 'Memory &amp; disk are fine again, alarm 4711';
		const found = record(STATUS.waiting, entry({ comment }));
		expect(shows(verification(false), found, mine)).toBe('absent');
	});
});

describe('a ticket that waits again', () => {
	const solved = (at: number) => entry({ kind: 'solution', operator: OTHER, comment: 'x', at });

	test('was sent back, where it was solved twice without a verification between', () => {
		const found = record(STATUS.waiting, solved(SINCE + 500), solved(SINCE - 60_000));
		expect(shows(verification(false), found, known())).toBe('unclear');
	});

	test('was not, where the newest solution is older than the write', () => {
		const found = record(STATUS.waiting, solved(SINCE - 60_000), solved(SINCE - 120_000));
		expect(shows(verification(false), found, known())).toBe('absent');
	});
});

describe('what is merely similar is unclear, whatever the status', () => {
	test.each<[string, Partial<HistoryEntry>]>([
		['a comment that was cut', { comment: COMMENT.slice(0, 20) }],
		['a comment without signs', { comment: 'Memory disk are fine again alarm 4711' }],
		['a comment that is missing', { comment: null }],
		['an action that nobody knows, cut', { kind: 'unknown', comment: COMMENT.slice(0, 20) }],
		['another comment of the same operator', { comment: 'Something else' }],
	])('%s', (_what, fields) => {
		for (const status of Object.values(STATUS)) {
			for (const result of [true, false]) {
				const found = record(status, entry(fields));
				expect(shows(verification(result), found, known())).toBe('unclear');
			}
		}
	});

	test('an older one explains no status', () => {
		const old = entry({ comment: COMMENT.slice(0, 20), at: SINCE - 60_000 });
		const found = record(STATUS.completed, old);
		expect(shows(verification(true), found, known())).toBe('unclear');
		const others = record(STATUS.completed, { ...old, operator: OTHER });
		expect(shows(verification(true), others, known())).toBe('tooLate');
	});

	test('a solution that was cut', () => {
		const step = traceOf('solution', { text: 'Renewed the certificate of the payment gateway' });
		const told = entry({ kind: 'unknown', comment: 'Renewed the certif' });
		expect(shows(step, record(STATUS.accepted, told), known())).toBe('unclear');
	});
});

describe('without COC’s clock', () => {
	const timeless = (fields: Partial<source.KnownWrites> = {}) => known({ since: null, ...fields });
	const seen = (...entries: HistoryEntry[]) => timeless({ before: { entries, complete: true } });
	const old = entry({ at: SINCE - 60_000 });
	const solved = entry({ kind: 'solution', operator: OTHER, comment: null, at: SINCE - 30_000 });

	test('an entry is claimed when it is newer than all that were there before', () => {
		const found = record(STATUS.completed, old, solved, entry());
		expect(shows(verification(true), found, seen(old, solved))).toBe('applied');
		expect(shows(verification(true), record(STATUS.completed, entry()), seen())).toBe('applied');
	});

	test.each<[string, source.KnownWrites, HistoryEntry[]]>([
		['nobody looked before', timeless(), [entry()]],
		['the old one is all there is', timeless(), [old]],
		['one of another time is older than those before', seen(solved), [solved, old]],
		['one is of the same time', seen(solved), [solved, entry({ at: solved.at })]],
		['a time could not be read', seen({ ...solved, at: null }), [{ ...solved, at: null }, entry()]],
		['its own time can’t be read', seen(solved), [solved, entry({ at: null })]],
		['not all was there before', timeless({ before: { entries: [], complete: false } }), [entry()]],
		[
			'an earlier item of the run was applied',
			{ ...seen(solved), recorded: ['x'] },
			[solved, entry()],
		],
		['an earlier item may have been', { ...seen(solved), maybeRecorded: true }, [solved, entry()]],
		['there are two', seen(solved), [solved, entry(), entry({ at: SINCE + 90 })]],
	])('none is claimed when %s', (_what, when, entries) => {
		expect(shows(verification(true), record(STATUS.completed, ...entries), when)).toBe('unclear');
	});

	test('it says why', () => {
		const found = findWrite(verification(true), record(STATUS.completed, entry()), timeless());
		expect(found).toMatchObject({
			seen: expect.stringContaining("COC's answers have no usable Date header"),
		});
	});

	test('what isn’t there at all is proven absent, what somebody else did isn’t', () => {
		expect(shows(verification(false), record(STATUS.waiting, solved), timeless())).toBe('absent');
		const theirs = entry({ operator: OTHER, comment: 'Mine', at: SINCE - 60_000 });
		const found = record(STATUS.waiting, theirs, solved);
		expect(shows(verification(false), found, timeless())).toBe('unclear');
		expect(shows(verification(false), found, seen(theirs, solved))).toBe('absent');
		expect(shows(verification(false), found, seen(solved))).toBe('unclear');
	});
});

describe('an acceptance', () => {
	const accepted = entry({ kind: 'acceptance', operator: OTHER, at: SINCE - 60_000 });
	test('is too late where another one led to the status, whatever was refused since', () => {
		const refused = entry({ kind: 'refusal', operator: OTHER, at: SINCE - 30_000 });
		const found = record(STATUS.accepted, accepted, refused);
		expect(shows(traceOf('acceptance'), found, known())).toBe('tooLate');
	});

	test('is unclear after a handover', () => {
		const handed = entry({ kind: 'handover', operator: OTHER, at: SINCE - 30_000 });
		const found = record(STATUS.accepted, accepted, handed);
		expect(shows(traceOf('acceptance'), found, known())).toBe('unclear');
	});
});

describe('the last verification of a ticket that waits again', () => {
	const repeated = { operator: ME, result: false, comment: COMMENT };
	test.each<[string, Partial<HistoryEntry>, ReturnType<typeof lastResult>]>([
		['the same', {}, false],
		['the same in another spelling', { comment: COMMENT.replace('&', '&amp;') }, false],
		['the same, cut', { comment: COMMENT.slice(0, 20) }, 'similar'],
		['the same, without signs', { comment: 'Memory disk are fine again alarm 4711' }, 'similar'],
		['one without a comment', { comment: null }, 'similar'],
		['another comment', { comment: 'Still failing' }, null],
		['another operator', { operator: OTHER }, null],
	])('is %s', (_what, fields, result) => {
		expect(lastResult(record(STATUS.waiting, entry(fields)), repeated)).toBe(result);
	});

	test('is unknown among two of one moment', () => {
		const two = [entry({ comment: COMMENT.slice(0, 20) }), entry({ comment: 'Still failing' })];
		expect(lastResult(record(STATUS.waiting, ...two), repeated)).toBe('unknown');
	});
});
