import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { startContext, type Context } from './context.cts';
import { openEditor, openNode, openWorkflow, part, startBrowser, type Theme } from './editor.cts';
import { newestN8n } from './prepare.cts';
import { exampleRun, wholeLife, type Shoot } from './runPictures.cts';
import {
	credential,
	credentialType,
	node,
	nodeType,
	operator,
	overTickets,
	readExample,
	toolType,
	verifyNode,
} from './workflows.cts';

const [folder = 'docs/images', only = ''] = process.argv.slice(2);

/** Not part of a picture: messages that pass, and the empty boxes that hold an editor's tooltips. */
const hidden = '.el-notification, .ͼ1:not(.cm-editor) { display: none !important }';

/**
 * Pictures of the editor as users see it, in light and dark: `<what>-<theme>.png`.
 * `npm run screenshots -- <folder> wholeLife,tool` takes those of these functions.
 */
async function main(): Promise<void> {
	mkdirSync(folder, { recursive: true });
	const context = await startContext(newestN8n, false);
	const browser = await startBrowser();
	for (const theme of ['light', 'dark'] satisfies Theme[]) {
		const page = await openEditor(browser, context.server.url, theme);
		const shoot: Shoot = async (name, clip) => {
			const path = join(folder, `${name}-${theme}.png`);
			await page.addStyleTag({ content: hidden });
			await page.mouse.move(0, 0);
			await page.waitForTimeout(700); // Panels slide in, icons load.
			await page.screenshot({ path, ...(clip && { clip }) });
			console.log(path);
		};
		for (const [name, take] of Object.entries(takes)) {
			if (only === '' || only.split(',').includes(name)) await take(page, context, shoot);
		}
		await page.context().close();
	}
	await browser.close();
}

/** The node with values typed in. */
async function fields(page: Page, context: Context, shoot: Shoot): Promise<void> {
	const { client, server, credentialId } = context;
	const parameters = {
		ticket: { __rl: true, mode: 'number', value: 'IM202403221515060171753781' },
		operator: { __rl: true, mode: 'id', value: operator },
	};
	const { id } = await client.createWorkflow(
		overTickets([], verifyNode(credentialId, {}, parameters)),
	);
	await openWorkflow(page, server.url, id);
	await openNode(page, 'Verify');
	await shoot('node');
	await part(page, 'parameter-input-result').click();
	await shoot('node-result');
}

/** Operations with values typed in: a text for the next one, another level, what a reopening changes. */
async function forms(page: Page, context: Context, shoot: Shoot): Promise<void> {
	const { client, server, credentialId } = context;
	const ticket = { __rl: true, mode: 'number', value: 'IM202403221515060171753781' };
	const assignee = { __rl: true, mode: 'id', value: operator };
	for (const [operation, values] of [
		['forward', { assignee, comment: 'The network is fine, please look at the database' }],
		['changeLevel', {}],
		['reopen', { updateFields: { title: 'Payments fail in cn-north-4', assignee } }],
	] as const) {
		const parameters = { resource: 'incident', operation, ticket, ...values };
		const shown = node('COC Incident', nodeType, 1, parameters, credential(credentialId));
		const { id } = await client.createWorkflow(overTickets([], shown));
		await openWorkflow(page, server.url, id);
		await openNode(page, 'COC Incident');
		await shoot(`node-${operation}`);
	}
}

/** The lists behind the fields: tickets that wait, IAM's users, and one that can't be had. */
async function lists(page: Page, context: Context, shoot: Shoot): Promise<void> {
	const { client, coc, iam, server } = context;
	const known = new Set(coc.tickets.all().map(({ title }) => title));
	for (const [title, level, hour] of tickets) {
		if (known.has(title)) continue;
		coc.addTicket({ title, level, createTime: Date.parse(`2026-11-24T${hour}:00Z`) });
	}
	const { accountName, userName, password } = context.addUser();
	for (const name of ['duty-manager', 'handler', 'operator', 'second-line']) {
		iam.addUser({ accountName, userName: name, password });
	}
	const iamEndpoint = iam.url;
	const fields = { authentication: 'iamUser', accountName, userName, password, iamEndpoint };
	const limited = { authentication: 'token', token: context.issueToken(coc, []), iamEndpoint };

	async function open(data: object): Promise<void> {
		const stored = { endpoint: coc.url, ...data };
		const credentialId = await client.createCredential(credentialType, 'COC', stored);
		const unpicked = { __rl: true, mode: 'list', value: '' };
		const parameters = { ticket: unpicked, operator: unpicked };
		const { id } = await client.createWorkflow(
			overTickets([], verifyNode(credentialId, {}, parameters)),
		);
		await openWorkflow(page, server.url, id);
		await openNode(page, 'Verify');
	}
	const field = (name: string) => part(page, `resource-locator-${name}`).locator('input').last();

	await open(fields);
	await field('ticket').click();
	await part(page, 'rlc-item').first().waitFor();
	await shoot('list-tickets');
	await part(page, 'rlc-item').first().click();
	await field('operator').click();
	await part(page, 'rlc-item').first().waitFor();
	await shoot('list-users');

	await open(limited);
	await field('operator').click();
	await part(page, 'rlc-error-container').waitFor();
	await shoot('list-refused');
}

