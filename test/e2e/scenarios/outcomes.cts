import assert from 'node:assert/strict';
import type { Fault } from '../../standin/index.cts';
import type { Context } from '../context.cts';
import type { Scenario } from '../scenario.cts';
import { freePort } from '../server.cts';
import { credentialType, output, overTickets, verifyNode } from '../workflows.cts';

/** What can happen to a request, and how its item must end. */
const endings: Array<[Fault, string]> = [
	[{ kind: 'latency', ms: 100 }, 'applied'],
	[{ kind: 'errorCode', code: 'GOM.00007256', message: 'no' }, 'refused'],
	[{ kind: 'redirect', location: 'http://127.0.0.1:9/elsewhere' }, 'refused'],
	[{ kind: 'expiredToken' }, 'refused'],
	[{ kind: 'status', status: 429 }, 'refused'],
	[{ kind: 'status', status: 503, code: 'APIGW.0613' }, 'refused'],
	[{ kind: 'status', status: 408 }, 'unknown'],
	[{ kind: 'status', status: 502 }, 'unknown'],
	[{ kind: 'resetBefore' }, 'unknown'],
	[{ kind: 'resetAfter' }, 'unknown'],
	[{ kind: 'hang' }, 'unknown'],
	[{ kind: 'drip', everyMs: 50 }, 'unknown'],
	[{ kind: 'endless' }, 'unknown'],
	[{ kind: 'truncated' }, 'unknown'],
	[{ kind: 'empty' }, 'unknown'],
	[{ kind: 'html' }, 'unknown'],
];

/** On the error output `details.outcome` tells what is known about an item. */
export const outcomes: Scenario[] = [
	{
		name: 'every kind of trouble ends in its outcome, and is sent once',
		async run(context) {
			const { coc } = context;
			const tickets = endings.map(([fault]) => {
				const { number } = coc.addTicket();
				coc.fault({ ...fault, match: { ticket: number } });
				return number;
			});
			const ended = await outcomesOf(context, context.credentialId, tickets);
			assert.deepEqual(
				endings.map(([fault], index) => [fault, ended.get(tickets[index] ?? '')?.outcome]),
				endings,
			);
			for (const number of tickets) {
				assert.equal(coc.requests.filter(({ ticket }) => ticket === number).length, 1, number);
			}
		},
	},
	{
		name: 'what never reached COC ends as not sent, with the network code',
		async run(context) {
			const { client, privateCoc } = context;
			const endpoints: Array<[string, RegExp]> = [
				[`http://127.0.0.1:${await freePort()}`, /^ECONNREFUSED$/],
				[privateCoc.url, /SELF_SIGNED/],
			];
			for (const [endpoint, code] of endpoints) {
				const id = await client.createCredential(credentialType, endpoint, {
					endpoint,
					authentication: 'token',
					token: context.issueToken(privateCoc),
				});
				const details = (await outcomesOf(context, id, ['IM1'])).get('IM1');
				assert.deepEqual([endpoint, details?.outcome], [endpoint, 'notSent']);
				assert.match(details?.errorCode ?? '', code);
			}
		},
	},
];

interface Details {
	outcome: string;
	ticket: string;
	errorCode?: string | null;
}

/** Verifies these tickets with an error output; returns the outcomes by ticket. */
async function outcomesOf({ client }: Context, credentialId: string, tickets: string[]) {
	const execution = await client.run(
		overTickets(
			tickets,
			verifyNode(credentialId, { onError: 'continueErrorOutput' }, { options: { timeout: 500 } }),
		),
	);
	const run = execution.runData['Verify']?.[0];
	const applied = output(run, 0).map(({ json }) => json as unknown as Details);
	const failed = output(run, 1).map(({ json }) => json['details'] as Details);
	return new Map([...applied, ...failed].map((details) => [details.ticket, details]));
}
