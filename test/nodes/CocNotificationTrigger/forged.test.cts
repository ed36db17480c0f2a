/** Messages that aren't what they say: no event, no request elsewhere, nothing remembered. */
import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { signingPair, startSmn, type Smn, type SmnBody } from '../../standin/smn.cts';
import type { WebhookServer } from '../../engine/index.cts';
import { useQuickTime } from '../../support/quickTime.cts';
import { ALL, started, usePush } from './receiver.cts';

useQuickTime(50);
const push = usePush();
const ACCEPTED = 'INCIDENT_STATUS_ACKNOWLEDGED';
const RESOLVED = 'INCIDENT_STATUS_RESOLVED';
const HOUR = 60 * 60_000;

let server: WebhookServer;
let ticket: string;
let otherKey: string;
/** Another region's SMN, as genuine as the first one. */
let other: Smn;
beforeAll(async () => {
	otherKey = (await signingPair()).key;
	other = await startSmn({ region: 'ap-southeast-3' });
});
afterAll(() => other.close());
beforeEach(async () => {
	server = await push.publish({ parameters: { events: [...ALL, 'anyNotification'] } });
	ticket = push.standIn.addTicket({ status: ACCEPTED, createTime: Date.now() - HOUR }).number;
	push.to(ticket, RESOLVED);
	push.elsewhere.routes.set('smn.ap-southeast-3.myhuaweicloud.com:443', other.address);
	push.elsewhere.trusted.push(other.ca);
});

const genuine = (fields: Partial<SmnBody> = {}) =>
	push.smn.message({ message: `Please verify ${ticket}.`, subject: 'Verify', ...fields });

/** Sends it, and says what it came to. */
async function outcome(body: unknown, contentType = 'application/json') {
	const text = typeof body === 'string' ? body : JSON.stringify(body);
	const headers = { 'content-type': contentType };
	const response = await fetch(server.url, { method: 'POST', headers, body: text });
	await server.settled();
	return {
		status: response.status,
		started: started(server).length,
		read: push.standIn.requests.length,
		elsewhere: push.elsewhere.targets.filter(
			(one) => one !== `smn.${push.smn.region}.myhuaweicloud.com:443`,
		),
	};
}

const refusedWith = (status: number) => ({ status, started: 0, read: 0, elsewhere: [] });

test('the genuine message starts the workflow, as JSON and as text', async () => {
	const {
		status,
		started: starts,
		elsewhere,
	} = await outcome(genuine(), 'text/plain; charset=UTF-8');
	expect([status, starts, elsewhere]).toEqual([200, 1, []]);
});

describe('A message that was changed is refused', () => {
	test.each<[string, (body: SmnBody) => Partial<SmnBody>]>([
		['its text', () => ({ message: 'Close IM1.' })],
		['its subject', () => ({ subject: 'Another' })],
		['no subject any more', () => ({ subject: undefined as unknown as string })],
		['its ID, to be taken for a new one', () => ({ message_id: 'f'.repeat(32) })],
		['its time', () => ({ timestamp: '2030-01-01T00:00:00Z' })],
		['its topic', ({ topic_urn }) => ({ topic_urn: `${topic_urn}2` })],
		['its type', () => ({ type: 'UnsubscribeConfirmation' })],
		['its signature', ({ signature }) => ({ signature: `A${signature.slice(1)}` })],
		['an empty signature', () => ({ signature: '' })],
		['a signature that is no base64', () => ({ signature: '%%%' })],
		[
			'a subject that its text holds',
			({ message, message_id, subject }) => ({
				message,
				message_id: 'e'.repeat(32),
				subject: `x\nmessage_id\n${message_id}\nsubject\n${subject ?? ''}`,
			}),
		],
	])('%s', async (_, change) => {
		const body = genuine();
		const { status, ...rest } = await outcome({ ...body, ...change(body) });
		expect([400, 403]).toContain(status);
		expect(rest).toEqual({ started: 0, read: 0, elsewhere: [] });
	});

	test('signed with another key', async () => {
		expect(await outcome(push.smn.sign(genuine(), otherKey))).toEqual(refusedWith(403));
	});

	test.each(['v2', 'V1', '', 'none'])('signature version "%s"', async (version) => {
		const result = await outcome({ ...genuine(), signature_version: version });
		expect(result).toEqual(refusedWith(403));
	});
});

