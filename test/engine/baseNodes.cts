/**
 * The nodes of n8n-nodes-base that workflows here need, under their own names and reduced to what
 * the engine sees of them: installing that package for three nodes would take minutes.
 */
import type { INodeType, INodeTypeDescription } from 'n8n-workflow';

const describe = (
	name: string,
	description: Partial<INodeTypeDescription> = {},
): INodeTypeDescription => ({
	displayName: name,
	name,
	group: ['transform'],
	version: 1,
	description: '',
	defaults: { name },
	inputs: ['main'],
	outputs: ['main'],
	properties: [],
	...description,
});

/** Starts a manual run with one empty item; other items come as its pinned data, as in n8n. */
const manualTrigger: INodeType = {
	description: describe('manualTrigger', { group: ['trigger'], inputs: [] }),
	trigger() {
		const manualTriggerFunction = () =>
			Promise.resolve(this.emit([this.helpers.returnJsonArray([{}])]));
		return Promise.resolve({ manualTriggerFunction });
	},
};

/** Hands on what it gets. */
const noOp: INodeType = {
	description: describe('noOp'),
	execute() {
		return Promise.resolve([this.getInputData()]);
	},
};

/** A note on the canvas: it never runs. */
const stickyNote: INodeType = {
	description: describe('stickyNote', { inputs: [], outputs: [] }),
};

/** Carries calls of n8n's request helpers (see callHelper): it may use every credential type. */
const httpRequest: INodeType = {
	description: describe('httpRequest', { version: [1, 2, 3, 4, 4.1, 4.2, 4.3, 4.4, 4.5] }),
};

export const baseNodes: Record<string, INodeType> = {
	manualTrigger,
	noOp,
	stickyNote,
	httpRequest,
};
