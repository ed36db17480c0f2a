import { recordsOf } from '../coc/json';
import type { Result } from '../coc/result';
import { fieldOf, type OptionField } from './field';
import { asJsonObject } from './jsonObject';

/** The keys of the list's body that the node doesn't set itself. */
const KEYS = [
	'condition',
	'contain_all',
	'contain_sub_ticket',
	'int_filters',
	'string_filters',
	'ticket_types',
];

/** Names of the node's own filters: in a condition it would not be clear which is meant. */
const TAKEN = /^(?:(?:create|update)_time_(?:start|end)|assignee|creator|level|source|title|type)$/;

/** The body's keys, as far as they are read here. */
export interface FilterJson {
	condition?: string;
	string_filters?: object[];
	[key: string]: unknown;
}

/** COC's own filter language, for those who know it. */
export const filterJson: OptionField<FilterJson> = {
	...fieldOf(asFilterJson, {
		displayName: 'Filter (JSON)',
		name: 'filterJson',
		type: 'json',
		default: '{}',
		description: `Part of the body of COC's call ListIncidents, which holds beside the filters above. It may hold these: ${KEYS.join(', ')}. In a condition only its own filters are named.`,
	}),
	absent: {},
};

function asFilterJson(value: unknown, label: string): Result<FilterJson> {
	const json = asJsonObject(value, label);
	if (!json.ok) return { ...json, hint: EXAMPLE };
	const { value: body } = json;
	const refuse = (what: string, hint: string) => ({
		ok: false as const,
		reason: `'${label}' ${what}`,
		hint,
	});
	const unknown = Object.keys(body).find((key) => !KEYS.includes(key));
	if (unknown !== undefined) {
		return refuse(`has the property ${brief(unknown)}`, `It may have these: ${KEYS.join(', ')}.`);
	}
	const { condition = '', string_filters = [] } = body;
	if (typeof condition !== 'string') return refuse('needs a text as condition', EXAMPLE);
	const filters = recordsOf(string_filters);
	if (filters === null || filters.length < (string_filters as unknown[]).length) {
		return refuse('needs a list of objects as string_filters', EXAMPLE);
	}
	const taken = filters.map(({ name }) => String(name)).find((name) => TAKEN.test(name));
	if (taken !== undefined) {
		return refuse(`has a filter ${brief(taken)}, as the node has`, 'Give it another name.');
	}
	return { ok: true, value: body };
}

function brief(key: string): string {
	return JSON.stringify(key.slice(0, 50));
}

const EXAMPLE =
	'For example {"string_filters": [{"field": "incident_ownership", "operator": "=", "values": ["Proactive O&M"]}]}';
