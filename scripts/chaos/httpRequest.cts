/** n8n's HTTP Request node in the same trouble. */
import { type Packages, runWorkflow } from '../../test/engine/index.cts';
import type { Contestant } from '../../test/chaos/node.cts';
import { NODE, workflowOf } from '../../test/chaos/workflow.cts';
import { httpVerification } from '../../test/support/httpVerification.cts';

/** It knows two outcomes: an item leaves by the success output, or it doesn't. */
export function httpRequest(packages: Packages): Contestant {
	return async (run, world) => {
		const { id, name, type, ...more } = world.credentialOf(run);
		const node = httpVerification(world.coc.url, {
			...run.settings,
			credentials: { [type]: { id, name } },
		});
		const { outputs, status } = await runWorkflow({
			packages,
			credentials: { [id]: { id, name, type, ...more } },
			input: run.items.map(({ ticket, fields }) => ({ ...fields, ticket: ticket.trim() })),
			workflow: workflowOf({
				...node,
				// The same patience as the other node has.
				parameters: { ...node.parameters, options: { timeout: world.timeoutMs } },
			}),
		});
		const itemsOf = (output: number) =>
			new Set(outputs(NODE, output).map(({ pairedItem }) => (pairedItem as { item: number }).item));
		const [done, failed] = status === 'success' ? [itemsOf(0), itemsOf(1)] : [];
		return run.items.map((item, index) => {
			const said = done?.has(index) ? 'applied' : failed?.has(index) ? 'notSent' : undefined;
			return { ...item, run: run.name, index, outcome: said };
		});
	};
}
