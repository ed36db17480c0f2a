import type { IDataObject, INodeExecutionData } from 'n8n-workflow';
import type { Packages } from '../../test/engine/index.cts';
import type { StandIn } from '../../test/standin/index.cts';
import { paint, table } from '../terminal.cts';
import { heading, readStatus, runExample, type Access } from './stage.cts';

const VERIFY_NODE = 'COC Incident';
const GOOD = ['applied', 'recovered'];

/** An item of the example workflow; a result may also be unclear, to see that refused. */
export interface Item extends IDataObject {
	ticket: string;
	operator: string;
	resolved: boolean | string;
	comment: string;
}

/** One ticket for each way a verification can go. */
export function ticketsOf(coc: StandIn): Item[] {
	const operator = '7da46971b7e24eed90cf777cc2ff8b91';
	const waiting = (title: string) => coc.addTicket({ title }).number;
	const item = (ticket: string, resolved: boolean | string, comment: string): Item => ({
		ticket,
		operator,
		resolved,
		comment,
	});
	return [
		item(waiting('Payments time out'), true, 'Payments are back: 0 of 2,000 timed out'),
		item(waiting('The queue grows'), false, 'Still growing: 1,300 messages'),
		item(waiting('Search is slow'), true, `Back to 80 ms ✅ ${'measured again, '.repeat(25)}`),
		item(
			coc.addTicket({ title: 'Login page is blank', status: 'INCIDENT_STATUS_ACKNOWLEDGED' })
				.number,
			true,
			'Looks fine',
		),
		item(waiting('Invoices arrive twice'), 'no', 'Third invoice today'),
		item(loseAnswerOf(coc, waiting('Orders are not confirmed')), true, 'Confirmed again'),
	];
}

/** The change is made, but the connection breaks before its answer arrives. */
function loseAnswerOf(coc: StandIn, ticket: string): string {
	coc.fault({ kind: 'resetAfter', match: { method: 'POST', ticket } });
	return ticket;
}

/** Verifies tickets with the example workflow; returns whether each got its outcome. */
export async function verifyAll(packages: Packages, access: Access, items: Item[]) {
	const readStatuses = () => Promise.all(items.map(({ ticket }) => readStatus(access, ticket)));
	const before = await readStatuses();
	heading(`examples/verify-incident.json: ${items.length} item(s)`);
	const run = await runExample('verify-incident', packages, access, items);

	const failed = run.outputs(VERIFY_NODE, 1);
	heading('What the error output says');
	for (const { json } of failed) console.log(`  ${paint('yellow', json.error as string)}\n`);
	if (failed.length === 0) console.log('  Nothing: every ticket was verified.');

	heading('Bulk verification');
	const after = await readStatuses();
	const outcomes = outcomesByItem(run.outputs(VERIFY_NODE), failed);
	const rows = items.map(({ ticket, resolved }, index) => [
		ticket,
		String(resolved),
		before[index] ?? '',
		after[index] ?? '',
		outcomes.get(index) ?? '',
	]);
	console.log(table([['Ticket', 'Resolved', 'Status before', 'Status after', 'Outcome'], ...rows]));
	return outcomes.size === items.length;
}

function outcomesByItem(verified: INodeExecutionData[], failed: INodeExecutionData[]) {
	const outcomes = new Map<number, string>();
	for (const { json, pairedItem } of [...verified, ...failed]) {
		const outcome = (json.outcome ?? (json.details as IDataObject).outcome) as string;
		const { item } = pairedItem as { item: number };
		outcomes.set(item, paint(GOOD.includes(outcome) ? 'green' : 'red', outcome));
	}
	return outcomes;
}
