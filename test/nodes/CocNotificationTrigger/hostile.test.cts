/** Callers that send anything: no event, no request elsewhere, and nothing that grows. */
import { connect } from 'node:net';
import { gzipSync } from 'node:zlib';
import { beforeEach, describe, expect, test } from '@jest/globals';
import type { WebhookServer } from '../../engine/index.cts';
import { byLength } from '../../support/length.cts';
import { createRandom, type Random } from '../../support/random.cts';
import { ALL, started, usePush } from './receiver.cts';

type Body = string | Buffer | URLSearchParams;

const push = usePush();
const EVENTS = { events: [...ALL, 'anyNotification'] };
const SEED = 20_261_128;
const ROUNDS = byLength(400, 5000);

let server: WebhookServer;
beforeEach(async () => {
	server = await push.publish({ parameters: EVENTS });
});

async function status(body: Body, contentType = 'application/json', more = {}): Promise<number> {
	const headers = { 'content-type': contentType, ...more };
	const response = await fetch(server.url, { method: 'POST', headers, body });
	await response.text();
	return response.status;
}

/** What must not have happened. */
async function expectNothing(): Promise<void> {
	await server.settled();
	expect(started(server)).toEqual([]);
	expect(push.standIn.requests).toEqual([]);
	expect(push.elsewhere.targets).toEqual([]);
}

describe('A body that is', () => {
	test.each<[string, () => Body, string, number[]]>([
		['empty', () => '', 'application/json', [400]],
		['no JSON', () => '{"type":', 'application/json', [422]],
		['no JSON, as text', () => '{"type":', 'text/plain', [403]],
		['null', () => 'null', 'text/plain', [403]],
		['a list', () => '[]', 'application/json', [403]],
		['of two megabytes', () => 'x'.repeat(2_000_000), 'text/plain', [413]],
		['of twenty megabytes', () => Buffer.alloc(20_000_000, 120), 'text/plain', [413]],
		['nested deeply', () => '['.repeat(200_000) + ']'.repeat(200_000), 'text/plain', [403]],
		[
			'a form',
			() => new URLSearchParams({ topic_urn: 'x' }),
			'application/x-www-form-urlencoded',
			[403],
		],
		['of several parts', () => 'x', 'multipart/form-data; boundary=x', [400]],
		['bytes that are no text', () => Buffer.from([0xff, 0xfe, 0x00, 0x80]), 'text/plain', [403]],
		['packed', () => gzipSync('{}'), 'text/plain', [403]],
		[
			'a message with a list for each field',
			() => '{"topic_urn":[],"type":{},"message":1}',
			'application/json',
			[400],
		],
		[
			'a message with names of objects',
			() => '{"topic_urn":"__proto__","__proto__":{"type":"Notification"}}',
			'text/plain',
			[400],
		],
	])('%s is refused', async (_, body, contentType, wanted) => {
		expect(wanted).toContain(await status(body(), contentType));
		await expectNothing();
	});

	test('slow, and never ends, holds up nobody', async () => {
		const { port, hostname } = new URL(server.url);
		const socket = connect(Number(port), hostname);
		socket.on('error', () => undefined);
		socket.write(
			`POST /webhook/coc HTTP/1.1\r\nHost: x\r\nContent-Type: text/plain\r\nContent-Length: 900\r\n\r\n{`,
		);
		await new Promise((resolve) => setTimeout(resolve, 50));
		expect(await status('{}')).toBe(403);
		socket.destroy();
		await expectNothing();
	});
});

/** Something that a field could hold. */
function anything(random: Random): unknown {
	const text = random.pick([
		'',
		'\n',
		'v1',
		'Notification',
		'urn:smn:cn-north-4:p:t',
		'urn:smn:..:p:t',
		'2026-11-28T00:00:00Z',
		'https://127.0.0.1/x.pem',
		'https://smn.cn-north-4.myhuaweicloud.com.evil.example/x.pem',
		'IM202403221515060171753781',
		'\u0000',
		'\ud800',
		'x'.repeat(5000),
		'../../etc/passwd',
		'{{ 1 }}',
		'={{ 1 }}',
	]);
	return random.pick<unknown>([
		text,
		text,
		text,
		random.below(9),
		null,
		true,
		[],
		{},
		[text],
		{ text },
		undefined,
	]);
}

test(`${ROUNDS} messages with parts replaced by anything get nothing`, async () => {
	const random = createRandom(SEED);
	const codes = new Map<number, number>();
	for (let round = 0; round < ROUNDS; round++) {
		const body: Record<string, unknown> = {
			...push.smn.message({ message: 'IM202403221515060171753781' }),
		};
		// Never a place of the real certificate: so each of them is refused before anything is asked.
		body.signing_cert_url = anything(random);
		for (let changes = random.below(4); changes > 0; changes--) {
			body[random.pick(Object.keys(body))] = anything(random);
		}
		if (random.once(5)) delete body[random.pick(Object.keys(body))];
		body.signing_cert_url = anything(random);
		const code = await status(
			JSON.stringify(body),
			random.pick(['application/json', 'text/plain']),
		);
		codes.set(code, (codes.get(code) ?? 0) + 1);
	}
	await expectNothing();
	expect([...codes.keys()].filter((code) => code !== 400 && code !== 403)).toEqual([]);
	expect(JSON.stringify(server.store).length).toBeLessThan(1000);
}, 300_000);

test(`${ROUNDS} genuine messages with some bytes changed get nothing`, async () => {
	const random = createRandom(SEED);
	// The certificate is known by then.
	await push.smn.send(server.url, push.smn.message({ type: 'UnsubscribeConfirmation' }));
	await server.settled();
	push.elsewhere.targets.length = 0;
	for (let round = 0; round < ROUNDS; round++) {
		const bytes = Buffer.from(
			JSON.stringify(push.smn.message({ message: 'IM202403221515060171753781' })),
		);
		const at = bytes.indexOf('"message_id"');
		// Not among what isn't signed, nor outside of the texts.
		bytes[at + 16 + random.below(20)]! ^= 1 + random.below(15);
		const code = await status(bytes, 'text/plain');
		expect([400, 403]).toContain(code);
	}
	await expectNothing();
}, 300_000);
