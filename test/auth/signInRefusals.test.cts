/** IAM refuses to sign the user in, or can't: its own message and what to do reach the user. */
import { afterEach, describe, expect, jest, test } from '@jest/globals';
import { TESTED, whatUsersRead } from './whatUsersRead.cts';
import { type FailedJson, NODE } from '../support/coc.cts';
import { useDeployment } from '../support/deployment.cts';
import { iamError } from '../standin/iam.cts';
import type { Fault } from '../standin/index.cts';

const d = useDeployment();
afterEach(() => {
	jest.restoreAllMocks();
});

const USER = /'User Name'/;
describe('IAM says no', () => {
	const refusals: Array<[what: string, prepare: () => object | void, said: RegExp, hint: RegExp]> =
		[
			[
				'a wrong password',
				() => ({ password: 'wrong password' }),
				/The username or password is wrong\./,
				/'Password'/,
			],
			['an unknown user', () => ({ userName: 'nobody' }), /There is no user nobody/, USER],
			[
				'an unknown account',
				() => ({ accountName: 'elsewhere' }),
				/There is no user .* in elsewhere/,
				/'Account Name'/,
			],
			[
				'a locked user',
				() => void (d.user.locked = true),
				/The user is locked\./,
				/lock.*wait|wait.*lock|while/i,
			],
			['login protection', () => void (d.user.mfa = true), /passcode \(totp\)/, /MFA/],
			[
				'a disabled user',
				() => void (d.user.disabled = true),
				/The user is disabled\./,
				/administrator/,
			],
			[
				'an unknown project',
				() => ({ scope: 'project', projectName: 'nowhere' }),
				/Could not find project: nowhere/,
				/'Project Name'/,
			],
		];
	test.each(refusals)('because of %s', async (_what, prepare, said, hint) => {
		const fields = (prepare() ?? {}) as Record<string, string>;
		for (const text of await whatUsersRead(d, () => d.credential('iamUser', fields))) {
			expect(text).toMatch(said);
			expect(text).toMatch(hint);
		}
	});

	const answers: Array<[what: string, answer: Fault, said: RegExp, hint: RegExp]> = [
		[
			'too often',
			{ kind: 'raw', ...iamError(429, 'Too many sign-ins.') },
			/Too many sign-ins\./,
			/wait/i,
		],
		[
			'400',
			{ kind: 'raw', ...iamError(400, 'The body is invalid.') },
			/The body is invalid/,
			/'Account Name'/,
		],
		['403', { kind: 'raw', ...iamError(403, 'ACL refuses it.') }, /ACL refuses it/, /address/],
		[
			'404',
			{ kind: 'raw', ...iamError(404, 'No such domain.') },
			/No such domain/,
			/'IAM Endpoint'/,
		],
		['500', { kind: 'raw', ...iamError(500, 'It broke.') }, /It broke\..*HTTP 500/, /again/],
		['503', { kind: 'raw', ...iamError(503, 'Maintenance.') }, /Maintenance\..*HTTP 503/, /again/],
		[
			'twice in one answer',
			{ kind: 'raw', ...iamError(401, 'No, no.', { doubled: true }) },
			/"No, no\."/,
			/'Password'/,
		],
		[
			'only in the gateway’s words',
			{ kind: 'status', status: 401, code: 'APIGW.0301', message: 'Not you.' },
			/Not you\..*APIGW\.0301/,
			/'Password'/,
		],
	];
	test.each(answers)('%s', async (_what, answer, said, hint) => {
		d.iam.fault(answer);
		for (const text of await whatUsersRead(d, () => d.credential('iamUser'))) {
			expect(text).toMatch(said);
			expect(text).toMatch(hint);
		}
	});
});

