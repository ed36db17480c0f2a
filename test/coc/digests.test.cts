// Digests, hashes and whatever else looks like a signature belong to the data: they come out as COC
// has them, and are known again in its record. Only the credential's own secrets are hidden.
import { describe, expect, test } from '@jest/globals';
import { encoded } from '../support/charset.cts';
import { HANDLE, useDeployment } from '../support/deployment.cts';
import { list } from '../nodes/CocIncident/operations/getAll/support.cts';
import { operate } from '../support/operate.cts';
import { SUCCESS, useCoc } from '../support/coc.cts';

const coc = useCoc();
const d = useDeployment();
const DIGEST = `sha256:${'0123456789abcdef'.repeat(4)}`;
const COMMIT = 'c0ffee'.padEnd(64, '1');
const raw = (status: number, body: string | Buffer, contentType = 'application/json') =>
	coc.standIn.fault({ kind: 'raw', status, headers: { 'Content-Type': contentType }, body });
const envelope = (data: unknown) => JSON.stringify({ ...SUCCESS, data });

describe('a digest in a ticket', () => {
	const title = `Rollback of app@${DIGEST} fails`;
	const description = `Since commit ${COMMIT}.`;

	test.each([true, false])('is what Get gives (simplified: %p)', async (simplify) => {
		const ticket = coc.ticket({ title, description });
		const { success } = await operate(coc, 'get', [{ ticket }], { parameters: { simplify } });
		const { json } = success[0]!;
		expect(json).toMatchObject(
			simplify ? { title } : { incident_title: title, incident_description: description },
		);
	});

	test.each([true, false])('is what Get Many gives (simplified: %p)', async (simplify) => {
		coc.ticket({ title, description });
		expect(await list(coc, { simplify })).toMatchObject([
			simplify ? { title } : { title, description },
		]);
	});

	test('is what an applied answer says', async () => {
		raw(200, envelope({ image: DIGEST, [COMMIT]: 1 }));
		const { success } = await coc.verify([{}]);
		expect(success[0]?.json.response).toMatchObject({ data: { image: DIGEST, [COMMIT]: 1 } });
	});
});

describe('a comment with what is hidden elsewhere', () => {
	/** What a comment may hold, the credential's own token included. */
	const comments: Array<[string, () => string]> = [
		['an image digest', () => `Rolled back to app@${DIGEST}`],
		['nothing but a commit', () => COMMIT],
		['the credential’s own token', () => `The token was ${d.token}`],
	];
	const sends = (ticket: string) => d.writes().filter((request) => request.ticket === ticket);

	test.each(comments)('is known again after a lost answer: %s', async (_what, comment) => {
		d.coc.fault({ kind: 'resetAfter', match: { path: HANDLE } });
		const ticket = d.coc.addTicket().number;
		const item = { ticket, comment: comment(), result: false };
		const { success, failed } = await d.verify(d.credential('token'), [item]);
		expect(failed).toEqual([]);
		expect(success[0]?.outcome).toBe('recovered');
		expect(sends(ticket)).toHaveLength(1);
	});

	test.each(comments)('is known again by If Already Verified: %s', async (_what, comment) => {
		const ticket = d.coc.addTicket().number;
		const item = { ticket, comment: comment(), result: false };
		const node = { parameters: { options: { ifAlreadyVerified: 'succeed' } } };
		await d.verify(d.credential('token'), [item]);
		const { success } = await d.verify(d.credential('token'), [item], node);
		expect(success[0]?.outcome).toBe('alreadyVerified');
		expect(sends(ticket)).toHaveLength(1);
	});
});

describe('a refusal that repeats the request', () => {
	const signature = 'f00d'.repeat(16);

	test.each([
		['in its message', { error_code: 'APIGW.0301', error_msg: `Signature=${signature}` }, 401],
		['in its code', { error_code: `APIGW.0301 ${signature}`, error_msg: 'No' }, 401],
		['with success as status', { error_code: 'APIGW.0301', error_msg: signature }, 200],
		['as JSON of somebody else', { canonical: signature, message: signature }, 403],
	])('shows no signature %s', async (_where, body, status) => {
		raw(status, JSON.stringify({ ...body, canonicalRequest: `POST ${signature}` }));
		const { failed, dump } = await coc.verify([{}]);
		expect(failed).toHaveLength(1);
		expect(dump()).not.toContain(signature);
		expect(failed[0]?.json.error).toContain('***');
	});

	test('shows none in a page', async () => {
		raw(403, `<title>Blocked: ${signature.toUpperCase()}</title>`, 'text/html');
		const { failed } = await coc.verify([{}]);
		expect(failed[0]?.json.error).toMatch(/"Blocked: \*\*\*"/);
	});
});

test('the credential’s own secret is hidden in data; of numbers only one that is equal', async () => {
	const token = '171112';
	const said = { token: `x${token}`, at: 1711123456789, same: 171112, [token]: 1 };
	d.coc.fault({ kind: 'raw', status: 200, body: envelope(said) });
	const { success } = await d.verify(d.credential('token', { token }), [{ ticket: 'IM1' }]);
	expect(success[0]).toMatchObject({
		outcome: 'applied',
		response: { data: { token: 'x***', at: 1711123456789, same: '***', '***': 1 } },
	});
});

describe('numbers and charsets come through', () => {
	const id = '1234567890123456789';

	test('an ID of 19 digits that COC gives as a number', async () => {
		const detail = `{"incident_num":"IM1","status":"INCIDENT_STATUS_RESOLVED","id":${id},"at":1.50}`;
		raw(200, `{"error_code":"GOM.00000000","data":${detail}}`);
		const { success } = await operate(coc, 'get', [{ ticket: 'IM1' }], {
			parameters: { simplify: false },
		});
		expect(success[0]?.json).toMatchObject({ id, at: 1.5 });
	});

	test('a GBK answer, of COC and of a firewall', async () => {
		raw(
			400,
			encoded('{"error_code":"GOM.00007256","error_msg":"参数错误"}', 'gbk'),
			'application/json;charset=GBK',
		);
		raw(
			403,
			encoded('<html><meta charset=gb2312><title>访问被拒绝</title></html>', 'gbk'),
			'text/html',
		);
		const { failed } = await coc.verify([{}, {}], { parameters: { options: { concurrency: 1 } } });
		expect(failed[0]?.json.error).toContain('"参数错误" (GOM.00007256, HTTP 400)');
		expect(failed[1]?.json.error).toContain('"访问被拒绝"');
	});

	test('an answer whose declared charset does not exist, or is not its own', async () => {
		const body = Buffer.from('{"error_code":"GOM.1","error_msg":"Zürich"}');
		for (const charset of ['klingon', 'utf-16', 'iso-8859-1']) {
			raw(400, body, `application/json;charset=${charset}`);
			const { failed } = await coc.verify([{}]);
			expect(failed[0]?.json.details.outcome).toBe('refused');
		}
	});
});
