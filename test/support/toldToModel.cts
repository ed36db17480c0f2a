/** What n8n hands a model of a tool: by n8n's own functions, from fields as the editor fills them. */
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { toJsonSchema } from '@langchain/core/utils/json_schema';
import type { DynamicStructuredTool } from '@langchain/core/tools';
import type { INode, INodeParameters, INodeProperties, INodeType } from 'n8n-workflow';
import { NodeHelpers } from 'n8n-workflow';
import { inEditor, nodeWith, partsIn, shownIn } from './inEditor.cts';

const load = createRequire(__filename);

/** Not among the exports of n8n-core. */
const asTool = load(
	join(
		dirname(load.resolve('n8n-core')),
		'execution-engine/node-execution-context/utils/create-node-as-tool.js',
	),
) as { createNodeAsTool: (options: object) => { response: DynamicStructuredTool } };

/** Types for whose fields the editor has no button *Let the model define this parameter*. */
const WITHOUT_BUTTON = ['options', 'collection', 'hidden', 'notice', 'credentialsSelect'];

/** A field as the editor's button fills it: the label is the name, and the description is empty. */
export function byModel({ displayName, type }: Pick<INodeProperties, 'displayName' | 'type'>) {
	const key = displayName.replace(/[^a-zA-Z0-9-]/g, '_').slice(0, 63);
	const kind = ['boolean', 'number', 'json'].includes(type) ? type : 'string';
	return `={{ /*n8n-auto-generated-fromAI-override*/ $fromAI('${key}', \`\`, '${kind}') }}`;
}

/** The tool as n8n's AI Agent gets it, with the button pressed for each field that has it. */
export function toldToModel(tool: INodeType, given: INodeParameters) {
	// As n8n makes a tool of a node.
	const description = { ...tool.description, inputs: [], outputs: ['ai_tool' as const] };
	const parameters: INodeParameters = { ...given };
	const isFillable = ({ type, noDataExpression, name }: INodeProperties) =>
		!WITHOUT_BUTTON.includes(type) && noDataExpression !== true && !(name in given);
	for (const property of shownIn(description, given).filter(isFillable)) {
		parameters[property.name] = filled(property);
	}
	for (const [path, part] of partsIn(description, given).filter(([, one]) => isFillable(one))) {
		const [collection = '', name = ''] = path.split('.');
		if (collection === 'options') continue;
		parameters[collection] = { ...(parameters[collection] as object), [name]: filled(part) };
	}
	const held = { ...inEditor(description, parameters), descriptionType: 'auto' };
	const node: INode = nodeWith(description, held);
	// As the editor names a node that it adds.
	node.name = NodeHelpers.makeNodeName(held, description);
	const { response } = asTool.createNodeAsTool({ node, nodeType: { ...tool, description } });
	return {
		name: response.name,
		description: response.description,
		schema: (toJsonSchema(response.schema) as { properties?: object }).properties ?? {},
	};
}

function filled(property: INodeProperties) {
	const value = byModel(property);
	const byHand = property.modes?.find(({ type }) => type === 'string')?.name ?? '';
	return property.type === 'resourceLocator' ? { __rl: true, mode: byHand, value } : value;
}
