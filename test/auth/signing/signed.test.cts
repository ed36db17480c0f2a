import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { callHelper, httpRequestNode, loadPackage, type Packages } from '../../engine/index.cts';
import { DETAIL, HANDLE, LIST, verifying } from '../../standin/client.cts';
import { type AccessKey, type StandIn, startStandIn } from '../../standin/index.cts';

let packages: Packages;
let standIn: StandIn;
let key: AccessKey;

beforeAll(async () => {
	packages = await loadPackage(join(__dirname, 'fixture'));
	standIn = await startStandIn({ tls: true, basePath: '/gateway/coc' });
	key = standIn.issueAccessKey({ userId: 'somebody' });
});
afterAll(() => standIn.close());

const credential = () => {
	const { accessKeyId, secretAccessKey } = key;
	return { id: 'c', name: 'C', type: 'signedApi', data: { accessKeyId, secretAccessKey } };
};

test('the gateway accepts a verification by a node of today', async () => {
	const ticket = standIn.addTicket();
	const options = {
		method: 'POST' as const,
		url: standIn.url + HANDLE,
		body: verifying(ticket.number, true, '验证通过 ✅'),
		skipSslCertificateValidation: true,
	};
	const call = { helper: 'httpRequestWithAuthentication', options } as const;
	expect(await callHelper(packages, call, credential())).toMatchObject({
		error_code: 'GOM.00000000',
	});
	expect(ticket.status).toBe('INCIDENT_STATUS_COMPLETED');
	expect(standIn.requests.at(-1)).toMatchObject({ userId: 'somebody', applied: true });
});

test('the gateway accepts a verification and a read by the HTTP Request node', async () => {
	const { number } = standIn.addTicket();
	const allowUnauthorizedCerts = true;
	for (const parameters of [
		{ url: standIn.url + HANDLE, method: 'POST' as const, body: verifying(number, false, 'é') },
		{ url: `${standIn.url}${DETAIL}/${number}` },
		{ url: `${standIn.url}${LIST}?limit=1&offset=1` },
	]) {
		const sent = { ...parameters, allowUnauthorizedCerts };
		const { statusCode, body } = await httpRequestNode(packages, sent, credential());
		expect([statusCode, JSON.parse(body)]).toMatchObject([200, { error_code: 'GOM.00000000' }]);
	}
});
