import type { IExecuteFunctions, INodeProperties } from 'n8n-workflow';
import type { Checked } from '../../shared/contract/checked';
import { STATUS_LABELS } from '../../shared/contract/incident';
import { LIMITS } from '../../shared/contract/limits';
import type { ListFilter } from '../../shared/contract/listIncidents';
import { asCode, LEVEL, SOURCE, TYPE, type Coded } from './coded';
import { collectionOf, readAdded, type Part, type Parts } from './collection';
import { asMoment } from './moment';
import { asPerson, personField } from './person';
import { asWords } from './read';

/** What the incidents of a list have in common. */
interface Filters {
	assignee: string;
	createdAfter: number;
	createdBefore: number;
	creator: string;
	level: string[];
	source: string[];
	status: string[];
	titleContains: string;
	type: string[];
	updatedAfter: number;
	updatedBefore: number;
}

const STATUS: Coded = {
	field: {
		displayName: 'Status',
		name: 'status',
		description:
			'Where the incident stands. The list of COC does not tell, so that one more request is made for each incident that fits the other filters.',
	},
	labels: STATUS_LABELS,
	preset: '',
};

const parts: Parts<Filters> = {
	assignee: person('Assignee', 'assignee', 'Who handles the incident, by IAM user ID'),
	createdAfter: moment('Created After', 'createdAfter'),
	createdBefore: moment('Created Before', 'createdBefore'),
	creator: person('Creator', 'creator', 'Who created the incident, by IAM user ID'),
	level: anyOf(LEVEL),
	source: anyOf(SOURCE),
	status: anyOf(STATUS),
	titleContains: {
		field: {
			displayName: 'Title Contains',
			name: 'titleContains',
			type: 'string',
			default: '',
			placeholder: 'e.g. payment',
			description: 'A part of the title',
		},
		read: (value, label) => asWords(value, label, LIMITS.code),
	},
	type: anyOf(TYPE),
	updatedAfter: moment('Updated After', 'updatedAfter'),
	updatedBefore: moment('Updated Before', 'updatedBefore'),
};

const FILTERS = { displayName: 'Filters', name: 'filters', placeholder: 'Add filter' };

export const filtersField = collectionOf(
	FILTERS,
	Object.values<Part<unknown>>(parts).map(({ field }) => field),
);

/** The filters of the list call, and the statuses that it can't filter by. */
export interface Wanted {
	filters: ListFilter[];
	/** Null for any. */
	statuses: string[] | null;
}

export function readFilters(context: IExecuteFunctions, itemIndex: number): Checked<Wanted> {
	const added = readAdded(context, itemIndex, FILTERS, parts);
	if (!added.ok) return added;
	const wanted = added.value;
	const filters: Array<ListFilter | null> = [
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
	return {
		ok: true,
		value: {
			filters: filters.filter((one) => one !== null),
			statuses: wanted.status ?? null,
		},
	};
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

function person(displayName: string, name: string, description: string): Part<string> {
	return { field: personField({ displayName, name, description }), read: asPerson };
}

function moment(displayName: string, name: string): Part<number> {
	const field: INodeProperties = {
		displayName,
		name,
		type: 'dateTime',
		default: '',
		description:
			'A time in ISO 8601, or in milliseconds since 1970; that very moment counts as well',
	};
	return { field, read: asMoment };
}

/** Any of some coded values. */
function anyOf({ field, labels }: Coded): Part<string[]> {
	return {
		field: {
			...field,
			type: 'multiOptions',
			options: [...labels].map(([value, name]) => ({ name, value })),
			default: [],
			description: `${field.description}. An expression may give any keys of your COC, as a list or joined by commas.`,
		},
		read: asCodes,
	};
}

function asCodes(value: unknown, label: string): Checked<string[]> {
	const list = typeof value === 'string' ? value.split(',') : value;
	if (!Array.isArray(list)) return { ok: false, reason: `'${label}' must be a list` };
	if (list.length === 0) {
		return {
			ok: false,
			reason: `'${label}' is empty`,
			hint: 'Choose a value, or remove the filter.',
		};
	}
	const codes: string[] = [];
	for (const one of list as unknown[]) {
		const code = asCode(one, label);
		if (!code.ok) return code;
		codes.push(code.value);
	}
	return { ok: true, value: codes };
}
