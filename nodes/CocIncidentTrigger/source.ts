import type { CocClient } from '../client/client';
import { readCoc } from '../client/read';
import { newItemBudget } from '../client/retryLoop';
import type { ReadCall } from '../coc/call';
import {
	listIncidents,
	readTotal,
	timeFilters,
	type ListFilter,
	type ListPage,
} from '../coc/calls/listIncidents';
import { isGatewayCode, NO_SUCH_TICKET } from '../coc/classify';
import type { History } from '../coc/history';
import type { Failure, Read } from '../errors/failure';
import { detailOf, eventsHistoryOf, hasStepSince, type Detail } from '../events/record';
import type { FirstSyncSource } from './firstSync';
import type { LeftOut } from './leftOut';
import { rowsOf, type Listed } from './rows';

/** COC itself, and its newest tickets for a sample. */
export interface CocSource extends FirstSyncSource<Detail> {
	newest(count: number, among: ListFilter[]): Promise<Read<Listed>>;
	/** Null when it can't be read. */
	history(ticket: string): Promise<History | null>;
}

export interface SourceBounds {
	filters: ListFilter[];
	/** Bound on one exchange, in ms. */
	timeoutMs: number;
	/** When no further try is begun, in ms since 1970. */
	endsAt: number;
	leftOut: LeftOut;
}

export function cocSource(client: CocClient, bounds: SourceBounds): CocSource {
	const { filters, timeoutMs, endsAt, leftOut } = bounds;
	const read = async <T>(call: ReadCall<T>): Promise<Read<T>> =>
		await readCoc(client, { ...newItemBudget(), endsAt }, call, timeoutMs);
	const list = async (page: ListPage, from: number): Promise<Read<Listed>> => {
		const listed = await read(
			listIncidents<Listed>(page, (answer) => {
				const rows = rowsOf(answer, from);
				return rows && { rows, total: readTotal(answer), now: answer.serverTime };
			}),
		);
		if (!listed.ok) {
			const { httpStatus, errorCode } = listed.failure;
			const isRefusal = httpStatus === 400 && errorCode !== null;
			const hint = { hint: "Check the 'Filters'.", again: undefined };
			return isRefusal ? { ok: false, failure: { ...listed.failure, ...hint } } : listed;
		}
		const { rows, now } = listed.value;
		for (const { ticket, flaw } of rows) {
			if (flaw === undefined) leftOut.read('row');
			else leftOut.note('row', ticket, flaw);
		}
		if (now === null) leftOut.warn(NO_DATE);
		return listed;
	};
	const newest = async (count: number, among: ListFilter[]) =>
		await list(
			{
				page: 1,
				perPage: count,
				filters: among,
				sort: { field: 'update_time', direction: 'desc' },
			},
			0,
		);

	return {
		list: async (query) =>
			await list(
				{
					page: query.page,
					perPage: query.perPage,
					filters: [...filters, ...timeFilters('update_time', query)],
					sort: { field: 'update_time', direction: 'asc' },
				},
				query.from,
			),
		newest,
		newestOfAll: async (count) => await newest(count, []),

		async detail(ticket) {
			const call = detailOf(ticket);
			const found = await read(call);
			if (found.ok) {
				const { detail } = found.value;
				if (detail !== null) leftOut.read('detail');
				else leftOut.note('detail', ticket, `the detail of ticket ${ticket} shows no status`);
				return { ok: true, value: detail };
			}
			// Deleted meanwhile, or just created and not there yet: then the next poll finds it.
			if (found.failure.errorCode === NO_SUCH_TICKET) return { ok: true, value: null };
			const failure = named(found.failure, ticket, call.iamAction);
			if (!isOfTicket(failure)) return { ok: false, failure };
			leftOut.note('detail', ticket, failure.reason);
			return { ok: true, value: null };
		},

		async hasMoved(ticket, since, status) {
			const call = eventsHistoryOf(ticket);
			const found = await read(call);
			// Without it every change of such a ticket counts, rather than none.
			if (found.ok) {
				const { history } = found.value;
				if (history === null)
					leftOut.warn(`The history of ticket ${ticket} can't be read: ${EVERY}`);
				return { ok: true, value: history === null || hasStepSince(history, since, status) };
			}
			const { cause, errorCode } = found.failure;
			const isUnreadable = cause === 'configuration-invalid' && errorCode !== null;
			const failure = named(found.failure, ticket, call.iamAction);
			if (!isUnreadable && !isOfTicket(failure)) return { ok: false, failure };
			if (!isUnreadable) leftOut.warn(`The history of ${failure.reason}: ${EVERY}`);
			return { ok: true, value: true };
		},

		async history(ticket) {
			const found = await read(eventsHistoryOf(ticket));
			return found.ok ? found.value.history : null;
		},
	};
}

const EVERY = 'to the COC Incident Trigger every change of it counts.';
const NO_DATE =
	"COC's answers have no valid Date header: the COC Incident Trigger goes by the times of the tickets.";

/** COC's own refusal of one ticket. A missing permission isn't: fixing it brings the ticket's events back. */
function isOfTicket({ httpStatus, errorCode, cause }: Failure): boolean {
	const isOwn = errorCode !== null && !isGatewayCode(errorCode);
	return httpStatus === 400 && isOwn && cause === null;
}

function named(failure: Failure, ticket: string, iamAction: string): Failure {
	const reason = `ticket ${ticket} (IAM action ${iamAction}): ${failure.reason}`;
	return { ...failure, reason };
}
