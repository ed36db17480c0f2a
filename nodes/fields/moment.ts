import { isoTime } from '../coc/json';
import type { Result } from '../coc/result';
import { isBlank } from './checks';
import { fieldOf, type Field, type Property } from './field';
import type { Input } from './input';

/** Year, month, day, then hour, minute, second and its fraction, then the zone. */
const ISO =
	/^(\d{4})-?(\d{2})-?(\d{2})(?:[T ](\d{2})(?::?(\d{2})(?::?(\d{2})(?:[.,](\d{1,9}))?)?)?\s?(Z|[+-]\d{2}(?::?\d{2})?)?)?$/i;

/** No time of an incident is older; a smaller number is one of seconds. In ms. */
const OLDEST_MS = 100_000_000_000;

/** A time, in ms since 1970. */
export function momentField(
	shape: Omit<Property, 'type' | 'default' | 'placeholder'>,
): Field<number> {
	return {
		...fieldOf(asMoment, {
			...shape,
			type: 'dateTime',
			default: '',
			placeholder: 'e.g. 2026-03-22T15:15:06Z',
		}),
		shown: (value) => ({ [shape.name]: isoTime(value) }),
	};
}

/**
 * A moment in ms since 1970: from an ISO 8601 text, a date of JavaScript or of n8n's `$now`, or ms.
 * Without a zone it is the workflow's time.
 */
function asMoment(value: unknown, label: string, input: Input): Result<number> {
	if (isBlank(value)) return { ok: false, reason: `'${label}' is empty` };
	const ms = readMoment(value, input.timeZone());
	if (ms !== null && Number.isSafeInteger(ms) && ms >= OLDEST_MS) return { ok: true, value: ms };
	return {
		ok: false,
		reason: `'${label}' is no time`,
		hint: 'Enter a time as in 2026-03-22T15:15:06Z, or in milliseconds since 1970.',
	};
}

function readMoment(value: unknown, timeZone: string): number | null {
	if (typeof value === 'number') return value;
	if (typeof value === 'object' && value !== null) {
		const inner: unknown = value.valueOf();
		return typeof inner === 'number' ? inner : null;
	}
	if (typeof value !== 'string') return null;
	const text = value.trim();
	return /^\d{12,14}$/.test(text) ? Number(text) : readIso(text, timeZone);
}

function readIso(text: string, timeZone: string): number | null {
	const [all, year, month, day, hour = '0', minute = '0', second = '0', fraction = '0', zone] =
		ISO.exec(text) ?? [];
	if (all === undefined) return null;
	const parts = [year, month, day, hour, minute, second].map(Number);
	const [y = 0, mo = 0, d = 0, h = 0, mi = 0, s = 0] = parts;
	const date = new Date(Date.UTC(y, mo - 1, d, h, mi, s, Number(`0.${fraction}`) * 1000));
	// 30 February would become a day in March.
	const isReal = date.getUTCDate() === d && date.getUTCHours() === h && mo <= 12 && mi <= 59;
	if (!isReal || s > 59) return null;
	const local = date.getTime();
	return zone === undefined ? inZone(local, timeZone) : local - offsetOf(zone);
}

/** "+05:30", "-08", "Z" in ms. */
function offsetOf(zone: string): number {
	const [, sign, hours, minutes = '0'] = /([+-])(\d{2}):?(\d{2})?/.exec(zone) ?? [];
	if (sign === undefined) return 0;
	return Number(`${sign}1`) * (Number(hours) * 60 + Number(minutes)) * 60_000;
}

/** The moment when clocks in a zone show this time. */
function inZone(local: number, timeZone: string): number {
	const guess = local - clockOffset(local, timeZone);
	return local - clockOffset(guess, timeZone);
}

/** How far clocks in a zone are ahead of UTC at a moment, in ms. */
function clockOffset(at: number, timeZone: string): number {
	try {
		const clock = new Intl.DateTimeFormat('en-US', {
			timeZone,
			timeZoneName: 'longOffset',
		}).formatToParts(at);
		return offsetOf(clock.find(({ type }) => type === 'timeZoneName')?.value ?? '');
	} catch {
		// A zone that this machine doesn't know.
		return 0;
	}
}
