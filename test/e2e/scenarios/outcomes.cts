import assert from 'node:assert/strict';
import { HANDLE } from '../../standin/paths.cts';
import { startStandIn, type Fault } from '../../standin/index.cts';
import type { Context } from '../context.cts';
import type { Scenario } from '../scenario.cts';
import { freePort } from '../server.cts';
import { credentialType, output, overTickets, verifyNode } from '../workflows.cts';

/** What can happen to a write, how its item must end, and how many writes that takes. */
const endings: Array<[Fault, string, number]> = [
	[{ kind: 'latency', ms: 100 }, 'applied', 1],
	[{ kind: 'errorCode', code: 'GOM.00007256', message: 'no' }, 'refused', 1],
	[{ kind: 'redirect', location: 'http://127.0.0.1:9/elsewhere' }, 'refused', 1],
	[{ kind: 'expiredToken' }, 'refused', 1],
	// Proven to have changed nothing: sent again.
	[{ kind: 'status', status: 429 }, 'applied', 2],
	[{ kind: 'status', status: 503, code: 'APIGW.0613' }, 'applied', 2],
	// Not known: the ticket's record tells that nothing was done, or that it was.
	[{ kind: 'status', status: 408 }, 'applied', 2],
	[{ kind: 'status', status: 502 }, 'applied', 2],
	[{ kind: 'resetBefore' }, 'applied', 2],
	[{ kind: 'hang' }, 'applied', 2],
	[{ kind: 'drip', everyMs: 50 }, 'applied', 2],
	[{ kind: 'endless' }, 'applied', 2],
	[{ kind: 'truncated' }, 'applied', 2],
	[{ kind: 'resetAfter' }, 'recovered', 1],
	[{ kind: 'hang', apply: true }, 'recovered', 1],
	[{ kind: 'empty', apply: true }, 'recovered', 1],
	[{ kind: 'html', apply: true }, 'recovered', 1],
	[{ kind: 'status', status: 504, apply: true }, 'recovered', 1],
];

/** On the error output `details.outcome` tells what is known about an item. */
export const outcomes: Scenario[] = [
	{
		name: 'every kind of trouble ends in its outcome, and no verification is done twice',
		async run(context) {
			const { coc } = context;
			const tickets = endings.map(([fault]) => {
				const { number } = coc.addTicket();
				coc.fault({ ...fault, match: { path: HANDLE, ticket: number } });
				return number;
			});
			const ended = await outcomesOf(context, context.credentialId, tickets);
			const writes = (number: string) =>
				coc.requests.filter(({ path, ticket }) => path === HANDLE && ticket === number).length;
			assert.deepEqual(
				tickets.map((number, index) => [
					endings[index]?.[0],
					ended.get(number)?.outcome,
					writes(number),
				]),
				endings,
			);
			for (const [index, number] of tickets.entries()) {
				const isDone = endings[index]?.[1] !== 'refused';
				assert.equal(coc.tickets.get(number)?.history.length, isDone ? 1 : 0, number);
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
	{
		name: 'a credential with expressions sends each item to its own COC, with its own token',
		async run(context) {
			const { client, coc } = context;
			const other = await startStandIn();
			try {
				const id = await client.createCredential(credentialType, 'By item', {
					endpoint: '={{ $json.endpoint }}',
					authentication: 'token',
					token: '={{ $json.token }}',
				});
				const items = [coc, other, coc].map((one) => ({
					ticket: one.addTicket().number,
					endpoint: one.url,
					// Not a secret of the context: it stands in the items.
					token: one.issueToken(),
				}));
				const workflow = overTickets(
					[],
					verifyNode(id, { onError: 'continueErrorOutput' }, { options: { concurrency: 1 } }),
				);
				workflow.pinData = { Tickets: items.map((json) => ({ json })) };
				const { runData } = await client.run(workflow);
				const done = output(runData['Verify']?.[0]).map(({ json }) => json);
				assert.deepEqual(
					done.map(({ ticket, outcome }) => [ticket, outcome]),
					items.map(({ ticket }) => [ticket, 'applied']),
				);
				for (const { ticket, token, endpoint } of items) {
					const { requests } = endpoint === coc.url ? coc : other;
					const sent = requests.filter((one) => one.path === HANDLE && one.ticket === ticket);
					assert.deepEqual(
						sent.map(({ headers }) => headers['x-auth-token']),
						[token],
					);
				}
			} finally {
				await other.close();
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
