import type { CocClient } from '../client/client';
import { readCoc } from '../client/read';
import type { ItemBudget } from '../client/retryLoop';
import type { ReadCall } from '../coc/call';
import { historyOf } from '../coc/calls/listHistories';
import { actionsOf, type OfferedAction } from '../coc/calls/listIncidentTasks';
import { stateOf, statusOf } from '../coc/calls/showCocIncidentDetail';
import type { TicketRecord } from '../coc/history';
import { inputFailure, type Read } from '../errors/failure';

/** Reads COC's record of one ticket. */
export interface RecordReader {
	status(): Promise<Read<string>>;
	/** The history and then all else, which thus knows of every entry. */
	record(): Promise<Read<TicketRecord>>;
	/** The record as it was last read; null when it wasn't. */
	latest: TicketRecord | null;
}

/** The action that a write was sent by, as COC offered it. */
export type SentTask = Pick<OfferedAction, 'action' | 'taskId'>;

/** Whether COC still offers it. */
export function isOffered({ action, taskId }: SentTask, offered: OfferedAction[]): boolean {
	return offered.some((other) => other.action === action && other.taskId === taskId);
}

/** Longest time for one read of the record, in ms. */
const READ_TIMEOUT_MS = 30_000;

/** Bound on one read of the record, in ms. */
export function recordTimeout(mostMs: number): number {
	return Math.min(mostMs, READ_TIMEOUT_MS);
}

/** Reads a part of COC's record; its failure names the part. */
export type ReadRecord = <T>(call: ReadCall<T>) => Promise<Read<T>>;

/**
 * Reads COC's record of one thing, within the read-back under way.
 *
 * @param mostMs the user's bound on one exchange, in ms
 */
export function createReadRecord(
	client: CocClient,
	budget: ItemBudget,
	mostMs: number,
): ReadRecord {
	const timeoutMs = recordTimeout(mostMs);
	return async (call) => {
		const { what, iamAction } = call;
		const left = (budget.readBackEndsAt ?? Infinity) - client.clock.now();
		if (left <= 0) return { ok: false, failure: { ...NO_TIME, reason: `its ${what} ${TOO_LATE}` } };
		const found = await readCoc(client, budget, call, timeoutMs);
		if (found.ok) return found;
		const reason = `its ${what} could not be read (IAM action ${iamAction}): ${found.failure.reason}`;
		return { ok: false, failure: { ...found.failure, outcome: 'notSent', reason } };
	};
}

/**
 * @param mostMs the user's bound on one exchange, in ms
 * @param task by which a write was sent; null for a call without one
 */
export function createRecordReader(
	client: CocClient,
	budget: ItemBudget,
	ticket: string,
	mostMs: number,
	task: SentTask | null = null,
): RecordReader {
	const read = createReadRecord(client, budget, mostMs);
	const reader: RecordReader = {
		status: async () => await read(statusOf(ticket)),
		async record() {
			const history = await read(historyOf(ticket));
			if (!history.ok) return history;
			const offered = task && (await read(actionsOf(ticket)));
			if (offered && !offered.ok) return offered;
			const state = await read(stateOf(ticket));
			if (!state.ok) return state;
			const isTaskOffered = task && offered && isOffered(task, offered.value);
			const record = { history: history.value, isTaskOffered, ...state.value };
			reader.latest = record;
			return { ok: true, value: record };
		},
		latest: null,
	};
	return reader;
}

const TOO_LATE = 'could not be read in the time that is left for reading back';
const NO_TIME = { ...inputFailure('', ''), again: 'later' } as const;
