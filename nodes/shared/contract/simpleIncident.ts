import type { IDataObject } from 'n8n-workflow';
import { LEVELS, SOURCES, TYPES } from './enumerations';
import { STATUS_LABELS } from './incident';
import { recordsOf, wordsOf } from './json';

/**
 * An incident's detail (v1) as a user reads it: ten fields, English words for what COC gives as keys,
 * ISO times, single values instead of lists of one.
 */
export function simpleIncident(detail: IDataObject): IDataObject {
	return {
		ticket: wordsOf(detail.incident_num),
		title: wordsOf(detail.incident_title),
		status: statusLabel(detail.status),
		level: labelOf(detail, detail.incident_level, LEVELS),
		type: labelOf(detail, detail.incident_type, TYPES),
		source: labelOf(detail, detail.incident_source, SOURCES),
		assignee: single(detail.incident_assignee),
		creator: wordsOf(detail.creator),
		serviceInterrupted: asFlag(detail.is_service_interrupt),
		createdAt: isoTime(timeOf(detail.create_time)),
	};
}

/** The console's word for a status; one that isn't known is shown as it is. */
export function statusLabel(status: unknown): string | null {
	const text = wordsOf(status);
	return text === null ? null : (STATUS_LABELS.get(text) ?? text);
}

/** A time in ms since 1970, as number or text; null for anything else. */
export function timeOf(value: unknown): number | null {
	const text = wordsOf(value);
	return text !== null && /^\d{12,14}$/.test(text) ? Number(text) : null;
}

export function isoTime(time: number | null): string | null {
	return time === null ? null : new Date(time).toISOString();
}

/** By the answer's own labels, then by COC's presets. */
function labelOf(
	detail: IDataObject,
	value: unknown,
	presets: ReadonlyMap<string, string>,
): string | null {
	const key = wordsOf(value);
	if (key === null) return null;
	const own = recordsOf(detail.enum_data_list)?.find(({ enum_key }) => wordsOf(enum_key) === key);
	return wordsOf(own?.name_en) ?? presets.get(key) ?? key;
}

function single(value: unknown): string | null {
	return wordsOf(Array.isArray(value) ? (value as unknown[])[0] : value);
}

/** v2 gives flags as texts. */
function asFlag(value: unknown): boolean | null {
	if (value === true || value === 'true') return true;
	return value === false || value === 'false' ? false : null;
}
