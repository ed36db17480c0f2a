import type { Page } from 'playwright-core';
import type { Context } from './context.cts';
import { openNode, openWorkflow, part } from './editor.cts';
import { credential, node, nodeType, operator, overTickets, readExample } from './workflows.cts';

/** A part of the page. */
interface Clip {
	x: number;
	y: number;
	width: number;
	height: number;
}

/** Takes a picture of what the page shows now, or of a part of it. */
export type Shoot = (name: string, clip?: Clip) => Promise<void>;

/** A ticket from creation to verification, six operations in a row; then what happened to it. */
export async function wholeLife(page: Page, context: Context, shoot: Shoot): Promise<void> {
	const { client, coc, server, credentialId } = context;
	coc.people.set(operator, 'operator');
	const example = readExample('from-incident-to-verification', credentialId);
	example.nodes = example.nodes.filter(({ type }) => !type.endsWith('stickyNote'));
	const { id } = await client.createWorkflow(example);
	await openWorkflow(page, server.url, id);
	await part(page, 'execute-workflow-button').click();
	// All but the trigger, which shows a pin.
	await part(page, 'canvas-node-status-success')
		.nth(example.nodes.length - 2)
		.waitFor();
	await page.keyboard.press('1'); // Fits the canvas.
	await page.waitForTimeout(700);
	await shoot('operations', await around(page));

	const number = coc.tickets.all().at(-1)?.number;
	const ticket = { __rl: true, mode: 'number', value: number };
	const parameters = { resource: 'incident', operation: 'getHistory', ticket };
	const reads = node('COC Incident', nodeType, 1, parameters, credential(credentialId));
	const history = await client.createWorkflow(overTickets([number], reads));
	await openWorkflow(page, server.url, history.id);
	await part(page, 'execute-workflow-button').click();
	await part(page, 'canvas-node-status-success').last().waitFor();
	await openNode(page, 'COC Incident');
	await part(page, 'output-panel').getByText('JSON').click();
	await shoot('history', await output(page));
}

/** The panel with a node's output. */
async function output(page: Page): Promise<Clip | undefined> {
	return (await part(page, 'output-panel').boundingBox()) ?? undefined;
}

/** What the nodes of a canvas cover, with their names and a margin. */
async function around(page: Page): Promise<Clip> {
	const boxes = await Promise.all(
		(await part(page, 'canvas-node').all()).map((one) => one.boundingBox()),
	);
	const all = boxes.flatMap((box) => box ?? []);
	const [left, top] = [Math.min(...all.map(({ x }) => x)), Math.min(...all.map(({ y }) => y))];
	const right = Math.max(...all.map(({ x, width }) => x + width));
	const bottom = Math.max(...all.map(({ y, height }) => y + height));
	return { x: left - 32, y: top - 32, width: right - left + 48, height: bottom - top + 104 };
}

/** The example after a run: one ticket verified, COC refuses the other. */
export async function exampleRun(page: Page, context: Context, shoot: Shoot): Promise<void> {
	const { client, coc, server, credentialId } = context;
	const example = readExample('verify-incident', credentialId);
	const [first, second] = Object.values(example.pinData ?? {}).flat() as Array<{
		json: { ticket: string };
	}>;
	for (const [item, status] of [
		[first, 'INCIDENT_STATUS_RESOLVED'],
		[second, 'INCIDENT_STATUS_ACKNOWLEDGED'],
	] as const) {
		const number = item?.json.ticket ?? '';
		Object.assign(coc.tickets.get(number) ?? coc.addTicket({ number }), { status });
	}
	const { id } = await client.createWorkflow(example);
	await openWorkflow(page, server.url, id);
	await part(page, 'execute-workflow-button').click();
	await part(page, 'canvas-node-status-success').first().waitFor();
	await shoot('workflow');

	await openNode(page, 'COC Incident');
	await shoot('node-after-run');
	await page.getByText('Error Branch').click();
	await part(page, 'output-panel').getByText('JSON').click();
	await shoot('error-item', await output(page));
	await part(page, 'ndv-close-button').click();

	await part(page, 'node-creator-plus-button').click();
	await page.keyboard.type('huawei');
	await shoot('node-creator');
}
