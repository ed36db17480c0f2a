// Times, as workflows bring them: any ISO 8601 text, dates of JavaScript and n8n, milliseconds.
import { describe, expect, test } from '@jest/globals';
import { OPERATOR, useCoc } from '../support/coc.cts';
import { operate, refusedInput } from '../support/operate.cts';

const coc = useCoc();
const fields = (startTime: unknown) => ({
	ticket: coc.ticket({ status: 'INCIDENT_STATUS_ACKNOWLEDGED' }),
	...{ operator: OPERATOR, type: 'a', cause: 'b', solution: 'c', serviceInterrupted: true },
	recoveryTime: 1_800_000_000_000,
	startTime,
});
async function sentAs(startTime: unknown, expression?: string, timezone?: string) {
	const parameters = expression === undefined ? {} : { startTime: expression };
	coc.timezone = timezone;
	const { success, failed } = await operate(coc, 'submitSolution', [fields(startTime)], {
		parameters,
	});
	expect(failed.map(({ json }) => json.error)).toEqual([]);
	return success[0]?.json.startTime;
}

test.each<[string, unknown, string]>([
	['UTC', '2026-03-22T15:15:06Z', '2026-03-22T15:15:06.000Z'],
	['a zone', '2026-03-22T15:15:06.789+05:30', '2026-03-22T09:45:06.789Z'],
	['a zone of hours', ' 2026-03-22 15:15-08 ', '2026-03-22T23:15:00.000Z'],
	['the basic format', '20260322T151506Z', '2026-03-22T15:15:06.000Z'],
	['nanoseconds', '2026-03-22T15:15:06.123456789Z', '2026-03-22T15:15:06.123Z'],
	['a leap day', '2028-02-29T00:00:00Z', '2028-02-29T00:00:00.000Z'],
	['milliseconds', 1_774_192_506_789, '2026-03-22T15:15:06.789Z'],
	['milliseconds as text', '1774192506789', '2026-03-22T15:15:06.789Z'],
])('%s', async (_name, given, expected) => {
	expect(await sentAs(given)).toBe(expected);
});

test.each([
	['a Date of JavaScript', "={{ new Date('2026-03-22T15:15:06Z') }}"],
	['a DateTime of n8n', "={{ DateTime.fromISO('2026-03-22T15:15:06Z') }}"],
	['a DateTime of n8n in another zone', "={{ '2026-03-22T16:15:06+01:00'.toDateTime() }}"],
])('%s', async (_name, expression) => {
	expect(await sentAs('', expression)).toBe('2026-03-22T15:15:06.000Z');
});

test.each([
	['Asia/Shanghai', '2026-03-22T15:15:06', '2026-03-22T07:15:06.000Z'],
	['Asia/Kolkata', '2026-03-22', '2026-03-21T18:30:00.000Z'],
	// Clocks go forward at 02:00 on 29 March and back at 03:00 on 25 October.
	['Europe/Berlin', '2026-03-29T01:59', '2026-03-29T00:59:00.000Z'],
	['Europe/Berlin', '2026-03-29T03:00', '2026-03-29T01:00:00.000Z'],
	['Europe/Berlin', '2026-10-25T03:00', '2026-10-25T02:00:00.000Z'],
	['America/St_Johns', '2026-07-01T12:00', '2026-07-01T14:30:00.000Z'],
])('a time without a zone is the workflow’s: %s, %s', async (timezone, given, expected) => {
	expect(await sentAs(given, undefined, timezone)).toBe(expected);
});

describe('what is no time is refused before anything is sent:', () => {
	test.each<[string, unknown]>([
		['words', 'yesterday'],
		['30 February', '2026-02-30T00:00:00Z'],
		['month 13', '2026-13-01T00:00:00Z'],
		['hour 24', '2026-03-22T24:00:00Z'],
		['minute 60', '2026-03-22T23:60:00Z'],
		['second 60', '2026-03-22T23:59:60Z'],
		['a day that comes first', '22/03/2026'],
		['seconds since 1970', 1_774_192_506],
		['a fraction of a millisecond', 1_774_192_506_789.5],
		['yes', true],
		['a list', [1_774_192_506_789]],
		['an object', { at: 1 }],
	])('%s', async (_name, given) => {
		const error = await refusedInput(coc, 'submitSolution', fields(given));
		expect(error).toContain("'Start Time' is no time. Nothing was sent. Enter a time as in 2026-");
	});
});
