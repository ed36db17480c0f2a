import { createHash } from 'node:crypto';
import { noSuchTicket, parameterError, success } from '../answers.cts';
import { anything, checked, optional, text } from '../check.cts';
import { listOf, passes, readFilters } from '../listing/filters.cts';
import { sorted } from '../listing/sort.cts';
import type { HistoryEntry, Ticket } from '../tickets.cts';
import { userName } from './labels.cts';
import type { Route } from './route.cts';

const permission = 'coc:ticket:getOperationHistories';
/** No answer holds more. */
const MOST_ENTRIES = 1024;
const listing = {
	string_filters: optional(listOf(20)),
	sort_filter: optional(anything),
};

/** POST /v1/external/{ticket_type}/list-histories, and the same without "external" */
export const histories: Route[] = ['/v1/external', '/v1'].flatMap((prefix) =>
	['incident', 'issues_mgmt'].map((ticketType) => ({
		method: 'POST' as const,
		path: `${prefix}/${ticketType}/list-histories`,
		permission,
		answer({ body }, { tickets }) {
			const { string_filters, sort_filter } = checked(
				body,
				{ ...listing, string_filters: listOf(20) },
				'body',
			);
			if (string_filters.length === 0) throw parameterError('The field[string_filters] is empty.');
			const filters = readFilters(string_filters, ['ticket_id'], ['=', 'in']);
			// Looked up, not searched for: there may be tens of thousands.
			const named = [...new Set(filters[0]!.values)].flatMap(
				(number) => tickets.find(number) ?? [],
			);
			const found = (ticketType === 'incident' ? named : []).filter(({ number }) =>
				filters.every((filter) => passes({ ticket_id: number }, filter)),
			);
			return listed(found.flatMap(rows), sort_filter, entryV1);
		},
	})),
);

/** POST /v2/incidents/{incident_id}/histories */
export const historiesV2: Route = {
	method: 'POST',
	path: '/v2/incidents/{incident_id}/histories',
	permission,
	answer({ params, body }, { tickets }) {
		const { incident_id: number } = checked(params, { incident_id: text(50) }, 'path');
		const { string_filters = [], sort_filter } = checked(body, listing, 'body');
		const filters = readFilters(string_filters, ['action', 'operator', 'status', 'start_time']);
		const ticket = tickets.find(number);
		if (!ticket) throw noSuchTicket(number);
		const found = rows(ticket).filter((row) => filters.every((filter) => passes(row, filter)));
		return listed(found, sort_filter, entryV2);
	},
};

/** What both versions tell of one entry. The judgement of a verification isn't among it. */
type EntryRow = ReturnType<typeof rows>[number];

function rows({ number, history }: Ticket) {
	return history.map(({ action, operator, comment, at, status = 'done' }: HistoryEntry, index) => ({
		id: createHash('md5').update(`${number} ${index}`).digest('hex'),
		ticket_id: number,
		action,
		operator,
		status,
		comment,
		start_time: String(at),
	}));
}

function listed<T>(found: EntryRow[], sortFilter: unknown, entry: (row: EntryRow) => T) {
	const info = sorted(found, sortFilter, ['start_time']).slice(0, MOST_ENTRIES).map(entry);
	return success({ total: found.length, info });
}

function entryV1(row: EntryRow) {
	const time = Number(row.start_time);
	const name = userName(row.operator);
	return {
		...row,
		action_id: `action_${row.id}`,
		sub_action: null,
		final_sub_action: null,
		start_time: time,
		stop_time: time,
		update_time: time,
		target_type: null,
		target_value: null,
		...actionNames(row.action),
		action_template_zh: null,
		action_template_en: null,
		// "is_deteted" is how the API spells it.
		is_deteted: false,
		enum_data_list: [
			{
				...operatorLabel(row.operator),
				user_name: name,
				model_id: null,
				match_type: null,
				ticket_id: row.ticket_id,
				real_ticket_id: row.ticket_id,
				is_deleted: false,
			},
		],
	};
}

function entryV2({ action, operator, status, comment, start_time }: EntryRow) {
	return {
		action,
		...actionNames(action),
		operator,
		status,
		start_time,
		stop_time: start_time,
		comment,
		enum_data_list: [operatorLabel(operator)],
	};
}

function operatorLabel(operator: string) {
	const name = userName(operator);
	return { prop_id: 'operator', biz_id: operator, name_zh: name, name_en: name };
}

const names: Record<string, string> = {
	create: 'Create',
	acceptedIncident1: 'Accept',
	commitSolution1: 'Submit solution',
	confirm: 'Verify',
};

function actionNames(action: string) {
	const name = names[action] ?? action;
	return { action_name_zh: name, action_name_en: name };
}
