/** The token appears in nothing that the credential or the node gives out. */
import { inspect } from 'node:util';
import { afterAll, beforeAll, beforeEach, expect, test } from '@jest/globals';
import type { OnError } from 'n8n-workflow';
import { loadPackage, runWorkflow } from '../engine/index.cts';
import { type Fault, type StandIn, startStandIn } from '../standin/index.cts';
import { expectNoSecret } from '../support/secretSearch.cts';
import { pressTest, requestWith, rejection, root, stored, withLogs } from './support.cts';
import { useQuickTime } from '../support/quickTime.cts';

useQuickTime();
let coc: StandIn;
let token: string;
beforeAll(async () => {
	coc = await startStandIn();
	token = coc.issueToken();
});
afterAll(() => coc.close());
beforeEach(() => coc.clearFaults());

const expectNoToken = (text: string) => expectNoSecret(text, [token]);

/** All faults in which a server, or what lies before it, hands the token back. */
const echoes: Array<[what: string, fault: (secret: string) => Fault]> = [
	['a refusal', (t) => ({ kind: 'errorCode', code: 'GOM.1', message: `No: ${t}`, status: 400 })],
	['a refusal with 200', (t) => ({ kind: 'errorCode', code: 'GOM.1', message: `No: ${t}` })],
	['the code', (t) => ({ kind: 'errorCode', code: `GOM.1 ${t}`, message: 'No.', status: 400 })],
	['the gateway', (t) => ({ kind: 'status', status: 401, message: `Bad token '${t}'.` })],
	['trouble', (t) => ({ kind: 'status', status: 500, message: `{"X-Auth-Token":"${t}"}` })],
	['a web page', (t) => ({ kind: 'raw', status: 200, body: `<html>${t}</html>` })],
	['a redirect', (t) => ({ kind: 'redirect', location: `https://login.invalid/?token=${t}` })],
	['its request id', (t) => raw({ error_code: 'GOM.1', request_id: t }, { 'X-Request-Id': t })],
	['IAM', (t) => raw({ error: { code: 401, message: t, title: t } })],
	['success', (t) => raw({ error_code: 'GOM.00000000', error_msg: t, data: { a: [t] } }, {}, 200)],
];
const raw = (body: object, headers: Record<string, string> = {}, status = 400): Fault => ({
	kind: 'raw',
	status,
	headers: { 'Content-Type': 'application/json', ...headers },
	body: JSON.stringify(body),
});

test('the search itself finds a token', () => {
	for (const text of [token, encodeURIComponent(token), btoa(`id:${token}`), btoa(token)]) {
		expect(() => expectNoToken(`… ${text} …`)).toThrow();
	}
});

/** Runs the node for one ticket; everything that is left afterwards, as one text. */
async function runNode(onError: OnError, data = { endpoint: coc.url, token }) {
	const { number } = coc.addTicket();
	const run = await runWorkflow({
		packages: await loadPackage(root),
		credentials: { c: stored(data) },
		workflow: {
			nodes: [
				{
					id: '1',
					name: 'Start',
					type: 'n8n-nodes-base.manualTrigger',
					typeVersion: 1,
					position: [0, 0],
					parameters: {},
				},
				{
					id: '2',
					name: 'Verify',
					type: 'n8n-nodes-huaweicloud-coc.cocIncident',
					typeVersion: 1,
					position: [0, 0],
					parameters: {
						ticket: { __rl: true, mode: 'number', value: number },
						operator: 'u',
						comment: 'ok',
					},
					credentials: { huaweiCloudCocApi: { id: 'c', name: 'COC' } },
					onError,
				},
			],
			connections: { Start: { main: [[{ node: 'Verify', type: 'main', index: 0 }]] } },
		},
	});
	const text = run.dump();
	expect(text).toContain(number);
	return text;
}

test.each(echoes)('when %s repeats it, the node does not', async (_what, fault) => {
	for (const onError of ['stopWorkflow', 'continueRegularOutput', 'continueErrorOutput'] as const) {
		coc.fault(fault(token));
		expectNoToken(await runNode(onError));
	}
});

test.each([
	['when the connection is lost', { kind: 'resetBefore' }],
	['when the answer breaks off', { kind: 'truncated' }],
	['when all is well', undefined],
] as Array<[string, Fault | undefined]>)('the node does not show it %s', async (_when, fault) => {
	for (const onError of ['stopWorkflow', 'continueRegularOutput', 'continueErrorOutput'] as const) {
		if (fault) coc.fault(fault);
		expectNoToken(await runNode(onError));
	}
});

test('the node shows neither a damaged token nor a bad endpoint', async () => {
	const damaged = `${token.slice(0, 30)}\n${token.slice(30)}`;
	const dumps = [
		await runNode('stopWorkflow', { endpoint: coc.url, token: damaged }),
		await runNode('continueErrorOutput', { endpoint: coc.url, token: damaged }),
		await runNode('stopWorkflow', { endpoint: `https://me:${token}@coc.example`, token }),
	];
	for (const text of dumps) {
		expectNoToken(text);
		expect(text).not.toContain(token.slice(0, 30));
		expect(text).not.toContain(token.slice(30));
	}
});

test.each(echoes)('when %s repeats it, the credential test does not', async (_what, fault) => {
	coc.fault(fault(token));
	const { result, logs } = await withLogs(() => pressTest({ endpoint: coc.url, token }));
	expectNoToken(inspect([result, logs], { depth: null }));
});

test('the credential test does not log it when the server is gone', async () => {
	const gone = await startStandIn();
	await gone.close();
	const { result, logs } = await withLogs(() => pressTest({ endpoint: gone.url, token }));
	expect(result.status).toBe('Error');
	expectNoToken(inspect([result, logs], { depth: null }));
});

test('a refused request of another node shows it nowhere, not even within its error', async () => {
	const url = 'https://coc.example/';
	const { result, logs } = await withLogs(() =>
		rejection(requestWith({ endpoint: coc.url, token }, { url })),
	);
	expectNoToken(inspect([result, logs], { depth: null, showHidden: true, customInspect: false }));
});
