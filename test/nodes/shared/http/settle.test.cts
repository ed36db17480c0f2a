import { Readable } from 'node:stream';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type * as source from '../../../../nodes/shared/http/settle.ts';
import { requireAsCore } from '../../../engine/index.cts';
import { built } from '../../../support/built.cts';
import { BODIES, FORM, NO_FORM, TYPES } from './bodies.cts';
import { essence, type Helper, isSigned, type Options, startRecorder } from './wire.cts';

const { settle } = built<typeof source>('nodes/shared/http/settle');
const FormData = requireAsCore('form-data') as new () => {
	append(name: string, value: unknown, more?: object): void;
};

const TODAY = 'httpRequestWithAuthentication';
const LEGACY = 'requestWithAuthentication';

let recorder: Awaited<ReturnType<typeof startRecorder>>;
let base: string;

beforeAll(async () => {
	recorder = await startRecorder();
	base = `http://${recorder.host}`;
});
afterAll(() => recorder.close());

/** What arrives when it is signed; fails when the signature is over anything else. */
async function signed(helper: Helper, options: Options) {
	const request = await recorder.send(helper, options, 'signedApi');
	expect(request && { ...essence(request), signed: isSigned(request) }).toEqual(
		request && { ...essence(request), signed: true },
	);
	return request;
}

/** The same, and fails when n8n sends anything else by itself. */
async function signedAsSent(helper: Helper, make: () => Options) {
	const plain = await recorder.send(helper, make(), 'plainApi');
	const request = await signed(helper, make());
	expect(essence(request)).toEqual(essence(plain));
	return essence(request);
}

/** The same address and body in every dialect. */
const DIALECTS: Array<[name: string, helper: Helper, options: () => Options]> = [
	['by a node of today', TODAY, () => ({ url: `${base}/v1/x` })],
	['in the legacy dialect', LEGACY, () => ({ uri: `${base}/v1/x` })],
	['in the legacy dialect as JSON', LEGACY, () => ({ uri: `${base}/v1/x`, json: true })],
	['by the HTTP Request node', LEGACY, () => ({ uri: `${base}/v1/x`, ...HTTP_REQUEST_NODE })],
];
const HTTP_REQUEST_NODE = {
	gzip: true,
	rejectUnauthorized: true,
	followRedirect: false,
	resolveWithFullResponse: true,
	timeout: 300_000,
	encoding: null,
	json: false,
	useStream: true,
};

describe.each(DIALECTS)('a body sent %s', (_name, helper, options) => {
	describe.each(TYPES)('with the content type %s', (type) => {
		const more = (body: () => unknown, method: string | undefined) => ({
			...options(),
			method,
			body: body(),
			headers: { 'X-Own': '1', ...(type !== undefined && { 'content-type': type }) },
		});

		test.each(Object.entries(BODIES))('is signed as it arrives: %s', async (name, body) => {
			const differs = helper === TODAY && type === FORM && NO_FORM.includes(name);
			for (const method of ['POST', 'GET', 'DELETE', undefined]) {
				if (differs) await signed(helper, more(body, method));
				else await signedAsSent(helper, () => more(body, method));
			}
		});
	});
});

describe('a form in the legacy dialect', () => {
	const values = () => ({ a: 'é +&', list: ['x', 'y'], deep: { er: [1, { z: null }] }, none: '' });
	const legacy = (more: Options) => ({ method: 'POST', uri: `${base}/form`, ...more });

	test.each<[string, () => Options]>([
		['an object', () => ({ form: values() })],
		['a text', () => ({ form: 'a=1&b=é' })],
		['with a content type', () => ({ form: values(), headers: { 'Content-Type': FORM } })],
		['with another type', () => ({ form: values(), headers: { 'content-type': 'text/plain' } })],
		['with lists repeated', () => ({ form: values(), useQuerystring: true })],
		['beside a body', () => ({ form: { b: 2 }, body: { a: 1 } })],
		[
			'beside a body of its type',
			() => ({ form: { b: 2 }, body: { a: 1 }, headers: { 'content-type': FORM } }),
		],
		[
			'of its type with lists repeated',
			() => ({ body: values(), useQuerystring: true, headers: { 'content-type': FORM } }),
		],
		['empty', () => ({ form: {} })],
	])('is signed as it arrives: %s', async (_name, make) => {
		for (const json of [undefined, true, false]) {
			expect(await signedAsSent(LEGACY, () => legacy({ ...make(), json }))).toBeDefined();
		}
	});
});

