/** The examples on the engine: our node is real, as is COC's stand-in. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeAll, beforeEach } from '@jest/globals';
import type { IDataObject, INode } from 'n8n-workflow';
import {
	loadPackage,
	runWorkflow,
	type Packages,
	type WorkflowJson,
	type WorkflowRun,
} from '../engine/index.cts';
import { startStandIn, type StandIn } from '../standin/index.cts';

const root = join(__dirname, '..', '..');

export interface Examples {
	packages: Packages;
	coc: StandIn;
	/** Runs one; its trigger starts with these items, or with those that it pins. */
	run(name: string, input?: IDataObject[]): Promise<WorkflowRun>;
}

/**
 * A COC for each test of a file. Of n8n's own nodes stands here only what the engine needs; the
 * end-to-end run has the real ones.
 *
 * @param kept the nodes of n8n, by name, for which a test has something of its own
 */
export function useExamples(kept: string[] = []): Examples {
	const examples = {} as Examples;
	/** Triggers start with their pinned items, other nodes of n8n hand on what they get. */
	const withoutBaseNode = (node: INode): INode => {
		const [packageName, name = ''] = node.type.split('.');
		const isTrigger = name === 'webhook' || name.endsWith('Trigger');
		const isOwn = packageName === 'n8n-nodes-huaweicloud-coc';
		if (isOwn && !isTrigger) return node;
		if (kept.includes(node.name)) return { ...node, type: `n8n-nodes-base.${name}` };
		const type = `n8n-nodes-base.${isTrigger ? 'manualTrigger' : 'noOp'}`;
		return { ...node, type, typeVersion: 1, parameters: {} };
	};
	examples.run = async (name, input) => {
		const { packages, coc } = examples;
		const file = join(root, 'examples', `${name}.json`);
		const workflow = JSON.parse(readFileSync(file, 'utf8')) as WorkflowJson;
		const data = { endpoint: coc.url, token: coc.issueToken() };
		return await runWorkflow({
			workflow: { ...workflow, nodes: workflow.nodes.map(withoutBaseNode) },
			packages,
			credentials: {
				huaweiCloudCoc: { id: 'huaweiCloudCoc', name: 'COC', type: 'huaweiCloudCocApi', data },
			},
			...(input && { input }),
		});
	};
	beforeAll(async () => {
		examples.packages = await loadPackage(root);
	});
	beforeEach(async () => {
		examples.coc = await startStandIn();
	});
	afterEach(() => examples.coc.close());
	return examples;
}
