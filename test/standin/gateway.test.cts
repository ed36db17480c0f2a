import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import {
	call,
	CREATE,
	DETAIL,
	HANDLE,
	LIST,
	refuses,
	stops,
	succeeds,
	verifying,
} from './client.cts';
import { type StandIn, startStandIn } from './index.cts';

let standIn: StandIn;
let now = 1_795_510_800_000;

beforeAll(async () => {
	standIn = await startStandIn({ now: () => now });
});
afterAll(() => standIn.close());

describe('a token', () => {
	const DAY = 24 * 60 * 60 * 1000;

	test.each([
		['missing', null],
		['unknown', 'unknown'],
		['empty', ''],
	])('that is %s is refused, and nothing changes', async (_what, token) => {
		const ticket = standIn.addTicket();
		const body = verifying(ticket.number);
		stops(await call(standIn, HANDLE, { body, token }), 401, 'APIGW.0301');
		expect(ticket.status).toBe('INCIDENT_STATUS_RESOLVED');
		expect(standIn.requests.at(-1)).toMatchObject({ userId: null, applied: false, status: 401 });
	});

	test('lives for 24 hours', async () => {
		const token = standIn.issueToken();
		now += DAY - 1;
		expect((await call(standIn, LIST, { token })).status).toBe(200);
		now += 1;
		stops(await call(standIn, LIST, { token }), 401, 'APIGW.0301');
	});

	test('may live shorter', async () => {
		const token = standIn.issueToken({ expiresInMs: 1000 });
		now += 1000;
		stops(await call(standIn, LIST, { token }), 401, 'APIGW.0301');
	});

	test('can be ended early; others live on', async () => {
		const [ended, other] = [standIn.issueToken(), standIn.issueToken({ userId: 'somebody' })];
		standIn.expireToken(ended);
		stops(await call(standIn, LIST, { token: ended }), 401, 'APIGW.0301');
		expect((await call(standIn, LIST, { token: other })).status).toBe(200);
		expect(standIn.requests.at(-1)?.userId).toBe('somebody');
	});
});

describe('permissions', () => {
	const body = {};
	test.each([
		['coc:ticket:create', CREATE, { body }],
		['coc:ticket:action', HANDLE, { body }],
		['coc:ticket:get', `${DETAIL}/IM1`, {}],
		['coc:ticket:list', LIST, {}],
	])('%s is needed for %s', async (permission, path, wanted) => {
		const all = ['coc:ticket:create', 'coc:ticket:action', 'coc:ticket:get', 'coc:ticket:list'];
		const without = standIn.issueToken({ permissions: all.filter((one) => one !== permission) });
		stops(await call(standIn, path, { ...wanted, token: without }), 403, 'APIGW.0302');
		const withIt = standIn.issueToken({ permissions: [permission] });
		expect((await call(standIn, path, { ...wanted, token: withIt })).status).not.toBe(403);
	});
});

describe('there is no such API', () => {
	test.each([
		['GET', HANDLE],
		['PUT', HANDLE],
		['POST', LIST],
		['POST', `${DETAIL}/IM1`],
		['DELETE', `${DETAIL}/IM1`],
		['GET', `${DETAIL}/`],
		['GET', `${DETAIL}/IM1/`],
		['GET', `/${LIST}`],
		['GET', '/'],
		['POST', '/v1/external/incident/handlE'],
	])('as %s %s', async (method, path) => {
		stops(await call(standIn, path, { method }), 404, 'APIGW.0101');
	});
});

describe('a body', () => {
	test.each([
		['no JSON', '{"incident_num":'],
		['empty', ''],
		['no UTF-8', Buffer.from('{"incident_num":"\xff"}', 'latin1')],
	])('that is %s is refused', async (_what, body) => {
		refuses(await call(standIn, HANDLE, { method: 'POST', body }), /not JSON/);
		expect(standIn.requests.at(-1)?.json).toBeUndefined();
	});

	test.each(['null', '[]', '"confirm"'])('that is %s is refused', async (body) => {
		refuses(await call(standIn, HANDLE, { body }), /body must be a JSON object/);
	});

	test.each(['text/plain', 'application/x-www-form-urlencoded', 'application/json;charset=gbk'])(
		'of type %s is refused',
		async (type) => {
			const { number } = standIn.addTicket();
			const headers = { 'Content-Type': type };
			refuses(await call(standIn, HANDLE, { body: verifying(number), headers }), /Content-Type/);
		},
	);

	test.each([
		'application/json',
		'application/json;charset=UTF-8',
		'application/json; charset=utf-8',
	])('of type %s is taken', async (type) => {
		const { number } = standIn.addTicket();
		const headers = { 'Content-Type': type };
		succeeds(await call(standIn, HANDLE, { body: verifying(number), headers }));
	});

	test('over 12 MB is refused', async () => {
		const body = Buffer.alloc(12 * 1024 * 1024 + 1, ' ');
		stops(await call(standIn, HANDLE, { body }), 413, 'APIGW.0201');
		refuses(await call(standIn, HANDLE, { body: body.subarray(1) }), /not JSON/);
	});
});

test('headers that are too large are refused', async () => {
	const token = 'x'.repeat(70_000);
	stops(await call(standIn, LIST, { token }), 494, 'APIGW.0201');
});

test('a long token is no obstacle', async () => {
	stops(await call(standIn, LIST, { token: 'x'.repeat(32_000) }), 401, 'APIGW.0301');
});

test('every answer has a date and a request id of its own', async () => {
	const ids = new Set<unknown>();
	for (const path of [LIST, LIST, '/nowhere']) {
		const { headers } = await call(standIn, path);
		expect(Date.parse(headers.date ?? '')).not.toBeNaN();
		ids.add(headers['x-request-id']);
	}
	expect(ids.size).toBe(3);
});
