// A list that can't be had says why, in COC's words, and what to do: it is never just empty.
import { describe, expect, test } from '@jest/globals';
import { everythingOf, expectNoSecret } from '../../../support/secretSearch.cts';
import { reasonOf, useLists } from './support.cts';
import { useQuickTime } from '../../../support/quickTime.cts';

useQuickTime();
const d = useLists();
const LIST = '/v2/incidents/list';
const token = (value: string) => d.credential('token', { token: value });

describe('the list of tickets', () => {
	test('without a credential', async () => {
		expect(reasonOf(await d.list('searchTickets', null))).toMatch(/credential/);
	});

	test('with an endpoint that is none', async () => {
		const listed = await d.list('searchTickets', d.credential('token', { endpoint: 'coc' }));
		expect(reasonOf(listed)).toMatch(/'Endpoint' needs a scheme/);
	});

	test.each([
		['token', 'token', 'Token'],
		['iamUser', 'userName', 'User Name'],
		['iamUser', 'password', 'Password'],
		['accessKey', 'secretAccessKey', 'Secret Access Key'],
	] as const)('with a credential of %s without %s', async (mode, field, label) => {
		const credential = d.credential(mode, { [field]: '' });
		const said = new RegExp(
			`credential's '${label}' is empty\\.(?: Nothing was sent\\.)? Open the credential`,
		);
		expect(reasonOf(await d.list('searchTickets', credential))).toMatch(said);
		const { failed } = await d.verify(credential, 1);
		expect(failed[0]?.error).toMatch(said);
		expect(failed[0]?.details.outcome).toBe('notSent');
		expect([...d.coc.requests, ...d.iam.requests]).toEqual([]);
	});

	test('with a token that COC refuses', async () => {
		const listed = await d.list('searchTickets', token('wrong'.repeat(10)));
		expect(reasonOf(listed)).toMatch(
			/The incidents can't be listed: .*APIGW.0301, HTTP 401.*new one/,
		);
		// The editor then offers to open the credential.
		expect(listed.error?.httpCode).toBe('401');
	});

	test('without the permission to list', async () => {
		const listed = await d.list('searchTickets', token(d.coc.issueToken({ permissions: [] })));
		expect(reasonOf(listed)).toMatch(/HTTP 403.*coc:ticket:list.*'By ID'/);
		expect(listed.error?.httpCode).toBe('403');
	});

	test('without the permission to look at the tickets’ status', async () => {
		d.coc.addTicket();
		const limited = token(d.coc.issueToken({ permissions: ['coc:ticket:list'] }));
		const listed = await d.list('searchTickets', limited, { operation: 'verify' });
		expect(reasonOf(listed)).toMatch(/status of IM.*coc:ticket:get.*HTTP 403/);
		const any = await d.list('searchTickets', limited, { operation: 'get' });
		expect(any).toMatchObject({ results: [{}] });
	});

	test('a ticket that is deleted in the meantime is left out', async () => {
		const { number } = d.coc.addTicket();
		const gone = d.coc.addTicket().number;
		d.coc.fault({
			kind: 'errorCode',
			code: 'COC.00067003',
			message: 'The ticket does not exist.',
			status: 400,
			match: { ticket: gone },
		});
		const [[shown, ...others] = []] = await d.pages('searchTickets', d.credential('token'));
		expect(shown?.value).toBe(number);
		expect(others).toEqual([]);
	});

	test('when COC refuses for a reason of its own', async () => {
		const message = 'The ticket center is closed: unique-duplicate.';
		d.coc.fault({ kind: 'errorCode', code: 'GOM.00007256', message, match: { path: LIST } });
		const listed = await d.list('searchTickets', d.credential('token'));
		expect(listed.error?.description).toContain(`"${message}" (GOM.00007256, HTTP 200)`);
		// n8n replaces a message with these words by one of its own.
		expect(listed.error?.message).not.toMatch(/unique|duplicate|-/);
	});

	test('when nobody is there', async () => {
		const endpoint = 'http://127.0.0.1:9';
		const listed = await d.list('searchTickets', d.credential('token', { endpoint }));
		expect(reasonOf(listed)).toMatch(/127\.0\.0\.1:9 refused the connection.*'Endpoint'/);
		expect(reasonOf(listed)).not.toMatch(/this item/);
	});

	test('when the answer is a web page', async () => {
		d.coc.fault({ kind: 'html', match: { path: LIST }, times: 9 });
		const listed = await d.list('searchTickets', d.credential('token'));
		expect(reasonOf(listed)).toMatch(/no readable JSON/);
	});

	test('passing trouble is passed over', async () => {
		const { number } = d.coc.addTicket();
		d.coc.fault({ kind: 'status', status: 503, match: { path: LIST } });
		const listed = await d.list('searchTickets', d.credential('token'));
		expect(listed).toMatchObject({ results: [{ value: number }] });
	});
});

describe('no secret is told', () => {
	test.each([
		['token', 'token'],
		['accessKey', 'secretAccessKey'],
		['iamUser', 'password'],
	] as const)('of a credential with %s, even if COC repeats it', async (mode, field) => {
		const credential = d.credential(mode);
		const secret = credential.data[field] as string;
		for (const message of [secret, `"${secret}"`, encodeURIComponent(secret)]) {
			const body = JSON.stringify({ error_code: 'GOM.1', error_msg: message });
			d.coc.fault({ kind: 'raw', status: 400, body, match: { path: LIST } });
			const listed = await d.list('searchTickets', credential);
			expect(reasonOf(listed)).toContain('GOM.1');
			expectNoSecret(everythingOf(listed), [secret]);
		}
	});

	test('of one who can’t sign in', async () => {
		const password = 'wrong "pässword" wrong';
		const credential = d.credential('iamUser', { password });
		const listed = await d.list('searchTickets', credential);
		expect(reasonOf(listed)).toMatch(/IAM refuses to sign in/);
		expectNoSecret(everythingOf(listed), [password]);
	});
});

describe('a service that wants to be left alone is asked once, and the list says when to come back', () => {
	const asking = { kind: 'status', status: 429, retryAfter: '3600', times: 9 } as const;
	const said = (service: string) =>
		new RegExp(
			`${service} asks to be left alone for 60 minutes, until 20\\S+Z: then open the list again\\.`,
		);

	test('the tickets, while their status is read', async () => {
		for (let ticket = 0; ticket < 5; ticket++) d.coc.addTicket();
		d.coc.fault({ ...asking, match: { method: 'GET' } });
		const listed = await d.list('searchTickets', d.credential('token'), { operation: 'verify' });
		expect(reasonOf(listed)).toMatch(said('COC'));
		expect(d.coc.requests.length).toBeLessThanOrEqual(6);
	});

	test('the applications', async () => {
		d.coc.fault(asking);
		expect(reasonOf(await d.list('searchApplications', d.credential('token')))).toMatch(
			said('COC'),
		);
		expect(d.coc.requests).toHaveLength(1);
	});

	test.each([429, 403])('IAM’s users (%d)', async (status) => {
		d.iam.fault({ ...asking, status, match: { method: 'GET' } });
		const credential = d.credential('token', { iamEndpoint: d.iam.url });
		const reason = reasonOf(await d.list('searchUsers', credential));
		expect(reason).toMatch(/IAM asks to be left alone for 60 minutes, until 20\S+Z/);
		expect(d.iam.requests).toHaveLength(1);
	});
});
