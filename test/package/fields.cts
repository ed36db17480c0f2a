import type { INodeProperties, INodeTypeDescription } from 'n8n-workflow';

/** The fields that the node shows for an operation; a collection's own as "options.timeout". */
export function fieldsOf({ properties }: INodeTypeDescription, operation: unknown): string[] {
	return properties
		.filter(
			({ displayOptions }) =>
				displayOptions?.show?.['operation']?.includes(operation as string) ?? true,
		)
		.flatMap((field) => [field.name, ...partsOf(field).map(({ name }) => `${field.name}.${name}`)]);
}

/** The fields within a collection. */
export function partsOf({ type, options = [] }: INodeProperties): INodeProperties[] {
	return type === 'collection' ? (options as INodeProperties[]) : [];
}

/** What a workflow sets in a node, in the same way. */
export function setIn(parameters: object, description: INodeTypeDescription): string[] {
	const collections = description.properties.filter(({ type }) => type === 'collection');
	const names = new Set(collections.map(({ name }) => name));
	return Object.entries(parameters).flatMap(([name, value]) => [
		name,
		...(names.has(name) ? Object.keys(value as object).map((part) => `${name}.${part}`) : []),
	]);
}
