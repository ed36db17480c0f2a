import assert from 'node:assert/strict';
import { HANDLE, HISTORIES } from '../../standin/paths.cts';
import type { Fault, StandIn } from '../../standin/index.cts';
import type { Context } from '../context.cts';
import type { Scenario } from '../scenario.cts';
import { output, overTickets, verifyNode } from '../workflows.cts';

/** n8n's *Retry On Fail* runs the whole node again, with all items. */
export const retry: Scenario[] = [
	{
		name: 'Retry On Fail in Stop mode sends again only what COC refused',
		async run(context) {
			const { tickets, execution, sent } = await retried(context, [{}, refused], {});
			assert.equal(execution.status, 'success', execution.error?.message);
			assert.deepEqual(
				output(execution.runData['Verify']?.[0]).map(({ json }) => json['outcome']),
				['applied', 'applied'],
			);
			assert.deepEqual(sent(), [1, 2]);
			assert.deepEqual(
				tickets.map(({ status }) => status),
				['INCIDENT_STATUS_COMPLETED', 'INCIDENT_STATUS_COMPLETED'],
			);
		},
	},
	{
		name: 'Retry On Fail with an error output sends nothing twice that was applied',
		async run(context) {
			const { execution, sent } = await retried(context, [refused, {}], {
				onError: 'continueErrorOutput',
			});
			assert.equal(execution.status, 'success', execution.error?.message);
			const run = execution.runData['Verify']?.[0];
			assert.deepEqual(
				output(run, 0).map(({ json }) => json['outcome']),
				['applied', 'applied'],
			);
			assert.deepEqual(output(run, 1), []);
			assert.deepEqual(sent(), [2, 1]);
		},
	},
	{
		name: 'Retry On Fail never repeats a verification whose fate is unknown',
		async run(context) {
			context.coc.fault({ kind: 'status', status: 403, match: { path: HISTORIES }, times: 10 });
			const { execution, sent } = await retried(context, [{}, { kind: 'resetAfter' }], {});
			context.coc.clearFaults();
			assert.equal(execution.status, 'error');
			assert.match(execution.error?.message ?? '', /not known whether/);
			assert.deepEqual(sent(), [1, 1]);
		},
	},
];

const refused: Fault = { kind: 'errorCode', code: 'GOM.00007256', message: 'Not now', status: 400 };

/** Runs one ticket per fault, `{}` being none, with three tries. */
async function retried(
	{ client, coc, credentialId }: Context,
	faults: Array<Fault | Record<string, never>>,
	settings: object,
) {
	const tickets = faults.map((fault) => {
		const ticket = coc.addTicket();
		const match = { path: HANDLE, ticket: ticket.number };
		if ('kind' in fault) coc.fault({ ...(fault as Fault), match });
		return ticket;
	});
	const numbers = tickets.map(({ number }) => number);
	const execution = await client.run(
		overTickets(
			numbers,
			verifyNode(credentialId, {
				retryOnFail: true,
				maxTries: 3,
				waitBetweenTries: 1,
				...settings,
			}),
		),
	);
	return { tickets, execution, sent: () => numbers.map((number) => countOf(coc, number)) };
}

function countOf(coc: StandIn, number: string): number {
	return coc.requests.filter(({ path, ticket }) => path === HANDLE && ticket === number).length;
}
