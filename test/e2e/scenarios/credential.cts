import assert from 'node:assert/strict';
import type { Fault } from '../../standin/index.cts';
import type { Context } from '../context.cts';
import type { Scenario } from '../scenario.cts';
import { freePort } from '../server.cts';
import { credentialType } from '../workflows.cts';

interface Case {
	name: string;
	data: (context: Context) => Record<string, unknown> | Promise<Record<string, unknown>>;
	fault?: Fault;
	/** What the editor says; none when the test succeeds. */
	says?: RegExp;
}

const testPath = '/v1/incident-tickets';

const cases: Case[] = [
	{
		name: 'a good token',
		data: (context) => ({ endpoint: context.coc.url, token: context.issueToken(context.coc) }),
	},
	{
		name: 'a token that COC refuses',
		data: ({ coc }) => ({ endpoint: coc.url, token: 'unknown' }),
		says: /COC refuses the credential.*Token: tokens live 24 hours/,
	},
	{
		name: 'a token that may verify but not list',
		data: (context) => ({
			endpoint: context.coc.url,
			token: context.issueToken(context.coc, ['coc:ticket:action']),
		}),
		says: /may not list.*Verify/is,
	},
	{
		name: 'a web page instead of COC',
		data: (context) => ({ endpoint: context.coc.url, token: context.issueToken(context.coc) }),
		fault: { kind: 'html', match: { path: testPath } },
		says: /isn't COC's/,
	},
	{
		name: 'HTTP 200 with a code that is no success',
		data: (context) => ({ endpoint: context.coc.url, token: context.issueToken(context.coc) }),
		fault: { kind: 'errorCode', code: 'GOM.00007256', message: 'no', match: { path: testPath } },
		says: /does not mean success/,
	},
	{
		name: 'a host where nobody listens',
		data: async () => ({ endpoint: `http://127.0.0.1:${await freePort()}`, token: 'any' }),
		says: /ECONNREFUSED|refused/i,
	},
	{
		name: 'plain HTTP to another machine',
		data: () => ({ endpoint: 'http://coc.example.com', token: 'any' }),
		says: /https:\/\//,
	},
	{
		name: 'a self-signed certificate that is not trusted',
		data: (context) => ({
			endpoint: context.privateCoc.url,
			token: context.issueToken(context.privateCoc),
		}),
		says: /self.signed/i,
	},
	{
		name: "a self-signed certificate with 'Ignore SSL Issues'",
		data: (context) => ({
			endpoint: context.privateCoc.url,
			token: context.issueToken(context.privateCoc),
			ignoreSslIssues: true,
		}),
	},
];

/** The button *Test* of the credential. */
export const credential: Scenario[] = cases.map(({ name, data, fault, says }) => ({
	name: `the credential test ${says ? 'explains' : 'accepts'} ${name}`,
	async run(context) {
		if (fault) context.coc.fault(fault);
		const fields = { authentication: 'token', ...(await data(context)) };
		const { status, message } = await context.client.testCredential(credentialType, fields);
		assert.equal(status, says ? 'Error' : 'OK', message);
		if (says) assert.match(message, says);
	},
}));