describe('what answers is not IAM', () => {
	const endpoint = /'IAM Endpoint'/;
	test.each<[string, Fault]>([
		['a web page', { kind: 'html' }],
		['a web page with 201', { kind: 'html', status: 201 }],
		['an empty answer', { kind: 'empty' }],
		['COC', { kind: 'errorCode', code: 'GOM.00000000', message: 'ok' }],
		[
			'no token',
			{
				kind: 'raw',
				status: 201,
				body: '{"token":{"expires_at":"2099-01-01T00:00:00Z","user":{"id":"u"}}}',
			},
		],
		['a token without its end', token('{"token":{"user":{"id":"u"}}}')],
		['a token without its user', token('{"token":{"expires_at":"2099-01-01T00:00:00Z"}}')],
		['a token whose end is no time', token('{"token":{"expires_at":"soon","user":{"id":"u"}}}')],
		['null', token('null')],
		['a list', token('[]')],
		['JSON that breaks off', token('{"token":{')],
		['JSON as deep as a well', token('['.repeat(60_000))],
		['a redirect', { kind: 'redirect', location: '/elsewhere' }],
		[
			'a redirect that asks to repeat the body',
			{ kind: 'redirect', status: 307, location: '/elsewhere' },
		],
	])('%s: it sends the user to the endpoint', async (_what, answer) => {
		d.iam.fault(answer);
		for (const text of await whatUsersRead(d, () => d.credential('iamUser')))
			expect(text).toMatch(endpoint);
	});

	function token(body: string): Fault {
		return { kind: 'raw', status: 201, headers: { 'X-Subject-Token': 't'.repeat(40) }, body };
	}
});

describe('IAM is not there', () => {
	test.each<[string, Fault | undefined, RegExp, RegExp]>([
		['the connection is reset', { kind: 'resetBefore' }, /reset|lost|closed/i, /\(ECONNRESET\)/],
		// The HTTP library gives no code.
		['the answer breaks off', { kind: 'truncated' }, /lost|broke|closed|aborted/i, /./],
		['nobody listens', undefined, /refused/i, /\(ECONNREFUSED\)/],
	])(
		'since %s: its address, the reason and its code are told',
		async (_what, fault, reason, code) => {
			const iamEndpoint = d.iam.url;
			if (fault) d.iam.fault(fault);
			else await d.iam.close();
			const said = await whatUsersRead(d, () => d.credential('iamUser', { iamEndpoint }));
			for (const text of said) {
				expect(text).toContain(iamEndpoint);
				expect(text).toMatch(reason);
				expect(text).toMatch(/'IAM Endpoint'/);
			}
			// What *Test* shows is the message alone, in which n8n replaces such codes.
			const [tested = ''] = said.splice(TESTED, 1);
			expect(tested).not.toMatch(/perhaps|retry/i);
			for (const text of said) expect(text).toMatch(code);
			if (!fault) d.iam.close = () => Promise.resolve();
		},
	);

	test('since its name is unknown', async () => {
		const iamEndpoint = 'https://iam.invalid';
		for (const text of await whatUsersRead(d, () => d.credential('iamUser', { iamEndpoint }))) {
			expect(text).toMatch(/iam\.invalid/);
		}
	});

	test.each<[string, Fault]>([
		['never answers', { kind: 'hang' }],
		['answers byte by byte', { kind: 'drip', everyMs: 100, apply: true }],
		['never stops answering', { kind: 'endless' }],
	])('since it %s: no item waits for ever', async (_what, fault) => {
		const real = AbortSignal.timeout.bind(AbortSignal);
		jest.spyOn(AbortSignal, 'timeout').mockImplementation((ms) => real(Math.min(ms, 500)));
		d.iam.fault(fault);
		const began = performance.now();
		const { failed } = await d.verify(d.credential('iamUser'), 3);
		expect(performance.now() - began).toBeLessThan(15_000);
		expect(failed.map(({ details }) => details.outcome)).toEqual(Array(3).fill('notSent'));
		expect(failed[0]?.error).toContain(d.iam.url);
		expect(d.iam.requests).toHaveLength(1);
	});

	test('since n8n may not call it: a credential that is restricted to certain domains', async () => {
		const fields = { allowedHttpRequestDomains: 'domains', allowedDomains: 'coc.example' };
		const { failed } = await d.verify(d.credential('iamUser', fields), 2);
		expect(failed).toHaveLength(2);
		for (const { error } of failed) expect(error).toMatch(/allow/i);
		expect(d.iam.requests).toEqual([]);
	});
});

test('an error item of a refused login is paired and complete', async () => {
	const run = await d.verify(d.credential('iamUser', { password: 'wrong password' }), 2);
	const items = run.outputs(NODE, 1);
	expect(items.map(({ pairedItem }) => pairedItem)).toEqual([{ item: 0 }, { item: 1 }]);
	const { details } = items[1]?.json as unknown as FailedJson;
	expect(details).toMatchObject({ outcome: 'notSent', ticket: expect.stringMatching(/^IM/) });
	expect(details.hint).toMatch(/'Password'/);
});
