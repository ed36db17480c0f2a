// The changes of a ticket as tools of an AI agent: fields that a model can fill, messages to go on from.
import { describe, expect, test } from '@jest/globals';
import { type INodeProperties, NodeHelpers } from 'n8n-workflow';
import { runWorkflow, type Packages } from '../../engine/index.cts';
import { changes, V2_CHANGES, type V2ChangeName } from '../../support/changes.cts';
import { NODE, TYPE, useCoc, verifyWorkflow } from '../../support/coc.cts';
import { actionsSent, parametersOf } from '../../support/operate.cts';

const coc = useCoc();

/** The node's description as n8n names the tool. */
const asTool = () => {
	const node = coc.packages.getByNameAndVersion(TYPE);
	const description = { ...node.description, name: `${node.description.name}Tool` };
	return Object.assign(Object.create(node) as typeof node, { description });
};

function shownFor(operation: string, isTool: boolean): INodeProperties[] {
	const { description } = isTool ? asTool() : coc.packages.getByNameAndVersion(TYPE);
	const node = verifyWorkflow().nodes.find(({ name }) => name === NODE)!;
	const parameters = { resource: 'incident', operation, assignTo: 'person' };
	return description.properties.filter((property) =>
		NodeHelpers.displayParameter(parameters, property, node, description),
	);
}

/** Runs one item through the tool variant, in Stop mode as an agent's tools do. */
function runTool(operation: V2ChangeName, ticket: string, fields: object) {
	const packages = Object.assign(Object.create(coc.packages) as Packages, {
		getByName: (type: string) => (type === `${TYPE}Tool` ? asTool() : coc.packages.getByName(type)),
	});
	const workflow = verifyWorkflow({
		...{ type: `${TYPE}Tool`, onError: 'stopWorkflow' as const },
		parameters: parametersOf(operation, ['ticket', ...Object.keys(fields)]),
	});
	const input = [{ ticket, ...fields }];
	return runWorkflow({ workflow, packages, credentials: { a: coc.credential }, input });
}

describe.each(V2_CHANGES)('%s', (operation) => {
	const { ticket, fields, sent } = changes[operation];

	test('as a tool sends what the node sends', async () => {
		const number = coc.ticket(ticket());
		const run = await runTool(operation, number, fields);
		expect(run.executionError).toBeUndefined();
		expect(run.outputs(NODE)[0]?.json).toMatchObject({ ticket: number, outcome: 'applied' });
		expect(actionsSent(coc)).toMatchObject([sent]);
	});

	test('has each field once, in the node and in the tool', () => {
		for (const isTool of [false, true]) {
			const names = shownFor(operation, isTool).map(({ name }) => name);
			expect(names).toEqual([...new Set(names)]);
			expect(names).toEqual(expect.arrayContaining(['ticket', ...Object.keys(fields)]));
		}
	});

	test('tells an agent what is possible instead', async () => {
		const number = coc.ticket({ status: 'INCIDENT_STATUS_COMPLETED' });
		const { executionError } = await runTool(operation, number, fields);
		const message = executionError?.message ?? '';
		expect(message).toContain(number);
		expect(message).toContain(`the ticket's status is "Completed"`);
		expect(message).toContain('Possible now: nothing.');
		expect(executionError?.name).toBe('NodeOperationError');
	});
});

test('a level is a choice in the node, and a text that names its keys in the tool', () => {
	const level = (isTool: boolean) =>
		shownFor('changeLevel', isTool).find(({ name }) => name === 'level');
	expect(level(false)).toMatchObject({ type: 'options', default: '', required: true });
	expect(level(true)).toMatchObject({ type: 'string', default: '', required: true });
	expect(level(true)?.description).toContain('level_10 (P1)');
});

test('a level that nobody filled changes nothing', async () => {
	const number = coc.ticket(changes.changeLevel.ticket());
	const run = await runTool('changeLevel', number, { level: '', reason: 'Because' });
	expect(run.executionError?.message).toContain("'Level From P1 to P5' is empty");
	expect(coc.requests()).toEqual([]);
});

test('tickets and people can be picked, or named by a model', () => {
	const shown = shownFor('forward', true);
	for (const name of ['ticket', 'assignee']) {
		const locator = shown.find((property) => property.name === name);
		expect(locator?.type).toBe('resourceLocator');
		expect(locator?.modes?.map(({ type }) => type)).toEqual(['list', 'string']);
	}
});

test('an agent that rejects what can’t be rejected learns what it can do', async () => {
	const number = coc.ticket(changes.forward.ticket());
	const { executionError } = await runTool('reject', number, changes.reject.fields);
	expect(executionError?.message).toContain(
		'Possible now: Submit Solution (commitSolution), Forward (acceptedForward)',
	);
});
