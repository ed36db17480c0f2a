import { Readable } from 'node:stream';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type * as source from '../../../nodes/auth/signing/serialize.ts';
import { requireAsCore } from '../../engine/index.cts';
import { built } from '../../support/built.cts';
import { byLength } from '../../support/length.cts';
import { BODIES, FORM, NO_FORM, TYPES } from './bodies.cts';
import { type Helper, LEGACY, type Options, startRecorder, TODAY } from './wire.cts';

const { serialize } = built<typeof source>('nodes/auth/signing/serialize');
const FormData = requireAsCore('form-data') as new () => {
	append(name: string, value: unknown, more?: object): void;
};

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

/** A short run takes one of them in turn. */
const OTHERS = ['GET', 'DELETE', undefined];
let turn = 0;

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
			for (const method of byLength(['POST', OTHERS[turn++ % 3]], ['POST', ...OTHERS])) {
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
		['beside a list', () => ({ form: { b: 2 }, body: [1] })],
		['beside bytes', () => ({ form: { b: 2 }, body: Buffer.from('x') })],
		['empty', () => ({ form: {} })],
		['without a `uri`', () => ({ uri: undefined, url: `${base}/form`, form: values() })],
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
	const webForm = () => {
		const form = new globalThis.FormData();
		form.append('note', 'é');
		return form;
	};
	const type = { 'content-type': 'multipart/form-data' };
	const form = { 'content-type': FORM };

	test.each<[string, Helper, () => Options]>([
		['a form of a node of today', TODAY, () => ({ body: formData() })],
		['parts of a node of today', TODAY, () => ({ body: { a: 'b' }, headers: type })],
		['a form of the HTTP Request node', LEGACY, () => ({ formData: formData(), json: false })],
		['parts of older HTTP Request nodes', LEGACY, () => ({ formData: fields(), json: true })],
		['a form of the web', TODAY, () => ({ body: webForm() })],
		['a blob', LEGACY, () => ({ body: new Blob(['blob é'], { type: 'text/plain' }) })],
		[
			'parts without a `uri`',
			LEGACY,
			() => ({ uri: undefined, url: `${base}/upload`, formData: fields() }),
		],
		['parts beside another type', LEGACY, () => ({ formData: fields(), headers: { ...form } })],
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
		const request = await signedAsSent(helper, options);
		expect(request?.body.length).toBeGreaterThan(5);
		expect(request?.headers['x-sdk-content-sha256']).toBe('UNSIGNED-PAYLOAD');
	});
});

test.each<[string, Record<string, string>]>([
	['two content types', { 'Content-Type': FORM, 'content-type': 'application/json' }],
	['names with an underscore', { my_name: 'x' }],
])('own headers are sent and don’t break the signature: %s', async (_name, headers) => {
	for (const body of [{ a: 1 }, ' {"a": 1} ']) {
		const sent = { method: 'POST', body, headers };
		expect(await signed(TODAY, { url: base, ...sent })).toBeDefined();
		expect(await signed(LEGACY, { uri: base, ...sent })).toBeDefined();
	}
});

test.each([
	['Host', 'coc.example:8443'],
	['X-Sdk-Content-Sha256', 'UNSIGNED-PAYLOAD'],
])('an own header %s is sent and signed', async (name, value) => {
	const { headers } = (await signed(TODAY, {
		url: base,
		method: 'POST',
		body: { a: 1 },
		headers: { [name]: value },
	}))!;
	expect(headers[name.toLowerCase()]).toBe(value);
	expect(headers.authorization).toMatch(new RegExp(`[=;]${name.toLowerCase()}[;,]`));
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
				const once = serialize({ method: 'POST', qs: { a: ['é', ' '] }, headers, ...more });
				expect(serialize(once.options)).toEqual(once);
			}
		}
	}
});

test('what was passed is not changed', () => {
	const body = Object.freeze({ a: 1 });
	const options = { uri: 'https://coc.example', qs: Object.freeze({ a: 1 }), body, form: body };
	serialize(Object.freeze({ ...options, headers: Object.freeze({ A: 'b' }) }));
});
