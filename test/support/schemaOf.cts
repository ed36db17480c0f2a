/** The schema that n8n derives from data; of a list it looks at the first one. */
export function schemaOf(value: unknown): object {
	if (value === null) return { type: 'null' };
	if (Array.isArray(value)) return { type: 'array', items: schemaOf(value[0]) };
	if (typeof value !== 'object') return { type: typeof value };
	const properties = Object.entries(value).map(([key, inner]) => [key, schemaOf(inner)] as const);
	return { type: 'object', properties: Object.fromEntries(properties) };
}
