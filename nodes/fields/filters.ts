import type { ListFilter } from '../coc/calls/listIncidents';
import { LIMITS } from '../coc/limits';
import { STATUS_LABELS } from '../coc/statuses';
import { addedFields, mapField, type Field, type Values } from './field';
import { anyKeyField, LEVEL, SOURCE, TYPE, type Keyed } from './keyed';
import { momentField } from './moment';
import { personField } from './person';
import { textField } from './simpleFields';

const STATUS: Keyed = {
	shape: {
		displayName: 'Status',
		name: 'status',
		description:
			'Where the incident stands. The list of COC does not show it, so that one more request is made for each incident that fits the other filters',
	},
	labels: STATUS_LABELS,
	isClosed: true,
	preset: '',
};

/** What an incident is like, whatever happens to it. */
const traits = {
	assignee: person('Assignee', 'assignee', 'Who handles the incident, by IAM user ID'),
	creator: person('Creator', 'creator', 'Who created the incident, by IAM user ID'),
	level: anyKeyField(LEVEL),
	source: anyKeyField(SOURCE),
	titleContains: textField({
		displayName: 'Title Contains',
		name: 'titleContains',
		placeholder: 'e.g. payment',
		description: 'A part of the title',
		limit: LIMITS.key,
	}),
	type: anyKeyField(TYPE),
};

const parts = {
	...traits,
	createdAfter: moment('Created After', 'createdAfter'),
	createdBefore: moment('Created Before', 'createdBefore'),
	status: anyKeyField(STATUS),
	updatedAfter: moment('Updated After', 'updatedAfter'),
	updatedBefore: moment('Updated Before', 'updatedBefore'),
};

const FILTERS = {
	displayName: 'Filters',
	name: 'filters',
	placeholder: 'Add filter',
	description: 'Only incidents that fit all of these',
};

/** The filters of the list call, and the statuses that it can't filter by. */
export interface WantedIncidents {
	filters: ListFilter[];
	/** Null for any. */
	statuses: string[] | null;
}

/** Filters of a list of incidents. */
export const filters: Field<WantedIncidents> = mapField(addedFields(FILTERS, parts), (added) => ({
	filters: filtersFor(added),
	statuses: added.status ?? null,
}));

/** Filters for those who look at incidents whatever their status and times. */
export const traitFilters: Field<ListFilter[]> = mapField(addedFields(FILTERS, traits), filtersFor);

/**
 * What filters hold that isn't among the preset keys, as sentences: a key of the tenant's own, or a
 * word that COC doesn't know, by which nothing is found.
 */
export function unknownKeys(filtersOfList: ListFilter[]): string[] {
	return filtersOfList.flatMap(({ name, values }) => {
		const keyed = [LEVEL, SOURCE, TYPE].find(({ shape }) => shape.name === name);
		if (keyed === undefined) return [];
		const words = values.filter((value) => !keyed.labels.has(value)).map((word) => `"${word}"`);
		const { displayName } = keyed.shape;
		return words.length === 0
			? []
			: [
					`'${displayName}' has ${words.join(', ')}, which is found only if it is a value of your COC.`,
				];
	});
}

/** The label of the field behind a filter of the list. */
export function filterLabel(name: string): string {
	const field = Object.entries(traits).find(([key]) => key === name || key === `${name}Contains`);
	return field?.[1].properties[0]?.displayName ?? name;
}

function filtersFor(wanted: Partial<Values<typeof parts>>): ListFilter[] {
	const all: Array<ListFilter | null> = [
		filter('assignee', 'assignee', '=', wanted.assignee),
		filter('create_time_start', 'create_time', '>=', wanted.createdAfter),
		filter('create_time_end', 'create_time', '<=', wanted.createdBefore),
		filter('creator', 'creator', '=', wanted.creator),
		filter('level', 'level_id', 'in', wanted.level),
		filter('source', 'source_id', 'in', wanted.source),
		filter('title', 'title', 'like', wanted.titleContains),
		filter('type', 'mtm_type', 'in', wanted.type),
		filter('update_time_start', 'update_time', '>=', wanted.updatedAfter),
		filter('update_time_end', 'update_time', '<=', wanted.updatedBefore),
	];
	return all.filter((one) => one !== null);
}

function filter(
	name: string,
	field: string,
	operator: ListFilter['operator'],
	value: string | number | string[] | undefined,
): ListFilter | null {
	if (value === undefined) return null;
	return { name, field, operator, values: Array.isArray(value) ? value : [String(value)] };
}

function person(displayName: string, name: string, description: string): Field<string> {
	return personField({ displayName, name, description });
}

function moment(displayName: string, name: string): Field<number> {
	return momentField({
		displayName,
		name,
		description:
			'A time in ISO 8601, or in milliseconds since 1970; that very moment counts as well',
	});
}
