/**
 * A node's parameters as n8n's editor makes them from the node's description. Suites that write them by
 * hand can't see what a default does.
 */
import {
	NodeHelpers,
	deepCopy,
	isResourceLocatorValue,
	type INodeParameters,
	type INodeProperties,
	type INodeTypeDescription,
	type NodeParameterValueType,
} from 'n8n-workflow';

/**
 * What the editor holds of a node: every field that it shows, with its default unless it was given.
 *
 * @param added parts of collections that were added and left alone, such as "options.dryRun"
 */
export function inEditor(
	description: INodeTypeDescription,
	given: INodeParameters = {},
	added: string[] = [],
): INodeParameters {
	const values = deepCopy(given);
	for (const path of added) {
		const [collection = '', part = ''] = path.split('.');
		const { default: value } = partOf(description, values, collection, part);
		// A copy of the default is all that the list of parts adds.
		values[collection] = { ...(values[collection] as INodeParameters), [part]: deepCopy(value) };
	}
	return resolve(description, values, true);
}

/** What n8n then saves: without what equals its default. */
export function saved(description: INodeTypeDescription, held: INodeParameters): INodeParameters {
	return resolve(description, held, false);
}

/** What the editor makes of a locator's value that is switched to *Expression*. */
export function asExpression(value: NodeParameterValueType): NodeParameterValueType {
	return isResourceLocatorValue(value)
		? { __rl: true, value: `=${String(value.value)}`, mode: value.mode }
		: // eslint-disable-next-line @typescript-eslint/no-base-to-string -- as the editor does
			{ __rl: true, value: `=${String(value)}`, mode: '' };
}

/** The fields that the editor shows for these values. */
export function shownIn(
	description: INodeTypeDescription,
	given: INodeParameters = {},
): INodeProperties[] {
	const values = inEditor(description, given);
	const node = nodeWith(description, values);
	return description.properties.filter((property) =>
		NodeHelpers.displayParameter(values, property, node, description),
	);
}

/** The parts of the collections among them, as "options.dryRun". */
export function partsIn(
	description: INodeTypeDescription,
	given: INodeParameters = {},
): Array<[path: string, part: INodeProperties]> {
	return shownIn(description, given).flatMap(({ name, type, options = [] }) =>
		type === 'collection'
			? (options as INodeProperties[]).map((part): [string, INodeProperties] => [
					`${name}.${part.name}`,
					part,
				])
			: [],
	);
}

function partOf(
	description: INodeTypeDescription,
	given: INodeParameters,
	collection: string,
	part: string,
): INodeProperties {
	const found = partsIn(description, given).find(([path]) => path === `${collection}.${part}`);
	if (!found) throw new Error(`The editor offers no ${collection}.${part} here`);
	return found[1];
}

function resolve(
	description: INodeTypeDescription,
	values: INodeParameters,
	withDefaults: boolean,
): INodeParameters {
	const node = nodeWith(description, values);
	return (
		NodeHelpers.getNodeParameters(
			description.properties,
			values,
			withDefaults,
			false,
			node,
			description,
		) ?? {}
	);
}

export const nodeWith = ({ name }: INodeTypeDescription, parameters: INodeParameters) => ({
	...{ id: '1', name: 'Node', type: name, typeVersion: 1, parameters },
	position: [0, 0] as [number, number],
});
