import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import type { INode } from 'n8n-workflow';
import { loadPackage, runWorkflow, type Packages, type WorkflowJson } from '../engine/index.cts';
import { PAYMENTS, sandboxAlarms } from '../../scripts/sandbox/alarms.cts';
import { neighbours } from '../../scripts/sandbox/neighbours.cts';
import { SANDBOX_PORT } from '../../scripts/sandbox/sandbox.cts';
import { sandboxTickets } from '../../scripts/sandbox/tickets.cts';
import { startStandIn, type RecordedRequest, type StandIn } from '../standin/index.cts';
import { fieldsOf, partsOf, setIn } from './fields.cts';

const root = join(__dirname, '..', '..');
const folder = join(root, 'examples');
const files = readdirSync(folder).filter((file) => file.endsWith('.json'));
const PACKAGE = 'n8n-nodes-huaweicloud-coc.';
/** What n8n adds to a node as a tool. */
const fieldsOfTools = ['descriptionType', 'toolDescription'];
const isNote = ({ type }: INode) => type === 'n8n-nodes-base.stickyNote';

let packages: Packages;
let coc: StandIn;
beforeAll(async () => {
	packages = await loadPackage(root);
});
beforeEach(async () => {
	coc = await startStandIn();
});
afterEach(() => coc.close());

test('there are examples, each with a row in their README', () => {
	expect(files.length).toBeGreaterThan(1);
	const readme = readFileSync(join(folder, 'README.md'), 'utf8');
	for (const file of files) {
		expect(file).toMatch(/^[a-z]+(-[a-z]+)*\.json$/);
		expect(readme).toContain(`| [${file}](${file}) |`);
	}
});

