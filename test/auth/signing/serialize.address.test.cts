import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type * as source from '../../../nodes/auth/signing/serialize.ts';
import { built } from '../../support/built.cts';
import { LEGACY, startRecorder, TODAY } from './wire.cts';

const { serialize } = built<typeof source>('nodes/auth/signing/serialize');

let recorder: Awaited<ReturnType<typeof startRecorder>>;
let base: string;

beforeAll(async () => {
	recorder = await startRecorder();
	base = `http://${recorder.host}`;
});
afterAll(() => recorder.close());

const signed = (...sending: Parameters<typeof recorder.signed>) => recorder.signed(...sending);
const signedAsSent = (...sending: Parameters<typeof recorder.signedAsSent>) =>
	recorder.signedAsSent(...sending);

describe('a query', () => {
	const QUERIES: Record<string, () => unknown> = {
		none: () => undefined,
		empty: () => ({}),
		'plain values': () => ({ a: 1, b: true, c: '', d: null, e: undefined, 'ü[x]': 'é' }),
		'special characters': () => ({ "a !'()*~": " +&=#?%/:,$[]@!'()*~", '%41': '%41' }),
		Unicode: () => ({ 支付: '验证 ✅', '\u2028': '\ufeff' }),
		lists: () => ({ a: ['x', 'y', null, undefined, ''], b: [], c: [[1, 2], [3]], d: ['z'] }),
		nested: () => ({ a: { b: { c: 1 }, d: [{ e: 2 }, { e: 3 }] }, f: {} }),
		dates: () => ({ a: new Date(0), b: [new Date(1)] }),
	};

	describe.each(Object.entries(QUERIES))('of %s', (_name, qs) => {
		test.each([undefined, 'indices', 'brackets', 'repeat', 'comma'])(
			'is signed as it arrives, with lists as %s',
			async (arrayFormat) => {
				const url = `${base}/list`;
				const format = arrayFormat && { arrayFormat };
				await signedAsSent(TODAY, () => ({ url, qs: qs(), ...format }));
				for (const useQuerystring of [undefined, true, false]) {
					const legacy = { uri: url, useQuerystring, qsStringifyOptions: format };
					await signedAsSent(LEGACY, () => ({ ...legacy, qs: qs() }));
				}
			},
		);
	});

	test.each([{ useQuerystring: true }, { qsStringifyOptions: { arrayFormat: 'brackets' } }])(
		'in the legacy dialect without a `uri` is signed as it arrives: %j',
		async (more) => {
			const options = { url: `${base}/list`, qs: { a: ['x', 'y'] }, ...more };
			await signedAsSent(LEGACY, () => ({ ...options }));
		},
	);

	test('of form parameters is signed as it arrives', async () => {
		const qs = () => new URLSearchParams({ a: ' +é', b: '~*' });
		for (const arrayFormat of [{}, { arrayFormat: 'repeat' }]) {
			await signedAsSent(TODAY, () => ({ url: `${base}/list`, qs: qs(), ...arrayFormat }));
		}
		await signedAsSent(LEGACY, () => ({ uri: `${base}/list`, qs: qs() }));
	});
});

describe('an address', () => {
	test.each([
		...['', '/', '/a', '/a/', '/a//b', '/a/../b/./c', '/%2e%2e/a', '/a%2Fb', '/a%2fb+c', '/a b'],
		...['/é/✅', '/%C3%A9', '/%E9', '/%zz', '/%', "/(x)[y]|^{}'", '/a;b=c', '/a:b@c', '/\\a'],
		...['?', '?a', '?a=', '?=b', '?&&a=1&&', '?a=b=c', '?a=b+c', '?a=b%2Bc', '?b=1&a=2&a=1&A=0'],
		...['?a=%zz', '?é=✅', '?a=%E9', "?a='", '?a=?b', '?%61=%62', '?a=1#b', '#a?b=1', '?a=1;b=2'],
	])('is signed as it arrives: %s', async (path) => {
		for (const qs of [undefined, { z: 'ü', y: [1] }]) {
			expect(await signedAsSent(TODAY, () => ({ url: base + path, qs }))).toBeDefined();
			expect(await signedAsSent(LEGACY, () => ({ uri: base + path, qs }))).toBeDefined();
		}
	});

	test.each([
		['/v1/x', '/prefix'],
		['v1/x?a=1', '/prefix/'],
		['//v1/x', '/prefix//'],
		['/v1/x', '/?b=2'],
		['', '/prefix?a=1'],
		['http', '/prefix'],
	])('put together from %s and a base is signed as it arrives', async (path, prefix) => {
		const parts = { baseURL: base + prefix, qs: { z: 1 } };
		await signedAsSent(TODAY, () => ({ url: path, ...parts }));
		await signedAsSent(LEGACY, () => ({ url: path, ...parts }));
		await signedAsSent(LEGACY, () => ({ uri: path, ...parts }));
		expect(await signedAsSent(TODAY, () => ({ url: `${base}/own`, ...parts }))).toMatchObject({
			url: '/own?z=1',
		});
	});

	test('is `url` when there is a `uri` as well', async () => {
		const both = { url: `${base}/url`, uri: `${base}/uri`, qs: { a: 1 } };
		expect(await signedAsSent(LEGACY, () => ({ ...both }))).toMatchObject({ url: '/url?a=1' });
	});

	test('loses user name and password, which would replace the signature', async () => {
		const url = `http://user:secret@${recorder.host}/a`;
		for (const more of [{}, { auth: { username: 'u', password: 'p' } }]) {
			expect(await signed(TODAY, { url, ...more })).toBeDefined();
		}
		for (const more of [{}, { auth: { user: 'u', pass: 'p' } }, { auth: { bearer: 'b' } }]) {
			expect(await signed(LEGACY, { uri: url, ...more })).toBeDefined();
		}
	});

	test('that is none is refused', () => {
		for (const options of [{}, { url: '/a' }, { uri: 'coc' }, { url: 'http://' }]) {
			expect(() => serialize(options)).toThrow('Invalid URL');
		}
	});
});