describe('multipart and streams', () => {
	const file = () => Buffer.from('%PDF-1.7 é');
	const formData = () => {
		const form = new FormData();
		form.append('note', 'é');
		form.append('file', file(), { filename: 'ä.pdf', contentType: 'application/pdf' });
		return form;
	};
	const fields = () => ({ note: 'é', file: { value: file(), options: { filename: 'a.pdf' } } });
	const type = { 'content-type': 'multipart/form-data' };

	test.each<[string, Helper, () => Options]>([
		['a form of a node of today', TODAY, () => ({ body: formData() })],
		['parts of a node of today', TODAY, () => ({ body: { a: 'b' }, headers: type })],
		['a form of the HTTP Request node', LEGACY, () => ({ formData: formData(), json: false })],
		['parts of older HTTP Request nodes', LEGACY, () => ({ formData: fields(), json: true })],
		['parts by their type', LEGACY, () => ({ body: { a: 'b' }, headers: { ...type } })],
		['a stream of a node of today', TODAY, () => ({ body: Readable.from([file()]) })],
		[
			'a stream of the HTTP Request node',
			LEGACY,
			() => ({
				body: Readable.from([file()]),
				json: false,
				headers: { 'content-type': 'application/pdf', 'content-length': file().length },
			}),
		],
	])('are signed without their payload: %s', async (_name, helper, make) => {
		const address = helper === TODAY ? 'url' : 'uri';
		const options = () => ({ [address]: `${base}/upload`, method: 'POST', ...make() });
		const plain = await recorder.send(helper, options(), 'plainApi');
		const request = await signed(helper, options());
		expect(request?.body.length).toBeGreaterThan(5);
		expect(essence(request)).toEqual(essence(plain));
		expect(request?.headers['x-sdk-content-sha256']).toBe('UNSIGNED-PAYLOAD');
	});
});

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
			expect(() => settle(options)).toThrow('Invalid URL');
		}
	});
});

test.each<[string, Options]>([
	['a host', { Host: 'coc.example:8443' }],
	['a payload that is left out', { 'X-Sdk-Content-Sha256': 'UNSIGNED-PAYLOAD' }],
	['two content types', { 'Content-Type': FORM, 'content-type': 'application/json' }],
	['names with an underscore', { my_name: 'x' }],
])('own headers are sent and don’t break the signature: %s', async (_name, headers) => {
	for (const body of [{ a: 1 }, ' {"a": 1} ']) {
		const sent = { method: 'POST', body, headers };
		expect(await signed(TODAY, { url: base, ...sent })).toBeDefined();
		expect(await signed(LEGACY, { uri: base, ...sent })).toBeDefined();
	}
});

describe('a request in the legacy dialect that can’t be told from one of today', () => {
	test.each(TYPES)('has a good signature all the same, with the content type %s', async (type) => {
		const headers = () => ({ ...(type !== undefined && { 'content-type': type }) });
		for (const [method, json] of [
			['POST', undefined],
			['POST', true],
			['PUT', false],
			['GET', true],
		]) {
			for (const body of Object.values(BODIES)) {
				const options = { url: `${base}/v1/x`, method, json, body: body(), headers: headers() };
				await signed(LEGACY, options);
			}
		}
	});

	test.each(['text', { part: 'é' }, Buffer.from('b')])('nor as multipart: %p', async (body) => {
		const headers = { 'content-type': 'multipart/form-data' };
		const options = { url: base, method: 'POST', body, headers };
		expect((await signed(LEGACY, options))?.headers['x-sdk-content-sha256']).toBeDefined();
	});
});

test('settling again changes nothing, as when n8n sends a request once more', () => {
	for (const type of TYPES) {
		for (const body of Object.values(BODIES)) {
			const address = 'https://coc.example/a b';
			for (const more of [
				{ url: address, body: body() },
				{ uri: address, body: body() },
				{ uri: address, form: body() },
			]) {
				const headers = { Host: 'coc.example', ...(type && { 'Content-Type': type }) };
				const once = settle({ method: 'POST', qs: { a: ['é', ' '] }, headers, ...more });
				expect(settle(once.options)).toEqual(once);
			}
		}
	}
});

test('what was passed is not changed', () => {
	const body = Object.freeze({ a: 1 });
	const options = { uri: 'https://coc.example', qs: Object.freeze({ a: 1 }), body, form: body };
	settle(Object.freeze({ ...options, headers: Object.freeze({ A: 'b' }) }));
});
