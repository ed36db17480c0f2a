import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import type { INode } from 'n8n-workflow';
import { startFixtureServer } from './fixture/server.cts';
import { fixtureWorkflow } from './fixture/workflow.cts';
import { callHelper, httpRequestNode, loadPackage, runWorkflow, testCredential } from './index.cts';
import type { Packages, RunOptions, StoredCredential } from './index.cts';

let packages: Packages;
let server: Awaited<ReturnType<typeof startFixtureServer>>;
let credential: StoredCredential;

beforeAll(async () => {
	packages = await loadPackage(join(__dirname, 'fixture'));
});
beforeEach(async () => {
	server = await startFixtureServer();
	credential = { id: 'f', name: 'Fixture', type: 'fixtureApi', data: { url: server.url } };
});
afterEach(() => server.close());

/** Runs the fixture workflow with one item for each path. */
async function run(paths: string[], settings?: Partial<INode>, more?: Partial<RunOptions>) {
	return await runWorkflow({
		packages,
		credentials: { f: credential },
		input: paths.map((path) => ({ path })),
		workflow: fixtureWorkflow(settings),
		...more,
	});
}

describe('a workflow', () => {
	test('runs from the trigger’s items through expressions to the last node', async () => {
		const result = await run(['me', 'other']);
		expect(result.executionError).toBeUndefined();
		expect(result.status).toBe('success');
		expect(result.outputs('Done').map(({ json }) => [json.path, json.answer])).toEqual([
			['me', { state: 'active' }],
			['other', {}],
		]);
		expect(result.pairedWith('Start', 'Done', 1).json).toEqual({ path: 'other' });
	});

	test('starts with one empty item when it is given none', async () => {
		const { outputs } = await run(
			[],
			{ parameters: { path: 'me' } },
			{ input: undefined as never },
		);
		expect(outputs('Start')).toEqual([{ json: {}, pairedItem: { item: 0 } }]);
	});

	test.each([1, 2])('uses version %d of a node with several versions', async (typeVersion) => {
		const result = await run(['me'], { typeVersion });
		expect(result.outputs('Call')[0]?.json.version).toBe(typeVersion);
	});

	test('ends with the error of the node that failed', async () => {
		const result = await run(['broken', 'me']);
		expect(result.status).toBe('error');
		expect(result.executionError?.message).toBe('The service was not able to process your request');
		expect(result.executionError).toHaveProperty('node.name', 'Call');
		expect(result.outputs('Done')).toEqual([]);
	});

	test('ends with n8n’s own words when a required parameter is empty', async () => {
		const result = await run(['me'], { parameters: {} });
		expect(result.status).toBe('error');
		expect(result.executionError?.message).toContain('Parameter "Path" is required');
		expect(server.requests).toEqual([]);
	});

	test('is refused in n8n’s own words when a node type is unknown', async () => {
		const result = run(['me'], { type: 'n8n-nodes-fixture.nothing' });
		await expect(result).rejects.toThrow('Unrecognized node type: n8n-nodes-fixture.nothing');
	});
});

describe('a failed item', () => {
	test('goes on with the others in Continue mode, paired with its input', async () => {
		const result = await run(['me', 'broken', 'other'], { onError: 'continueRegularOutput' });
		expect(result.status).toBe('success');
		expect(result.outputs('Done').map(({ json }) => json.error ?? json.path)).toEqual([
			'me',
			'The service was not able to process your request',
			'other',
		]);
		expect(result.pairedWith('Start', 'Done', 1).json).toEqual({ path: 'broken' });
	});

	test('leaves by the error output, and pairing resolves on both outputs', async () => {
		const result = await run(['broken', 'me'], { onError: 'continueErrorOutput' });
		expect(result.outputs('Call', 0)).toHaveLength(1);
		expect(result.outputs('Call', 1)).toHaveLength(1);
		expect(result.pairedWith('Start', 'Call', 0, 0).json).toEqual({ path: 'me' });
		expect(result.pairedWith('Start', 'Call', 0, 1).json).toEqual({ path: 'broken' });
	});

	test('makes Retry On Fail run the node again with all items', async () => {
		const retry = { retryOnFail: true, maxTries: 2, waitBetweenTries: 1 };
		const result = await run(['me', 'broken'], retry);
		expect(result.status).toBe('error');
		const paths = server.requests.map((request) => request.split(' ')[1]);
		expect(paths).toEqual(['/login', '/me', '/broken', '/me', '/broken']);
	});
});

test('stopping an execution ends the request that is under way', async () => {
	const stop = new AbortController();
	void server.hanging.then(() => stop.abort());
	server.sessions.add('valid');
	credential.data.session = 'valid';
	const result = await run(['hang', 'me'], {}, { signal: stop.signal });
	expect(result.status).toBe('canceled');
	await server.hungUp;
	expect(server.requests).toEqual(['GET /hang valid']);
});