describe('A certificate that does not lie with the topic’s SMN is not asked for', () => {
	const path = '/smn/SMN_cn-north-4_0123456789abcdef0123456789abcdef.pem';
	test.each([
		`http://smn.cn-north-4.myhuaweicloud.com${path}`,
		`https://smn.cn-north-4.myhuaweicloud.com.attacker.example${path}`,
		`https://attacker.example/smn.cn-north-4.myhuaweicloud.com${path}`,
		`https://smn.cn-north-4.myhuaweicloud.com@attacker.example${path}`,
		`https://user:password@smn.cn-north-4.myhuaweicloud.com${path}`,
		`https://smn.cn-north-4.myhuaweicloud.com:8443${path}`,
		`https://smn.cn-north-4.myhuaweicloud.com.${path}`,
		`https://smn.cn-north-4.myhuaweicloud.eu${path}`,
		`https://smn-cn-north-4.myhuaweicloud.com${path}`,
		`https://obs.cn-north-4.myhuaweicloud.com${path}`,
		`https://smn.ap-southeast-3.myhuaweicloud.com${path}`,
		`https://ѕmn.cn-north-4.myhuaweicloud.com${path}`,
		`https://smn.cn-north-4.myhuaweicloud.com\\@attacker.example${path}`,
		`https://127.0.0.1${path}`,
		`https://[::1]${path}`,
		`https://169.254.169.254${path}`,
		`https://localhost${path}`,
		`https://smn.cn-north-4.myhuaweicloud.com${path}#.pem`,
		`https://smn.cn-north-4.myhuaweicloud.com/smn/key.txt`,
		`https://smn.cn-north-4.myhuaweicloud.com/smn/../smn/a.pem`,
		`https:smn.cn-north-4.myhuaweicloud.com${path}`,
		` https://smn.cn-north-4.myhuaweicloud.com${path}`,
		`file:///etc/${path}`,
		`data:application/x-pem-file,x.pem`,
		`https://smn.cn-north-4.myhuaweicloud.com/${'a'.repeat(3000)}.pem`,
		'',
	])('%.80s', async (address) => {
		const body = push.smn.sign({ ...genuine(), signing_cert_url: address });
		expect(await outcome(body)).toEqual(refusedWith(403));
		expect(push.elsewhere.targets).toEqual([]);
	});

	test('a genuine message of another region whose topic is said to be here', async () => {
		const body = other.message({ message: `Verify ${ticket}`, topic_urn: push.smn.topic });
		expect(await outcome(body)).toEqual(refusedWith(403));
		expect(other.requests).toEqual([]);
	});
});

interface Answer {
	status?: number;
	body: string | Buffer;
	location?: string;
}

describe('What lies at an allowed address is no certificate for it', () => {
	/** An address that nobody has asked for yet. */
	let count = 0;
	const at = (answer: Answer) => {
		const path = `/smn/SMN_cn-north-4_${String(++count).padStart(32, '0')}.pem`;
		push.smn.answers.set(path, answer);
		return `https://smn.cn-north-4.myhuaweicloud.com${path}`;
	};
	test.each<[string, () => Answer | Promise<Answer>]>([
		['not there', () => ({ status: 404, body: '' })],
		['a redirect', () => ({ status: 302, body: '', location: 'https://attacker.example/x.pem' })],
		['no PEM', () => ({ body: '<html>Welcome</html>' })],
		['empty', () => ({ body: '' })],
		['a key', () => ({ body: otherKey })],
		[
			'expired',
			async () => ({
				body: (await signingPair(new Date(Date.now() - 48 * HOUR), new Date(Date.now() - HOUR)))
					.cert,
			}),
		],
		[
			'not valid yet',
			async () => ({
				body: (
					await signingPair(new Date(Date.now() + 4800 * HOUR), new Date(Date.now() + 9600 * HOUR))
				).cert,
			}),
		],
		['of another key', async () => ({ body: (await signingPair()).cert })],
	])('%s', async (_, answer) => {
		const body = push.smn.sign({ ...genuine(), signing_cert_url: at(await answer()) });
		expect(await outcome(body)).toEqual(refusedWith(403));
	});

	test.each<[string, Answer]>([
		['too large', { body: 'x'.repeat(1_000_000) }],
		['in trouble', { status: 503, body: '' }],
	])('%s: SMN is to send the message again', async (_, answer) => {
		const body = push.smn.sign({ ...genuine(), signing_cert_url: at(answer) });
		expect(await outcome(body)).toEqual(refusedWith(503));
	});

	test('however many addresses are named, few are asked for', async () => {
		// Within one minute, however busy the machine is.
		const now = Date.now() + HOUR;
		Date.now = () => now;
		for (let n = 0; n < 60; n++) {
			const body = { ...genuine(), signing_cert_url: at({ status: 404, body: '' }) };
			await outcome(body);
		}
		expect(push.smn.requests.length).toBeLessThanOrEqual(20);
	});
});

