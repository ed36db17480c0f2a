import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import type { IDataObject, INodeExecutionData } from 'n8n-workflow';
import { loadPackage, runWorkflow, type WorkflowJson } from '../test/engine/index.cts';
import { startStandIn, type StandIn } from '../test/standin/index.cts';
import { paint, table } from './terminal.cts';
import { printRequests } from './wiretap.cts';

const HELP = `Verifies incidents with the built package on n8n's own engine.

  npm run demo
      against a stand-in for COC on this machine

  COC_ENDPOINT=https://… COC_TOKEN=… npm run demo -- --ticket IM… --operator <IAM user ID> \\
      --result true|false --comment "…"
      one verification on a real COC: it changes that ticket
`;

const root = join(__dirname, '..');
const VERIFY_NODE = 'COC Incident';

/** An item of the example workflow; a result may also be unclear, to see that refused. */
interface Item extends IDataObject {
	ticket: string;
	operator: string;
	resolved: boolean | string;
	comment: string;
}

/** Where the tickets are, and what the workflow is given. */
interface Scene {
	endpoint: string;
	token: string;
	items: Item[];
	close: () => Promise<void>;
}

async function main(): Promise<void> {
	const { values } = parseArgs({
		options: {
			ticket: { type: 'string' },
			operator: { type: 'string' },
			result: { type: 'string' },
			comment: { type: 'string' },
			help: { type: 'boolean', default: false },
		},
	});
	if (values.help) return console.log(HELP);
	const { COC_ENDPOINT: endpoint, COC_TOKEN: token } = process.env;
	if ((endpoint === undefined) !== (token === undefined)) {
		throw new Error('COC_ENDPOINT and COC_TOKEN belong together: set both, or none');
	}
	const { ticket, operator, result, comment } = values;
	const item = { ticket, operator, resolved: result, comment };
	const given = Object.values(item).filter((value) => value !== undefined).length;
	if (endpoint === undefined ? given > 0 : given < 4) {
		throw new Error(`--ticket, --operator, --result and --comment go with COC_ENDPOINT\n\n${HELP}`);
	}
	const scene =
		endpoint !== undefined && token !== undefined
			? { endpoint, token, items: [item as Item], close: () => Promise.resolve() }
			: await standInScene();
	try {
		process.exitCode = await play(scene);
	} finally {
		await scene.close();
	}
}

/** One ticket for each way a verification can go. */
async function standInScene(): Promise<Scene> {
	const coc = await startStandIn();
	const operator = '7da46971b7e24eed90cf777cc2ff8b91';
	const waiting = (title: string) => coc.addTicket({ title }).number;
	const item = (ticket: string, resolved: boolean | string, comment: string): Item => ({
		ticket,
		operator,
		resolved,
		comment,
	});
	const items = [
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
	return { endpoint: coc.url, token: coc.issueToken(), items, close: () => coc.close() };
}

/** The change is made, but the connection breaks before its answer arrives. */
function loseAnswerOf(coc: StandIn, ticket: string): string {
	coc.fault({ kind: 'resetAfter', match: { method: 'POST', ticket } });
	return ticket;
}

/** Runs the example workflow over the tickets; returns the exit code. */
async function play({ endpoint, token, items }: Scene): Promise<number> {
	const readStatuses = () =>
		Promise.all(items.map(({ ticket }) => readStatus(endpoint, token, ticket)));
	const before = await readStatuses();

	heading(`Loading the built package with n8n-core's loader`);
	const packages = await loadPackage(root);
	const workflow = JSON.parse(
		readFileSync(join(root, 'examples', 'verify-incident.json'), 'utf8'),
	) as WorkflowJson;

	heading(`Running examples/verify-incident.json on n8n-core's engine, ${items.length} item(s)`);
	printRequests();
	const run = await runWorkflow({
		workflow,
		packages,
		credentials: {
			huaweiCloudCoc: {
				id: 'huaweiCloudCoc',
				name: 'Huawei Cloud COC account',
				type: 'huaweiCloudCocApi',
				data: { endpoint, authentication: 'token', token, ignoreSslIssues: false },
			},
		},
		input: items,
	});
	if (run.executionError) throw new Error(run.executionError.message);

	const failed = run.outputs(VERIFY_NODE, 1);
	heading('What the error output says');
	for (const { json } of failed) console.log(`  ${paint('yellow', json.error as string)}\n`);
	if (failed.length === 0) console.log('  Nothing: every ticket was verified.');

	heading('Result');
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
	return outcomes.size === items.length ? 0 : 1;
}

function outcomesByItem(verified: INodeExecutionData[], failed: INodeExecutionData[]) {
	const outcomes = new Map<number, string>();
	for (const { json, pairedItem } of [...verified, ...failed]) {
		const outcome = (json.outcome ?? (json.details as IDataObject).outcome) as string;
		const { item } = pairedItem as { item: number };
		outcomes.set(item, paint(outcome === 'applied' ? 'green' : 'red', outcome));
	}
	return outcomes;
}

/** The ticket's status as its detail tells it, without n8n (ShowIncidentDetail). */
async function readStatus(endpoint: string, token: string, ticket: string): Promise<string> {
	const path = `/v1/external/incident/${encodeURIComponent(ticket)}`;
	try {
		const response = await fetch(endpoint.trim().replace(/\/+$/, '') + path, {
			headers: { 'X-Auth-Token': token },
			redirect: 'error',
		});
		const { data } = (await response.json()) as { data?: { status?: string } | null };
		return data?.status ?? `not readable (HTTP ${response.status})`;
	} catch {
		return 'not readable';
	}
}

function heading(text: string): void {
	console.log(`\n${paint('bold', text)}`);
}

main().catch((error: Error) => {
	console.error(error.message);
	process.exitCode = 1;
});
