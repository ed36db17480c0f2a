import type { INodeProperties } from 'n8n-workflow';
import { asPerson, personField } from '../CocIncident/fields/person';
import { asText, isBlank } from '../CocIncident/fields/read';
import type { Checked } from '../shared/contract/checked';
import { LEVELS, SOURCES, TYPES } from '../shared/contract/enumerations';
import type { ListFilter } from '../shared/contract/listIncidents';

/** A filter: how the editor shows it, and what COC is asked for. */
interface Filter {
	field: INodeProperties;
	/** COC's name of the field. */
	of: string;
	operator: 'in' | 'like';
	/** Null when it lets everything through. */
	read(value: unknown): Checked<string[]> | null;
}

const FILTERS: Filter[] = [
	person('Assignee', 'assignee', 'Only incidents that this person has to handle'),
	person('Creator', 'creator', 'Only incidents that this person created'),
	coded('Level', 'level', 'level_id', LEVELS),
	coded('Source', 'source', 'source_id', SOURCES),
	{
		field: {
			displayName: 'Title Contains',
			name: 'titleContains',
			type: 'string',
			default: '',
			placeholder: 'e.g. payment',
			description: 'Only incidents whose title contains this text',
		},
		of: 'title',
		operator: 'like',
		read(value) {
			if (isBlank(value)) return null;
			const text = asText(value, 'Title Contains');
			return text.ok ? { ok: true, value: [text.value.trim()] } : text;
		},
	},
	coded('Type', 'type', 'mtm_type', TYPES),
];

export const filtersField: INodeProperties = {
	displayName: 'Filters',
	name: 'filters',
	type: 'collection',
	placeholder: 'Add filter',
	default: {},
	description: 'Only incidents that pass all of these start the workflow',
	options: FILTERS.map(({ field }) => field),
};

/** What COC is asked for; a filter that was added and is empty lets everything through. */
export function asFilters(value: unknown): Checked<ListFilter[]> {
	const given = { ...(value as Record<string, unknown> | null) };
	const filters: ListFilter[] = [];
	for (const { field, of, operator, read } of FILTERS) {
		const values = field.name in given ? read(given[field.name]) : null;
		if (values === null) continue;
		if (!values.ok) return values;
		filters.push({ name: field.name, field: of, operator, values: values.value });
	}
	return { ok: true, value: filters };
}

function person(displayName: string, name: string, description: string): Filter {
	return {
		field: personField({ displayName, name, description }),
		of: name,
		operator: 'in',
		read(value) {
			const isEmpty = isBlank(value) || isBlank((value as { value?: unknown }).value ?? value);
			if (isEmpty) return null;
			const id = asPerson(value, displayName);
			return id.ok ? { ok: true, value: [id.value] } : id;
		},
	};
}

/** Values that COC knows by a key, which tenants can extend: an expression may give others. */
function coded(
	displayName: string,
	name: string,
	of: string,
	labels: ReadonlyMap<string, string>,
): Filter {
	return {
		field: {
			displayName,
			name,
			type: 'multiOptions',
			options: [...labels].map(([value, label]) => ({ name: label, value })),
			default: [],
			description:
				'Only incidents with one of these. An expression may give any other key of your COC.',
		},
		of,
		operator: 'in',
		read(value) {
			const keys = (Array.isArray(value) ? (value as unknown[]) : [value]).filter(
				(key) => !isBlank(key),
			);
			if (keys.length === 0) return null;
			const wrong = keys.find((key) => typeof key !== 'string');
			if (wrong === undefined) return { ok: true, value: keys as string[] };
			return { ok: false, reason: `'${displayName}' must be a list of COC's keys` };
		},
	};
}