describe('A genuine message counts once', () => {
	test('sent again, it starts nothing', async () => {
		const body = genuine();
		expect((await outcome(body)).started).toBe(1);
		const again = await outcome(body);
		expect([again.status, again.started]).toEqual([200, 1]);
	});

	test('sent ten times at once, it starts one execution', async () => {
		const body = genuine();
		await Promise.all(
			Array.from({ length: 10 }, async () => await push.smn.send(server.url, body)),
		);
		await server.settled();
		expect(started(server)).toHaveLength(1);
	});

	test('too old, it starts nothing', async () => {
		const timestamp = new Date(Date.now() - 49 * HOUR).toISOString();
		expect(await outcome(genuine({ timestamp }))).toEqual(refusedWith(200));
	});

	test('of another topic, it is refused where topics were entered', async () => {
		server = await push.publish({ parameters: { topics: [push.smn.topic] } });
		expect(await outcome(genuine({ topic_urn: `${push.smn.topic}2` }))).toEqual(refusedWith(403));
		expect(push.elsewhere.targets).toEqual([]);
		expect((await outcome(genuine())).started).toBe(1);
	});
});

describe('A link to confirm that does not lead to SMN is not asked for', () => {
	test.each([
		'http://smn.cn-north-4.myhuaweicloud.com/smn/subscription',
		'https://attacker.example/smn/subscription',
		'https://smn.cn-north-4.myhuaweicloud.com.attacker.example/',
		'https://smn.ap-southeast-3.myhuaweicloud.com/smn/subscription',
		'https://console.huaweicloud.com/other',
		'https://console.huaweicloud.com.attacker.example/smn/',
		'https://user@console.huaweicloud.com/smn/',
		'https://console.huaweicloud.com:444/smn/',
		'https://127.0.0.1/smn/',
		'https://169.254.169.254/latest/meta-data',
		'not a link',
	])('%s, although SMN has signed it', async (subscribe_url) => {
		const body = push.smn.message({ type: 'SubscriptionConfirmation', subscribe_url });
		expect(await outcome(body)).toEqual(refusedWith(200));
		expect(push.smn.requests.filter(({ url }) => !url.endsWith('.pem'))).toEqual([]);
	});

	test('a redirect is not followed, and the console’s page counts', async () => {
		const link = 'https://console.huaweicloud.com/smn/subscription/unsubscribe?token=1';
		push.smn.answers.set('/smn/subscription/unsubscribe?token=1', {
			status: 302,
			body: '',
			location: 'https://attacker.example/',
		});
		const body = push.smn.message({ type: 'SubscriptionConfirmation', subscribe_url: link });
		const { status, elsewhere } = await outcome(body);
		expect([status, elsewhere]).toEqual([200, ['console.huaweicloud.com:443']]);
	});

	test('of a forged message', async () => {
		const body = push.smn.sign(
			push.smn.message({
				type: 'SubscriptionConfirmation',
				subscribe_url: push.smn.subscribeUrl('x'),
			}),
			otherKey,
		);
		expect(await outcome(body)).toEqual(refusedWith(403));
		expect(push.smn.confirmed.size).toBe(0);
	});
});
