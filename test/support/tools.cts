/** The node as a tool of an AI agent: n8n offers it under a second name. */
import type { Packages } from '../engine/index.cts';
import { TYPE } from './coc.cts';

export const TOOL = `${TYPE}Tool`;

/** The node's description as n8n names the tool, whose outputs don't matter here. */
export function asTool(packages: Packages) {
	const node = packages.getByNameAndVersion(TYPE);
	const description = { ...node.description, name: `${node.description.name}Tool` };
	return Object.assign(Object.create(node) as typeof node, { description });
}

/** The same packages, with the tool. */
export function withTool(packages: Packages): Packages {
	return Object.assign(Object.create(packages) as Packages, {
		getByName: (type: string) => (type === TOOL ? asTool(packages) : packages.getByName(type)),
	});
}