describe('a credential', () => {
	test('reaches a node with defaults and expressions, without what it does not declare', async () => {
		const url = `={{ "${server.url}" }}`;
		credential.data = { url, nickname: 'not displayed', other: 'not declared' };
		const result = await run(['me']);
		expect(result.outputs('Call')[0]?.json.credential).toEqual({
			url: server.url,
			user: 'someone',
			session: '',
			allowedHttpRequestDomains: 'all',
		});
	});

	test('logs in once for all items and keeps the session', async () => {
		await run(['me', 'me', 'me']);
		expect(server.requests.filter((request) => request.includes('login'))).toEqual([
			'POST /login  {"user":"someone"}',
		]);
		expect(credential).toMatchObject({ preAuthentications: 1, data: { session: 'session-1' } });
	});

	test('logs in again when its session is refused', async () => {
		credential.data.session = 'expired';
		const result = await run(['me']);
		expect(result.status).toBe('success');
		expect(server.requests).toEqual([
			'GET /me expired',
			'POST /login  {"user":"someone"}',
			'GET /me session-2',
		]);
		expect(credential.data.session).toBe('session-2');
	});

	test('that is restricted to certain domains logs in nowhere else', async () => {
		Object.assign(credential.data, {
			allowedHttpRequestDomains: 'domains',
			allowedDomains: 'coc.example',
		});
		const result = await run(['me']);
		expect(result.executionError?.message).toContain('restricted from accessing 127.0.0.1');
		expect(server.requests).toEqual([]);
	});

	test('can be changed while a workflow runs', async () => {
		credential.data.session = 'first';
		server.sessions.add('first').add('second');
		await run(
			['me', 'me'],
			{},
			{
				onLog: ({ message }) => {
					if (message === 'Running node "Call" started') credential.data.session = 'second';
				},
			},
		);
		expect(server.requests).toEqual(['GET /me second', 'GET /me second']);
	});
});

describe('the credential test', () => {
	test('succeeds after a new log-in, whose session is stored', async () => {
		credential.data.session = 'old';
		expect(await testCredential(packages, credential)).toEqual({
			status: 'OK',
			message: 'Connection successful!',
		});
		expect(credential.data.session).toBe('session-1');
	});

	test.each([
		['a rule for its status', '/forbidden', 'Not for you'],
		['a rule for its body', '/locked', 'The account is locked'],
	])('fails by %s', async (_rule, path, message) => {
		credential.data.url = server.url + path;
		expect(await testCredential(packages, credential)).toEqual({ status: 'Error', message });
	});

	test('shows the bare code when the host cannot be reached', async () => {
		await server.close();
		const result = await testCredential(packages, credential);
		expect(result).toEqual({ status: 'Error', message: 'ECONNREFUSED' });
	});
});

describe('another node with the credential', () => {
	test('is authenticated in both dialects', async () => {
		server.sessions.add('valid');
		credential.data.session = 'valid';
		await callHelper(
			packages,
			{ helper: 'httpRequestWithAuthentication', options: { url: `${server.url}/me` } },
			credential,
		);
		const url = `${server.url}/new`;
		const response = await httpRequestNode(
			packages,
			{ url, method: 'POST', body: { a: 1 } },
			credential,
		);
		expect(response).toMatchObject({ statusCode: 200, body: '{}' });
		expect(server.requests).toEqual(['GET /me valid', 'POST /new valid {"a":1}']);
	});

	test('follows redirects as the HTTP Request node does', async () => {
		server.sessions.add('valid');
		credential.data.session = 'valid';
		const response = await httpRequestNode(packages, { url: `${server.url}/moved` }, credential);
		expect(response.body).toBe('{"state":"active"}');
	});

	test('throws what the helper throws', async () => {
		const request = httpRequestNode(packages, { url: `${server.url}/broken` }, credential);
		await expect(request).rejects.toMatchObject({ name: 'NodeApiError', httpCode: '500' });
	});
});

test('a dump holds what went into items, errors and logs', async () => {
	credential.data.user = 'secret-user';
	const secretInItem = await run(['me']);
	expect(secretInItem.dump()).toContain('secret-user');
	const secretInError = await run(['broken'], { notes: 'secret-note' });
	expect(secretInError.dump()).toContain('secret-note');
	expect(secretInError.dump()).toContain('A call went wrong');
});

test('nothing is left on the disk', () => {
	expect(process.env.N8N_USER_FOLDER).toBeTruthy();
	expect(existsSync(process.env.N8N_USER_FOLDER ?? '')).toBe(false);
});