describe.each(files)('%s', (file) => {
	const workflow = JSON.parse(readFileSync(join(folder, file), 'utf8')) as WorkflowJson;

	test('sets only fields and options that the nodes have', () => {
		const nodes = workflow.nodes.filter(({ type }) => type.startsWith(PACKAGE));
		expect(nodes).not.toEqual([]);
		for (const { type, parameters } of nodes) {
			const { description } = packages.getByNameAndVersion(type.replace(/Tool$/, ''));
			const known = [...fieldsOf(description, parameters['operation']), ...fieldsOfTools];
			expect(known).toContain('options.timeout');
			expect(known).toEqual(expect.arrayContaining(setIn(parameters, description)));
		}
	});

	test('reaches no host but the sandbox, at an address that answers there', () => {
		const answer = neighbours({ reset() {}, onSaid() {}, tickets: coc.tickets });
		for (const { name, parameters } of workflow.nodes) {
			const [address] = JSON.stringify(parameters).match(/https?:[^"\s]+/) ?? [];
			if (address === undefined) continue;
			const { origin, pathname: path } = new URL(address);
			expect([name, origin]).toEqual([name, `http://127.0.0.1:${SANDBOX_PORT}`]);
			const { method = 'GET' } = parameters as { method?: string };
			const asked = { method, path, url: path, json: { text: 'Said' } } as RecordedRequest;
			expect([name, answer(asked)?.status]).toEqual([name, 200]);
		}
	});

	test('names only alarms that the sandbox has, and its application', () => {
		const known = [...sandboxAlarms(0).map(({ id }) => id), PAYMENTS.id];
		const named = JSON.stringify(workflow).match(/ALM\d+|"66f0\w+"/g) ?? [];
		expect(known).toEqual(expect.arrayContaining(named.map((id) => id.replace(/"/g, ''))));
	});

	test('names only tickets that the sandbox has', () => {
		const tickets = sandboxTickets(0).map(({ ticket }) => ticket.number);
		const real = workflow.nodes.map(({ parameters }) => {
			// Where a model is shown what a number looks like, it is an example.
			return JSON.stringify(parameters).replace(/\$fromAI\(.*?\)/g, '');
		});
		const named = [...real, JSON.stringify(workflow.pinData ?? {})].join().match(/IM\d+/g);
		expect(tickets).toEqual(expect.arrayContaining([...(named ?? [])]));
	});

	test('names tickets and people as the editor stores them', () => {
		const nodes = workflow.nodes.filter(({ type }) => type.startsWith(PACKAGE));
		for (const { type, parameters } of nodes) {
			const { properties } = packages.getByNameAndVersion(type.replace(/Tool$/, '')).description;
			const fields = properties.flatMap((property) => [property, ...partsOf(property)]);
			const locators = fields.filter((property) => property.type === 'resourceLocator');
			const held = [
				...Object.entries(parameters),
				...Object.values(parameters).flatMap((value) => Object.entries(Object(value) as object)),
			];
			for (const [name, value] of held) {
				const modes = locators.find((one) => one.name === name)?.modes?.map((one) => one.name);
				if (modes === undefined) continue;
				expect([name, value]).toEqual([name, expect.objectContaining({ __rl: true })]);
				expect(modes).toContain((value as { mode: string }).mode);
			}
		}
	});

	test('has notes that no node lies under', () => {
		for (const { position, parameters } of workflow.nodes.filter(isNote)) {
			const { width, height } = parameters as Record<string, number>;
			const [left, top] = position;
			for (const { name, position: at } of workflow.nodes.filter((node) => !isNote(node))) {
				const isUnder = at[0] < left + width! && at[0] + 96 > left && at[1] < top + height!;
				expect([name, isUnder && at[1] + 96 > top]).toEqual([name, false]);
			}
		}
	});

	test('has notes as high as their text, which begin with the credential', () => {
		const notes = workflow.nodes.filter(isNote);
		expect(notes).toHaveLength(1);
		for (const { parameters } of notes) {
			const { width, height, content } = parameters as Record<'width' | 'height', number> & {
				content: string;
			};
			const needed = heightOf(content, width);
			expect(height).toBeGreaterThanOrEqual(needed);
			expect(height).toBeLessThanOrEqual(needed + 60);
			const [first = ''] = /^1\. .*/m.exec(content) ?? [];
			expect(first).toMatch(/^1\. Check which .*credential.* n8n has chosen .* unasked/);
		}
	});

	test('tells a model what the page on agents has for it', () => {
		const page = readFileSync(join(root, 'docs/agents.md'), 'utf8');
		for (const { name, parameters } of workflow.nodes) {
			const { toolDescription: text } = parameters;
			if (text !== undefined)
				expect([name, page.includes(`| ${text as string} `)]).toEqual([name, true]);
		}
	});

	test('connects nodes that exist', () => {
		const names = workflow.nodes.map(({ name }) => name);
		for (const [from, connections] of Object.entries(workflow.connections)) {
			expect(names).toContain(from);
			const outputs = Object.values(connections).flat();
			for (const target of outputs.flatMap((output) => output ?? [])) {
				expect(names).toContain(target.node);
			}
		}
	});
});

describe.each(['verify-incident.json', 'verify-many-incidents.json'])('%s', (file) => {
	const workflow = JSON.parse(readFileSync(join(folder, file), 'utf8')) as WorkflowJson;

	test('verifies its pinned tickets on the engine, once they wait for that', async () => {
		const [pinned = []] = Object.values(workflow.pinData ?? {});
		const input = pinned.map(({ json }) => ({ ...json, ticket: coc.addTicket().number }));
		const { id, data } = credentialOf(workflow.nodes, coc);
		const run = await runWorkflow({
			// What comes behind the node, n8n's Switch, is not on this engine: the end-to-end run has it.
			workflow: { ...workflow, nodes: workflow.nodes.map(withoutSwitch) },
			packages,
			credentials: { [id]: { id, name: 'COC', type: 'huaweiCloudCocApi', data } },
			input,
		});
		expect(run.executionError).toBeUndefined();
		expect(run.outputs('COC Incident', 1)).toEqual([]);
		expect(
			run.outputs('COC Incident').map(({ json }) => [json['ticket'], json['outcome']]),
		).toEqual(input.map(({ ticket }) => [ticket, 'applied']));
		expect(input.length).toBeGreaterThan(1);
	});
});

/** About how high the editor shows a text of this width: a heading, lines of 14 px, gaps. */
function heightOf(content: string, width: number): number {
	const [characterWidth, line, gap, heading, padding] = [6.3, 18, 4, 41, 46] as const;
	const heights = content.split('\n').map((paragraph) => {
		if (paragraph.trim() === '') return 0;
		if (paragraph.startsWith('#')) return heading;
		const characters = paragraph.replace(/[*_#`]/g, '').length;
		return gap + line * Math.ceil((characters * characterWidth) / (width - padding));
	});
	return heights.reduce((sum, one) => sum + one, 0);
}

function withoutSwitch(node: INode): INode {
	if (node.type !== 'n8n-nodes-base.switch') return node;
	return { ...node, type: 'n8n-nodes-base.noOp', typeVersion: 1, parameters: {} };
}

function credentialOf(nodes: INode[], standIn: StandIn) {
	const id = nodes.flatMap(({ credentials }) => credentials?.['huaweiCloudCocApi']?.id ?? [])[0];
	return { id: String(id), data: { endpoint: standIn.url, token: standIn.issueToken() } };
}
