import { describe, expect, test } from '@jest/globals';
import type * as source from '../../../nodes/auth/signing/urlEncoded.ts';
import { requireAsCore } from '../../engine/index.cts';
import { built } from '../../support/built.cts';
import { CHARACTERS, createRandom, LETTERS, type Random } from '../../support/random.cts';

const { stringifyQuery, stringifyForm } = built<typeof source>('nodes/auth/signing/urlEncoded');

interface Axios {
	AxiosHeaders: new (headers: Record<string, string>) => object;
	defaults: { transformRequest: Array<(data: unknown, headers: object) => unknown> };
}
// The very libraries that n8n works with.
const qs = requireAsCore('qs') as { stringify(values: unknown, options: object): string };
const { AxiosHeaders, defaults } = requireAsCore('axios') as Axios;
const axiosForm = (values: object) =>
	defaults.transformRequest[0]!(
		values,
		new AxiosHeaders({ 'Content-Type': 'application/x-www-form-urlencoded' }),
	);

const COUNT = 3000;

/** Whatever JSON, dates and bytes can make up. */
function values(random: Random, depth = 3): object {
	const text = () => random.text(6, random.once(2) ? LETTERS : CHARACTERS);
	const value = (left: number): unknown =>
		random.pick([
			text,
			() => random.below(1_000_000) / 8,
			() => random.pick([true, false, null, undefined, '', Number.NaN]),
			() => new Date(random.below(4_000_000_000) * 1000),
			() => random.some(left && 4, () => value(left - 1)),
			() => object(left),
		])();
	const object = (left: number): object =>
		// Axios trims names, and takes `[]` and `{}` at their ends for orders.
		Object.fromEntries(random.some(left && 5, () => [`a${text()}z`, value(left - 1)]));
	return object(depth);
}

describe.each(['indices', 'brackets', 'repeat', 'comma'])(
	'a query with lists as %s',
	(arrayFormat) => {
		test(`is what qs makes of it, for ${COUNT} generated ones`, () => {
			const random = createRandom(arrayFormat.length);
			for (let index = 0; index < COUNT; index++) {
				const query = values(random);
				const wanted = qs.stringify(query, { arrayFormat });
				if (stringifyQuery(query, arrayFormat) !== wanted) {
					expect({ query, text: stringifyQuery(query, arrayFormat) }).toEqual({
						query,
						text: wanted,
					});
				}
			}
		});

		test.each([
			[{ a: Buffer.from('é ') }],
			[{ a: [Buffer.from('é '), new Date(0)] }],
			[['x', ['y']]],
			['a text'],
			[null],
			[undefined],
		])('is what qs makes of %j', (query) => {
			expect(stringifyQuery(query, arrayFormat)).toBe(qs.stringify(query, { arrayFormat }));
		});
	},
);

test('a query has its lists with indices unless it is told, also by an unknown word', () => {
	for (const arrayFormat of [undefined, 'indices', 'unknown']) {
		expect(stringifyQuery({ a: ['b'] }, arrayFormat)).toBe('a%5B0%5D=b');
	}
});

test('half a character, which no address can hold, becomes the replacement character', () => {
	expect(stringifyQuery({ a: 'b\ud800c', '\udc00': '' })).toBe('a=b%EF%BF%BDc&%EF%BF%BD=');
});

test(`a form is what Axios makes of it, for ${COUNT} generated ones`, () => {
	const random = createRandom(1);
	for (let index = 0; index < COUNT; index++) {
		const form = values(random);
		const wanted = axiosForm(form);
		if (stringifyForm(form) !== wanted) {
			expect({ form, text: stringifyForm(form) }).toEqual({ form, text: wanted });
		}
	}
});
