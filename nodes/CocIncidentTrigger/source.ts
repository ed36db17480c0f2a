import type { IDataObject } from 'n8n-workflow';
import { IAM_ACTION, NO_SUCH_TICKET } from '../shared/contract/codes';
import type { History, HistoryEntry } from '../shared/contract/history';
import { COMPLETED, readStatus, showIncident } from '../shared/contract/incident';
import { asRecord, timeOf, wordsOf } from '../shared/contract/json';
import {
	listIncidents,
	readIncidents,
	readTotal,
	type ListFilter,
} from '../shared/contract/listIncidents';
import { newEffort } from '../shared/http/call';
import type { Traffic } from '../shared/http/traffic';
import { historyOf, readFromCoc, type Read, type Reading } from '../shared/items/reader';
import type { Row } from './memory';
import type { Listed, Query } from './pages';
import type { Source, Told } from './round';

export interface Detail extends Told {
	/** `data` as COC sent it. */
	data: IDataObject;
}

/** COC itself, and its newest tickets for a sample. */
export interface CocSource extends Source<Detail> {
	newest(count: number): Promise<Read<Listed>>;
}

export interface Bounds {
	filters: ListFilter[];
	/** Bound on one exchange, in ms. */
	timeoutMs: number;
	/** When no further try is begun, in ms since 1970. */
	endsAt: number;
}

export function cocSource(traffic: Traffic, bounds: Bounds): CocSource {
	const { filters, timeoutMs, endsAt } = bounds;
	const read = async <T>(reading: Reading<T>): Promise<Read<T>> => {
		const effort = { ...newEffort(), endsAt };
		return await readFromCoc(traffic, effort, reading, timeoutMs);
	};
	const list = async (call: ReturnType<typeof listIncidents>): Promise<Read<Listed>> => {
		const listed = await read<Listed>({
			call,
			what: 'list',
			iamAction: IAM_ACTION.listIncidents,
			take(answer) {
				const rows = readIncidents(answer)?.map(rowOf);
				if (!rows?.every((row) => row !== null)) return null;
				const { length: given } = rows;
				const total = readTotal(answer);
				return { rows, given, total, now: answer.serverTime ?? traffic.clock.now() };
			},
		});
		if (listed.ok) return listed;
		const { httpStatus, errorCode } = listed.failure;
		const isRefusal = httpStatus === 400 && errorCode !== null;
		return isRefusal
			? { ok: false, failure: { ...listed.failure, hint: "Check the 'Filters'." } }
			: listed;
	};

	return {
		list: async (query) =>
			await list(
				listIncidents({
					page: query.page,
					perPage: query.perPage,
					filters: [...filters, ...between(query)],
					sort: { field: 'update_time', direction: 'asc' },
				}),
			),

		newest: async (count) =>
			await list(
				listIncidents({
					page: 1,
					perPage: count,
					filters,
					sort: { field: 'update_time', direction: 'desc' },
				}),
			),

		async detail(ticket) {
			const found = await read<Detail>({
				call: showIncident(ticket),
				what: 'status',
				iamAction: IAM_ACTION.showIncident,
				take(answer) {
					const data = asRecord(answer.envelope?.data) as IDataObject | null;
					const status = readStatus(answer);
					if (data === null || status === null) return null;
					return { data, status, handledAt: timeOf(data.handle_time) };
				},
			});
			if (found.ok) return found;
			const { errorCode, reason } = found.failure;
			// Deleted meanwhile, or just created and not there yet: then the next poll finds it.
			if (errorCode === NO_SUCH_TICKET) return { ok: true, value: null };
			const which = `ticket ${ticket} (IAM action ${IAM_ACTION.showIncident}): ${reason}`;
			return { ok: false, failure: { ...found.failure, reason: which } };
		},

		async hasMoved(ticket, since, status) {
			const history = await read(historyOf(ticket));
			if (history.ok) return { ok: true, value: shows(history.value, since, status) };
			// Without it every change of such a ticket counts, rather than none.
			const { cause, errorCode } = history.failure;
			const isUnreadable = cause === 'configuration-invalid' && errorCode !== null;
			return isUnreadable ? { ok: true, value: true } : history;
		},
	};
}

/** Whether a history holds a step since then that may have led to the status. */
function shows({ entries }: History, since: number, status: string): boolean {
	const isSince = ({ at }: HistoryEntry) => at === null || at >= since;
	const closings = entries.filter(({ kind }) => kind === 'verification' || kind === 'agreement');
	// A closed ticket may still get remarks, and entries that COC doesn't document.
	if (status === COMPLETED && closings.length > 0) return closings.some(isSince);
	return entries.some((entry) => !STAYS.has(entry.kind) && isSince(entry));
}

const STAYS: ReadonlySet<HistoryEntry['kind']> = new Set(['other', 'agreement'] as const);

function between({ from, to }: Query): ListFilter[] {
	const bound = (name: string, operator: '>=' | '<=', time: number): ListFilter => ({
		...{ name, operator },
		field: 'update_time',
		values: [String(time)],
	});
	return [
		bound('update_time_start', '>=', from),
		...(to === undefined ? [] : [bound('update_time_end', '<=', to)]),
	];
}

/** Null for one without a number or a time, which can't be followed. */
function rowOf({ ticket_id, create_time, update_time }: Record<string, unknown>): Row | null {
	const ticket = wordsOf(ticket_id);
	const createdAt = timeOf(create_time);
	if (ticket === null || createdAt === null) return null;
	return { ticket, createdAt, updatedAt: timeOf(update_time) ?? createdAt };
}
