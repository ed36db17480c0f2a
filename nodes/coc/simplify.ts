import { LEVELS, SOURCES, TYPES } from './enumerations';
import { asNonEmptyText, first, flagOf, isoTime, recordsOf, timeOf } from './json';
import { personName } from './personName';
import { knownStatus, STATUS_LABELS } from './statuses';

type Names = Record<
	| 'ticket'
	| 'title'
	| 'level'
	| 'type'
	| 'source'
	| 'assignee'
	| 'creator'
	| 'serviceInterrupted'
	| 'createdAt',
	string
>;

/** The fields' names in v1's detail call and in v2's list. */
const V1: Names = {
	ticket: 'incident_num',
	title: 'incident_title',
	level: 'incident_level',
	type: 'incident_type',
	source: 'incident_source',
	assignee: 'incident_assignee',
	creator: 'creator',
	serviceInterrupted: 'is_service_interrupt',
	createdAt: 'create_time',
};
const V2: Names = {
	ticket: 'ticket_id',
	title: 'title',
	level: 'level_id',
	type: 'mtm_type',
	source: 'source_id',
	assignee: 'assignee',
	creator: 'creator',
	serviceInterrupted: 'is_service_interrupt',
	createdAt: 'create_time',
};

/** The names of a simplified incident's fields besides its number. */
export const INCIDENT_FIELDS = [
	...['title', 'status', 'level', 'type', 'source', 'assignee', 'assigneeName', 'creator'],
	...['creatorName', 'serviceInterrupted', 'createdAt'],
] as const;

/** An incident as v1's detail call shows it. */
export function simplifyDetail(data: Record<string, unknown>) {
	return simplify(data, V1, { status: statusLabel(first(data.status)) });
}

/**
 * An incident as v2's list shows it. That has no status of the ticket, but one of COC's process, whose
 * values aren't published: it goes by its own name, so that nobody compares one with the other.
 *
 * @param status the ticket's, where that is known
 */
export function simplifyListed(row: Record<string, unknown>, status: string | null = null) {
	if (status !== null) return simplify(row, V2, { status: statusLabel(status) });
	const code = asNonEmptyText(first(row[PROCESS_STATUS]));
	const label = code === null ? null : ownLabel(row, PROCESS_STATUS, code);
	const processStatus = label ?? statusLabel(code);
	return simplify(row, V2, { processStatus });
}

const PROCESS_STATUS = 'work_flow_status';

/** A ticket's status in the console's words, spelled alike everywhere; another one as it is. */
export function statusLabel(status: unknown): string | null {
	const text = asNonEmptyText(status);
	return text === null ? null : (STATUS_LABELS.get(knownStatus(text) ?? text) ?? text);
}

function simplify<Status extends object>(
	data: Record<string, unknown>,
	names: Names,
	status: Status,
) {
	const text = (name: keyof Names) => asNonEmptyText(first(data[names[name]]));
	const coded = (name: keyof Names, known: ReadonlyMap<string, string>) => {
		const code = text(name);
		return code === null ? null : (ownLabel(data, names[name], code) ?? known.get(code) ?? code);
	};
	const named = (name: 'assignee' | 'creator') => {
		const person = personName(data, text(name));
		return person !== null && { [`${name}Name`]: person };
	};
	return {
		ticket: text('ticket'),
		title: text('title'),
		...status,
		level: coded('level', LEVELS),
		type: coded('type', TYPES),
		source: coded('source', SOURCES),
		assignee: text('assignee'),
		...named('assignee'),
		creator: text('creator'),
		...named('creator'),
		serviceInterrupted: flagOf(data[names.serviceInterrupted]),
		createdAt: isoTime(timeOf(data[names.createdAt])),
	};
}

/** COC's own label (`enum_data_list`); v2 says which field it is for, v1 under v2's names only. */
function ownLabel(data: Record<string, unknown>, field: string, code: string): string | null {
	const label = recordsOf(data.enum_data_list)?.find(
		({ enum_key, prop_id, biz_id }) =>
			asNonEmptyText(enum_key) === code || (prop_id === field && asNonEmptyText(biz_id) === code),
	);
	return asNonEmptyText(label?.name_en);
}
