/** Headers and statuses as n8n's helper hands them on. */
import { CHARACTERS, type Random } from '../../support/random.cts';
import { SECRET } from './json.cts';

const VALUES: Record<string, readonly unknown[]> = {
	'retry-after': [
		...['0', '1', ' 30 ', '-5', '1.5', '30s', 'soon', 'soon 5', '1e9', '９', '999999999', '0x10'],
		...['Tue, 24 Nov 2026 09:01:00 GMT', 'Sat, 01 Jan 0000 00:00:00 GMT', 'Infinity', 'NaN'],
		...['Tue, 99 Foo 2026 99:99:99 GMT', '9'.repeat(400), 'Fri, 31 Dec 275760 00:00:00 GMT'],
	],
	date: [
		...['Tue, 24 Nov 2026 09:00:00 GMT', 'Tuesday, 24-Nov-26 09:00:00 GMT', 'now', 'x 1', 'May 5'],
		...['2026-11-24T09:00:00Z', '0', '1795510800000', 'Tue, 24 Nov 2026', 'GMT', '-1', 'Mon 2'],
		...[
			'Sat, 13 Sep 275760 00:00:00 GMT',
			'Thu, 01 Jan 1970 00:00:00 GMT',
			`Mon ${'('.repeat(9000)}`,
		],
	],
	'x-request-id': ['r-1', ' ', 'a\tb', 'a\r\nX: b', '\u202e1', `id-${SECRET}`, 'x'.repeat(9000)],
	location: [
		...['/a', '//evil.example', 'https://evil.example/', 'https://', 'javascript:alert(1)', '::::'],
		...['https://bücher.example/', `https://${'a'.repeat(9000)}.example/`, 'http://[::1', '\0'],
		...[
			`https://x.example/?t=${SECRET}`,
			`https://${SECRET}.example/`,
			'data:,a',
			'https://a:b@c/',
		],
	],
	'content-type': ['application/json', 'text/html', 'x', ''],
	'content-length': ['5', '-1', '1e9'],
};
const NAMES = [...Object.keys(VALUES), '__proto__', 'constructor', 'Date', 'RETRY-AFTER'];

export function anyHeaders(random: Random): Record<string, unknown> {
	const entries = random.some(5, () => {
		const name = random.pick(NAMES);
		return [name, anyValue(random, VALUES[name] ?? ['x'])] as const;
	});
	if (random.once(5000)) entries.push([random.pick(NAMES), 'x '.repeat(2_000_000)]);
	// As own properties, `__proto__` too.
	return Object.fromEntries(entries);
}

function anyValue(random: Random, values: readonly unknown[]): unknown {
	switch (random.below(10)) {
		case 0:
			return random.text(30, CHARACTERS);
		case 1:
			return random.pick([undefined, null, 5, 0, NaN, true, {}, [], Symbol('x'), { length: 1 }]);
		case 2:
			return [random.pick(values), random.pick(values)];
		default:
			return random.pick(values);
	}
}

/** 100–599, those of COC and its gateway more often than others, and some that HTTP doesn't have. */
export function anyStatus(random: Random): number {
	if (random.once(50)) return random.pick([0, -200, 99, 600, 999, 1200, 200.5]);
	if (random.once(3)) return 100 + random.below(500);
	return random.pick([
		200, 200, 200, 200, 201, 204, 206, 299, 302, 400, 401, 403, 404, 408, 429, 500, 503,
	]);
}