const tickets = [
	['Login page slow', 'level_40', '08:05'],
	['Nightly backup of the shop failed', 'level_50', '09:30'],
	['Search returns no results', 'level_30', '11:12'],
	['Payments are down', 'level_10', '13:47'],
] as const;

/** The tool variant, as an AI agent's tool. */
async function tool(page: Page, context: Context, shoot: Shoot): Promise<void> {
	const { client, server, credentialId } = context;
	const byModel = (field: string, text: string, type: string) =>
		`={{ /*n8n-auto-generated-fromAI-override*/ $fromAI('${field}', \`${text}\`, '${type}') }}`;
	const parameters = {
		...{ resource: 'incident', operation: 'verify' },
		ticket: { __rl: true, mode: 'number', value: byModel('Ticket', '', 'string') },
		operator: { __rl: true, mode: 'id', value: operator },
		result: byModel('Resolved', '', 'boolean'),
		comment: byModel('Comment', '', 'string'),
	};
	const { id } = await client.createWorkflow({
		name: 'Tool',
		nodes: [node('COC Incident', toolType, 1, parameters, credential(credentialId))],
		connections: {},
	});
	await openWorkflow(page, server.url, id);
	await openNode(page, 'COC Incident');
	await shoot('tool');
}

/** The trigger, after a test event was fetched. */
async function trigger(page: Page, context: Context, shoot: Shoot): Promise<void> {
	const { client, coc, server, credentialId } = context;
	coc.addTicket({ title: 'Payments are slow', level: 'level_20' });
	const example = readExample('verify-when-monitoring-is-green', credentialId);
	const { id } = await client.createWorkflow(example);
	await openWorkflow(page, server.url, id);
	await shoot('trigger-workflow');
	await openNode(page, 'Waiting for Verification');
	await page
		.getByRole('button', { name: /Fetch Test Event/i })
		.first()
		.click();
	await part(page, 'output-panel').getByText('Payments are slow').first().waitFor();
	await shoot('trigger');
}

/** The credential: new, and after a test that fails. */
async function newCredential(page: Page, context: Context, shoot: Shoot): Promise<void> {
	const { client, coc, server, credentialId } = context;
	const { id } = await client.createWorkflow(overTickets([], verifyNode(credentialId)));
	await openWorkflow(page, server.url, id);
	await openNode(page, 'Verify');
	await part(page, 'node-credentials-select').click();
	await part(page, 'node-credentials-select-item-new').click();
	const dialog = part(page, 'credential-edit-dialog');
	await dialog.waitFor();
	await page.waitForTimeout(1000); // It slides in.
	const box = await dialog.boundingBox();
	// With the title above it, and the dialog's margin.
	const clip = box && {
		...{ x: box.x - 36, y: box.y - 114 },
		...{ width: box.width + 64, height: box.height + 138 },
	};
	await shoot('credential', clip ?? undefined);
	for (const [choice, name] of [
		[/^IAM User/, 'credential-iam-user'],
		[/^Access Key/, 'credential-access-key'],
		[/^Token/, ''],
	] as const) {
		await part(page, 'parameter-input-authentication').click();
		await page.getByRole('option', { name: choice }).click();
		if (name !== '') await shoot(name);
	}

	await part(page, 'parameter-input-endpoint').locator('input').fill(coc.url);
	await part(page, 'parameter-input-token').locator('input').fill('expired');
	await part(page, 'credential-save-button').click();
	await page.getByText('More details').click();
	await shoot('credential-refused');
}

const takes = { wholeLife, exampleRun, fields, forms, lists, tool, trigger, newCredential };

main().then(
	() => process.exit(0),
	(error: unknown) => {
		console.error(error);
		process.exit(1);
	},
);
