import { checkBetween } from '../errors/hints';
import { isFromBetween, type Answer } from '../coc/answer';
import { IAM_ACTION } from '../coc/codes';
import { COC } from '../errors/describe';
import { inputFailure, type Failure, type OperationWords } from '../errors/failure';
import { listHistories, readHistory, type History } from '../coc/history';
import { readStatus, showIncident } from '../coc/statuses';
import { outcomeOfAnswer } from '../coc/classify';
import type { TicketRecord } from '../coc/step';
import { callToRead, type Effort } from './retryLoop';
import type { CocRequest } from './send';
import type { Traffic } from './client';
import { failureOf, waitTold } from './failureOf';

/** What was read, or why it couldn't be: the failure's reason says what. */
export type Read<T> = { ok: true; value: T } | { ok: false; failure: Failure };

/** Looks into COC's record of one ticket. */
export interface Reader {
	status(): Promise<Read<string>>;
	/** The history and then the status, so that the status knows of every entry. */
	record(): Promise<Read<TicketRecord>>;
	/** The record as it was last read; null when it wasn't. */
	latest: TicketRecord | null;
	/** Bound on one exchange, in ms. */
	readonly timeoutMs: number;
}

/** Longest time for one look, in ms. */
const LOOK_TIMEOUT_MS = 30_000;

/** One read of COC: the call, and what is taken from its answer. */
export interface Reading<T> {
	call: Omit<CocRequest, 'timeoutMs'>;
	/** What is read, in a word. */
	what: string;
	/** IAM action that the call needs. */
	iamAction: string;
	/** Null when the answer doesn't hold it. */
	take: (answer: Answer) => T | null;
	/** What to check when COC refuses, unless it is the ticket. */
	refusedHint?: string;
}

/** A ticket's status. */
export function statusOf(ticket: string): Reading<string> {
	return {
		call: showIncident(ticket),
		what: 'status',
		iamAction: IAM_ACTION.showIncident,
		take: readStatus,
	};
}

/** What happened to a ticket. */
export function historyOf(ticket: string): Reading<History> {
	return {
		call: listHistories(ticket),
		what: 'history',
		iamAction: IAM_ACTION.listHistories,
		take: (answer) => readHistory(answer, ticket),
	};
}

/** @param timeoutMs bound on one exchange */
export async function readFromCoc<T>(
	traffic: Traffic,
	effort: Effort,
	{ call, what, iamAction, take, refusedHint = CHECK }: Reading<T>,
	timeoutMs: number,
): Promise<Read<T>> {
	const result = await callToRead(traffic, effort, { ...call, timeoutMs });
	const isRead = 'answer' in result && outcomeOfAnswer(result.answer) === 'applied';
	const value = isRead ? take(result.answer) : null;
	if (value !== null) return { ok: true, value };
	const words: OperationWords = { done: 'read', effect: what, iamAction, refusedHint };
	const failure = failureOf(result, traffic.session, words, timeoutMs);
	const reason = isRead ? `COC answered, but without the ${what}` : failure.reason;
	const later = 'answer' in result && isFromBetween(result.answer) ? `${BETWEEN} ${LATER}` : LATER;
	const hint = failure.outcome === 'unknown' ? later : failure.hint;
	const notRead: Failure = { ...failure, outcome: 'notRead', reason, hint };
	return { ok: false, failure: waitTold(notRead, result) };
}

/** @param mostMs the user's bound on one exchange, in ms */
export function createReader(
	traffic: Traffic,
	effort: Effort,
	ticket: string,
	mostMs: number,
): Reader {
	const longest = Math.min(mostMs, LOOK_TIMEOUT_MS);

	async function read<T>(reading: Reading<T>): Promise<Read<T>> {
		const left = (effort.looksEndAt ?? Infinity) - traffic.clock.now();
		const { what, iamAction } = reading;
		if (left <= 0) return { ok: false, failure: { ...NO_TIME, reason: `its ${what} ${TOO_LATE}` } };
		const found = await readFromCoc(traffic, effort, reading, longest);
		if (found.ok) return found;
		const reason = `its ${what} could not be read (IAM action ${iamAction}): ${found.failure.reason}`;
		return { ok: false, failure: { ...found.failure, outcome: 'notSent', reason } };
	}

	const reader: Reader = {
		status: async () => await read(statusOf(ticket)),
		async record() {
			const history = await read(historyOf(ticket));
			if (!history.ok) return history;
			const status = await reader.status();
			if (!status.ok) return status;
			reader.latest = { history: history.value, status: status.value };
			return { ok: true, value: reader.latest };
		},
		latest: null,
		timeoutMs: longest,
	};
	return reader;
}

const CHECK = 'Check the ticket number, and who may see the ticket.';
const LATER = 'Run this item again later.';
const BETWEEN = `${checkBetween(COC)}.`;
const TOO_LATE = 'could not be read in the time that is left for looking';
const NO_TIME = inputFailure('', LATER);
