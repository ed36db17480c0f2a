import assert from 'node:assert/strict';
import { HANDLE, HISTORIES } from '../../standin/paths.cts';
import type { Fault, StandIn } from '../../standin/index.cts';
import type { Scenario } from '../scenario.cts';
import { originNode, output, overTickets, to, verifyNode } from '../workflows.cts';

/** What the history call gets: an answer then can't be looked up once it was lost. */
const unreadable = (ticket: string): Fault => ({
	kind: 'status',
	status: 403,
	match: { path: HISTORIES, ticket },
	times: 10,
});

/** Four tickets: the first and the last can be verified; COC refuses one, one isn't text. */
function mixedTickets(coc: StandIn) {
	const [first, last] = [coc.addTicket().number, coc.addTicket().number];
	const early = coc.addTicket({ status: 'INCIDENT_STATUS_ACKNOWLEDGED' }).number;
	return { first, early, last, all: [first, early, 42, last] };
}

/** What becomes of failed items in each *On Error* mode. */
export const failures: Scenario[] = [
	{
		name: 'the error output gets failed items only, with their outcome, and pairing resolves',
		async run({ client, coc, credentialId }) {
			const { first, early, last, all } = mixedTickets(coc);
			const lost = coc.addTicket().number;
			coc.fault({ kind: 'resetAfter', match: { path: HANDLE, ticket: lost } });
			coc.fault(unreadable(lost));
			const workflow = overTickets(
				[...all, lost],
				verifyNode(credentialId, { onError: 'continueErrorOutput' }),
				originNode('Done'),
			);
			workflow.nodes.push(originNode('Failed'));
			workflow.connections['Verify'] = { main: [to('Done'), to('Failed')] };

			const { status, runData, error } = await client.run(workflow);
			assert.equal(status, 'success', error?.message);
			const run = runData['Verify']?.[0];
			assert.deepEqual(
				output(run, 0).map(({ json }) => [json['ticket'], json['outcome']]),
				[
					[first, 'applied'],
					[last, 'applied'],
				],
			);
			const failed = output(run, 1).map(({ json }) => json);
			for (const { ticket, ...json } of failed) {
				// n8n itself lays the input's fields below the failed item's.
				assert.ok([early, 42, lost].includes(ticket as string | number));
				assert.deepEqual(Object.keys(json).sort(), ['details', 'error']);
				assert.deepEqual(Object.keys(json['details'] as object).sort(), [
					'errorCode',
					'fields',
					'hint',
					'httpStatus',
					'outcome',
					'possible',
					'requestId',
					'ticket',
				]);
			}
			assert.deepEqual(
				failed.map(({ details }) => (details as { outcome: string }).outcome),
				['refused', 'notSent', 'unknown'],
			);
			const origins = (name: string) =>
				output(runData[name]?.[0]).map(({ json }) => json['origin']);
			assert.deepEqual(origins('Done'), [first, last]);
			assert.deepEqual(origins('Failed').map(String), [early, '42', lost]);
		},
	},
	{
		name: 'in Continue mode a failed item stays in its place and the others go on',
		async run({ client, coc, credentialId }) {
			const { all } = mixedTickets(coc);
			const { status, runData } = await client.run(
				overTickets(
					all,
					verifyNode(credentialId, { onError: 'continueRegularOutput' }),
					originNode('After'),
				),
			);
			assert.equal(status, 'success');
			const outcomes = output(runData['Verify']?.[0]).map(
				({ json }) =>
					json['outcome'] ?? (json['details'] as { outcome?: string } | undefined)?.outcome,
			);
			assert.deepEqual(outcomes, ['applied', 'refused', 'notSent', 'applied']);
			assert.deepEqual(
				output(runData['After']?.[0]).map(({ json }) => String(json['origin'])),
				all.map(String),
			);
		},
	},
	{
		name: 'in Stop mode the title names ticket and item, the description what was done before',
		async run({ client, coc, credentialId }) {
			const { first, early, last, all } = mixedTickets(coc);
			const options = { options: { concurrency: 1 } };
			const { status, error } = await client.run(
				overTickets(all, verifyNode(credentialId, {}, options)),
			);
			assert.equal(status, 'error');
			assert.equal(
				error?.message,
				`Ticket ${early} was not verified. Nothing was changed. [item 1]`,
			);
			assert.match(error.description ?? '', new RegExp(`Of all items: .*1 applied .*${first}`));
			assert.equal(coc.tickets.get(last)?.status, 'INCIDENT_STATUS_RESOLVED');
		},
	},
	{
		name: 'words like ETIMEDOUT in a ticket or an answer do not make n8n say "retry"',
		async run({ client, coc, credentialId }) {
			const ticket = 'ETIMEDOUT-1';
			const message = 'ECONNRESET while asking the approver';
			coc.fault({
				kind: 'errorCode',
				status: 400,
				code: 'GOM.00007256',
				message,
				match: { ticket },
			});
			const { error } = await client.run(overTickets([ticket], verifyNode(credentialId)));
			const told = `${error?.message} ${error?.description}`;
			for (const part of [ticket, message, 'GOM.00007256']) {
				assert.ok(told.includes(part), `"${part}" is missing in: ${told}`);
			}
		},
	},
];
