// The node as a tool of an AI agent: n8n offers it under a second name.
import { describe, expect, test } from '@jest/globals';
import { NodeHelpers } from 'n8n-workflow';
import type { INode } from 'n8n-workflow';
import { runWorkflow } from '../../engine/index.cts';
import { forbidReading, NODE, TYPE, useCoc, verifyWorkflow } from '../../support/coc.cts';
import { useQuickTime } from '../../support/quickTime.cts';
import { asTool, TOOL, withTool } from '../../support/tools.cts';

useQuickTime();
const coc = useCoc();

/** Runs one item through the tool variant, in Stop mode as an agent's tools do. */
function runTool(ticket: string, parameters: INode['parameters'] = {}) {
	const packages = withTool(coc.packages);
	const node = { type: TOOL, onError: 'stopWorkflow' as const };
	const result = undefined as never;
	return runWorkflow({
		workflow: verifyWorkflow({ ...node, parameters: { result, ...parameters } }),
		packages,
		credentials: { a: coc.credential },
		input: [{ ticket, operator: 'u1', comment: 'By an agent' }],
	});
}

test('the node can be used as a tool', () => {
	expect(coc.packages.getByNameAndVersion(TYPE).description.usableAsTool).toBe(true);
});

test.each([
	['the node', false, '', 'options', 'Result'],
	['the tool', true, false, 'boolean', 'Resolved'],
])('on %s a Result that nobody filled is %s', (_name, tool, expected, type, displayName) => {
	const { description } = tool ? asTool(coc.packages) : coc.packages.getByNameAndVersion(TYPE);
	const node = verifyWorkflow().nodes.find(({ name }) => name === NODE)!;
	const shown = description.properties.filter(
		(property) =>
			property.name === 'result' &&
			NodeHelpers.displayParameter(
				{ resource: 'incident', operation: 'verify' },
				property,
				node,
				description,
			),
	);
	expect(shown).toMatchObject([{ displayName, type, default: expected }]);
	// n8n's own button for "let the model fill this" is missing in collections and dropdowns.
	expect(tool && shown[0]?.type === 'options').toBe(false);
});

describe('the tool', () => {
	test('never closes a ticket by a field that nobody filled', async () => {
		const ticket = coc.ticket();
		const run = await runTool(ticket);
		expect(run.outputs(NODE)[0]?.json).toMatchObject({ ticket, result: false, outcome: 'applied' });
		expect(coc.standIn.tickets.get(ticket)?.status).toBe('INCIDENT_STATUS_ACKNOWLEDGED');
	});

	test('closes it when the model says so', async () => {
		const ticket = coc.ticket();
		await runTool(ticket, { result: '={{ "true" }}' });
		expect(coc.standIn.tickets.get(ticket)?.status).toBe('INCIDENT_STATUS_COMPLETED');
	});

	test('names its fields as it shows them', async () => {
		const { executionError } = await runTool(coc.ticket(), { result: '={{ "perhaps" }}' });
		expect(executionError?.message).toContain("'Resolved' must be true or false");
	});

	test.each(['ECONNRESET', 'ETIMEDOUT'])(
		'tells the agent everything in the message, %s included',
		async (word) => {
			const ticket = `${word}-1`;
			forbidReading(coc);
			coc.standIn.fault({ kind: 'status', status: 504, message: `Backend: ${word}` });
			const { executionError } = await runTool(ticket);
			const message = executionError?.message ?? '';
			for (const part of [ticket, `Backend: ${word}`, 'APIGW.0201', 'It is not known whether']) {
				expect(message).toContain(part);
			}
			// n8n wraps what isn't of this class before an agent sees it.
			expect(executionError?.name).toBe('NodeOperationError');
		},
	);

	test('tells the agent the network’s own code', async () => {
		coc.standIn.fault({ kind: 'resetBefore', times: 9 });
		forbidReading(coc);
		const { executionError } = await runTool(coc.ticket());
		expect(executionError?.message).toMatch(/was lost before an answer came \(ECONNRESET\)\./);
	});
});
