import type { CocClient } from '../client/client';
import { readBackMs } from '../client/policy';
import { readCoc } from '../client/read';
import type { ItemBudget } from '../client/retryLoop';
import type { ReadCall } from '../coc/call';
import { historyOf } from '../coc/calls/listHistories';
import { actionsOf, type OfferedAction } from '../coc/calls/listIncidentTasks';
import { stateOf, statusOf } from '../coc/calls/showCocIncidentDetail';
import { NO_SUCH_TICKET } from '../coc/classify';
import { findWrite, type Finding, type KnownWrites } from '../coc/findWrite';
import type { TicketRecord } from '../coc/history';
import type { Trace } from '../coc/trace';
import { inputFailure, type Read } from '../errors/failure';

/** Reads COC's record of one ticket. */
export interface RecordReader {
	status(): Promise<Read<string>>;
	/** The history and then all else, which thus knows of every entry. */
	record(): Promise<Read<TicketRecord>>;
	/** The record as it was last read; null when it wasn't. */
	latest: TicketRecord | null;
	/** Bound on one exchange, in ms. */
	readonly timeoutMs: number;
}

/** The action that a write was sent by, as COC offered it. */
export type SentTask = Pick<OfferedAction, 'action' | 'taskId'>;

/** Whether COC still offers it. */
export function isOffered({ action, taskId }: SentTask, offered: OfferedAction[]): boolean {
	return offered.some((other) => other.action === action && other.taskId === taskId);
}

/** Longest time for one read of the record, in ms. */
const READ_TIMEOUT_MS = 30_000;

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
	const timeoutMs = Math.min(mostMs, READ_TIMEOUT_MS);

	async function read<T>(call: ReadCall<T>): Promise<Read<T>> {
		const { what, iamAction } = call;
		const left = (budget.readBackEndsAt ?? Infinity) - client.clock.now();
		if (left <= 0) return { ok: false, failure: { ...NO_TIME, reason: `its ${what} ${TOO_LATE}` } };
		const found = await readCoc(client, budget, call, timeoutMs);
		if (found.ok) return found;
		const reason = `its ${what} could not be read (IAM action ${iamAction}): ${found.failure.reason}`;
		return { ok: false, failure: { ...found.failure, outcome: 'notSent', reason } };
	}

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
		timeoutMs,
	};
	return reader;
}

const TOO_LATE = 'could not be read in the time that is left for reading back';
const NO_TIME = { ...inputFailure('', ''), again: 'later' } as const;

/** `isFinal`: reading again would find the same. `isRead`: whether the record could be read. */
export type ReadBack = Finding & { isFinal?: boolean; isRead: boolean };

/** Most reads of the record after a lost answer. */
const MOST_READS = 3;

/**
 * COC may still be at work on a request whose answer was lost: only what so many reads in a row, this
 * far apart in ms, don't show counts as not applied.
 */
export interface Patience {
	reads: 2 | typeof MOST_READS;
	betweenMs: number;
}

/**
 * Reads COC's record until it shows the write, or often enough that it doesn't, within bounds.
 *
 * @param known asked once the record was read: the answers show COC's clock
 */
export async function readBack(
	client: CocClient,
	budget: ItemBudget,
	reader: RecordReader,
	trace: Trace,
	patience: Patience,
	known: () => KnownWrites,
): Promise<ReadBack> {
	budget.readBackEndsAt = client.clock.now() + readBackMs(reader.timeoutMs, patience.betweenMs);
	const found = await readUntilKnown(client, budget, reader, trace, patience, known);
	budget.readBackEndsAt = null;
	return found;
}

async function readUntilKnown(
	{ stop, clock }: CocClient,
	budget: ItemBudget,
	reader: RecordReader,
	trace: Trace,
	patience: Patience,
	known: () => KnownWrites,
): Promise<ReadBack> {
	const isCancelled = () => stop.reason === 'cancelled';
	let seen: string | null = null;
	let isRead = false;
	let before: ReadBack['shows'] | undefined;
	let alike = 0;
	// While COC asks to be left alone, its record isn't read either.
	for (let reads = 1; stop.wait === null; reads++) {
		const found = await readOnce(reader, trace, known);
		const { shows } = found;
		isRead ||= found.isRead;
		if (shows === 'applied' || found.isFinal === true) return found;
		alike = shows === before ? alike + 1 : 1;
		if (alike >= patience.reads && shows !== 'unclear') return found;
		if (stop.wait === null || seen === null) ({ seen } = found);
		before = shows;
		const pause = patience.betweenMs * (1 + clock.random() / 2);
		const isLate = budget.readBackEndsAt !== null && clock.now() + pause >= budget.readBackEndsAt;
		if (reads === MOST_READS || isLate || isCancelled()) break;
		await stop.sleepBetweenReads(pause);
		// Cut short: the next read comes too soon to prove that nothing was done.
		if (isCancelled()) before = undefined;
	}
	return { shows: 'unclear', seen: seen ?? 'nothing, it was not looked at', isRead };
}

async function readOnce(
	reader: RecordReader,
	trace: Trace,
	known: () => KnownWrites,
): Promise<ReadBack> {
	const record = await reader.record();
	if (record.ok) return { ...findWrite(trace, record.value, known()), isRead: true };
	const { reason, cause, httpStatus, errorCode } = record.failure;
	// A ticket that doesn't exist can't have been changed. COC refuses with 400, or 200; a gateway may
	// repeat the code with another status.
	const isRefusal = httpStatus === 400 || httpStatus === 200;
	if (errorCode === NO_SUCH_TICKET && isRefusal) {
		return { shows: 'tooLate', seen: reason, isRead: true };
	}
	const isFinal = cause === 'credential-invalid' || (httpStatus === 403 && errorCode !== null);
	return { shows: 'unclear', seen: reason, isFinal, isRead: false };
}
