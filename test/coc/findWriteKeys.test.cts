// How COC spells in its history what was done isn't published: v1's and v2's keys, in each of the
// three fields, prove the same.
import { describe, expect, test } from '@jest/globals';
import { built } from '../support/built.cts';
import type * as source from '../../nodes/coc/findWrite.ts';
import type * as historySource from '../../nodes/coc/history.ts';
import { reading } from './reading.cts';
import { knownOf, ME, recordOf, SINCE, STATUS, traceOf, type StatusName } from './records.cts';

const { findWrite } = built<typeof source>('nodes/coc/findWrite');
const { readHistory } = built<typeof historySource>('nodes/coc/history');

const TEXT = 'The spare part arrives on Monday';

/** The keys (HandleCocIncident, HandleIncident), the status after them, and what comes before. */
const rows: Array<[Parameters<typeof traceOf>[0], string[], StatusName, asked?: string]> = [
	['acceptance', ['acceptedIncident1', 'accepted'], 'accepted'],
	['handover', ['forwardOther1', 'unAcceptedForward', 'acceptedForward'], 'accepted'],
	['rejection', ['rejected'], 'rejected'],
	['reopening', ['ReOpen', 'Reopen'], 'triggered'],
	['agreement', ['agreed'], 'completed'],
	['solution', ['commitSolution1', 'commitSolution'], 'waiting'],
	['pauseRequest', ['incidentPause'], 'accepted'],
	['resumption', ['recovery'], 'accepted'],
	['levelRequest', ['incidentChangeLevel1', 'changeLevel'], 'accepted'],
	['approval', ['agreed'], 'accepted', 'incidentPause'],
	['approval', ['agreed'], 'accepted', 'changeLevel'],
	['refusal', ['rejected'], 'accepted', 'incidentPause'],
	['refusal', ['rejected'], 'accepted', 'incidentChangeLevel1'],
	['remark', ['addRemark'], 'accepted'],
];
const FIELDS = ['action', 'sub_action', 'final_sub_action'] as const;
const cells = rows.flatMap(([kind, keys, name, asked]) =>
	keys.flatMap((key) => FIELDS.map((field) => ({ kind, key, field, name, asked }))),
);

/** The record of a ticket whose history is this. */
function recordWith(name: StatusName, ...info: object[]) {
	const data = { total: info.length, info };
	const history = readHistory(reading({ error_code: 'GOM.00000000', data }), 'IM1');
	return { ...recordOf(STATUS[name]), history: history! };
}
const raw = (fields: object) => ({
	...{ ticket_id: 'IM1', action: 'process', operator: ME, comment: TEXT },
	...{ status: 'done', start_time: SINCE + 50 },
	...fields,
});
const before = (asked: string | undefined) =>
	asked === undefined
		? []
		: [raw({ action: asked, operator: 'other', comment: 'x', start_time: SINCE - 60_000 })];

describe.each(cells)(
	'$kind as $key in $field (after $asked)',
	({ kind, key, field, name, asked }) => {
		const trace = traceOf(kind, { text: TEXT });
		const found = (fields: object = {}) =>
			findWrite(
				trace,
				recordWith(name, ...before(asked), raw({ [field]: key, ...fields })),
				knownOf(),
			).shows;

		test('is found', () => {
			expect(found()).toBe('applied');
		});

		test('is found by the status of the entry, where it is a documented one', () => {
			expect(found({ status: STATUS[name] })).toBe('applied');
		});

		test('is found when its time is a text, as v2 gives it', () => {
			expect(found({ start_time: String(SINCE + 50) })).toBe('applied');
		});

		test('proves nothing when somebody else did it, or its time can’t be read', () => {
			expect(found({ operator: 'other' })).toBe('unclear');
			expect(found({ start_time: '2026-03-22 15:15:06' })).toBe('unclear');
		});
	},
);

test('a key that is new to the node proves nothing, in our words', () => {
	for (const key of ['accepted2', 'ACCEPTED', 'addRemark1']) {
		const record = recordWith('accepted', raw({ action: key }));
		expect(findWrite(traceOf('remark', { text: TEXT }), record, knownOf()).shows).toBe('unclear');
	}
});

test('an entry of another ticket proves nothing', () => {
	const record = recordWith('accepted', raw({ action: 'addRemark', ticket_id: 'IM2' }));
	expect(findWrite(traceOf('remark', { text: TEXT }), record, knownOf()).shows).toBe('absent');
});

test('a history that is cut proves nothing', () => {
	const info = [raw({ action: 'changeLevel', comment: 'x', operator: 'other' })];
	const answer = reading({ error_code: 'GOM.00000000', data: { total: 2, info } });
	const record = { ...recordOf(STATUS.accepted), history: readHistory(answer, 'IM1')! };
	expect(findWrite(traceOf('remark', { text: TEXT }), record, knownOf()).shows).toBe('unclear');
});
