import type { IDataObject, INodePropertyOptions } from 'n8n-workflow';
import { newItemBudget } from '../client/retryLoop';
import type { Answer } from '../coc/answer';
import type { CocRequest, ReadCall } from '../coc/call';
import { cleanText } from '../coc/cleanText';
import {
	lostFailure,
	unreadFailure,
	type Failure,
	type OperationWords,
	type Read,
} from '../errors/failure';
import type { Values } from '../fields/field';
import type { Input } from '../fields/input';
import { dryRunOf } from './dryRun';
import { isDone, namesOf, written, type Done, type ItemResult } from './itemResult';
import type { ItemRun, Operation } from './operation';
import { preparing } from './preparing';
import { readBack, type ReadBack } from './readBack';
import { createReadRecord } from './recordReader';
import { sendUntilKnown } from './sendUntilKnown';
import type { WritingFields } from './write';

/**
 * An operation that does the same to several things by one call, which COC may carry out in part: each
 * of them has an outcome of its own. To do it twice does no harm.
 */
export interface WritingMany<F extends WritingFields> {
	option: INodePropertyOptions;
	fields: F;
	words: OperationWords;
	/** What each is known by in the output. */
	key: string;
	/** All of them as entered, for an item that can't be used. */
	subjectOf: (input: Input) => string | null;
	batch: (values: Values<F>) => Batch;
}

/** Several things to which the same is to be done. */
export interface Batch {
	/** Each once. */
	all: string[];
	request: (some: string[]) => CocRequest;
	/** What the output item of one repeats. */
	shown: IDataObject;
	/** Those that a success answer names as done. */
	take: (answer: Answer) => string[];
	/** What COC's record says of one: the status, and the one by which it is done. */
	record: (one: string) => ReadCall<string>;
	done: string;
}

/** Two reads of a record in a row, this far apart in ms, that don't show it. */
const PATIENCE = { reads: 2, betweenMs: 1000 } as const;

/** An operation from its description. */
export function writingMany<F extends WritingFields>(definition: WritingMany<F>): Operation {
	const { option, fields, words, subjectOf } = definition;
	return {
		...{ option, words, subjectOf },
		...preparing(fields, (values) => {
			const { options } = values as unknown as { options: Sending };
			const batch = definition.batch(values);
			const [only, ...others] = batch.all;
			return {
				key: others.length === 0 ? (only ?? null) : null,
				carryOut: async (run) => await write(run, definition, batch, options),
			};
		}),
	};
}

interface Sending {
	timeout: number;
	dryRun: boolean;
}

async function write(
	{ client, earlier }: ItemRun,
	{ words, key }: { words: OperationWords; key: string },
	batch: Batch,
	{ timeout: timeoutMs, dryRun }: Sending,
): Promise<ItemResult[]> {
	const results = openResults(batch, key, earlier);
	const { left } = results;
	if (dryRun) {
		const request = batch.request(left());
		left().forEach((one) => results.end(one, dryRunOf(client, results.shown(one), request, null)));
		return results.all();
	}

	const budget = newItemBudget();
	const read = createReadRecord(client, budget, timeoutMs);
	/** What COC's record said last of those that it doesn't show as done. */
	const statuses = new Map<string, Read<string>>();
	let answer: Answer | null = null;

	/** Reads those that are left; whether any could be read. */
	const lookAtEach = async (): Promise<boolean> => {
		const found = await Promise.all(
			left().map(async (one) => {
				const status = await client.manyReads.run(async () => await read(batch.record(one)));
				statuses.set(one, status);
				if (status.ok && status.value === batch.done) results.done(one, 'recovered', answer);
				return status.ok;
			}),
		);
		return found.includes(true);
	};
	const look = async (): Promise<ReadBack> => {
		const isRead = await lookAtEach();
		return { shows: left().length === 0 ? 'applied' : 'absent', seen: '', isRead };
	};

	const sent = await sendUntilKnown({
		...{ client, budget, words, timeoutMs, sending: nothing },
		proof: { patience: PATIENCE, look, recorded: nothing, unproven: nothing },
		request: async () =>
			await Promise.resolve({ ok: true, value: { ...batch.request(left()), timeoutMs } }),
	});
	if ('outcome' in sent) {
		left().forEach((one) => results.end(one, lastSeen(sent, words, statuses.get(one))));
	} else if (sent.answer) {
		({ answer } = sent);
		const named = new Set(batch.take(answer));
		const isNamed = (one: string) => named.has(one);
		left()
			.filter(isNamed)
			.forEach((one) => results.done(one, 'applied', answer));
		if (left().length > 0) await readBack(client, budget, timeoutMs, PATIENCE, look);
		left().forEach((one) => results.end(one, leftOut(words, statuses.get(one))));
	}
	return results.all();
}

const nothing = () => undefined;

/** How each of several things ended so far, those of an earlier try included. */
function openResults({ all, shown }: Batch, key: string, earlier: ItemResult[]) {
	const ended = new Map<string, ItemResult>();
	for (const result of earlier) namesOf(result, key).forEach((one) => ended.set(one, result));
	const shownOf = (one: string): IDataObject => ({ [key]: one, ...shown });
	const end = (one: string, result: Done | Failure) =>
		void ended.set(one, isDone(result) ? result : { ...result, subject: one });
	return {
		shown: shownOf,
		end,
		done(one: string, outcome: Done['outcome'], answer: Answer | null) {
			end(one, written(shownOf(one), outcome, answer));
		},
		left: () => all.filter((one) => !ended.has(one)),
		all: () => all.map((one) => ended.get(one)!),
	};
}

/** A failure of all of them, with what COC's record showed of this one. */
function lastSeen(failure: Failure, words: OperationWords, status?: Read<string>): Failure {
	if (failure.outcome !== 'unknown' || status === undefined) return failure;
	const seen = status.ok ? `its status is "${cleanText(status.value)}"` : status.failure.reason;
	return lostFailure(failure, words, seen);
}

/** Why one is not done which a success answer doesn't name, by what COC's record shows of it. */
function leftOut(words: OperationWords, status?: Read<string>): Failure {
	const { refusedHint: hint } = words;
	if (status?.ok) {
		const seen = `its status is "${cleanText(status.value)}"`;
		return { ...unreadFailure(`${NOT_NAMED}, and ${seen}`, hint), outcome: 'refused' };
	}
	if (status === undefined) return unproven(unreadFailure(NOT_NAMED, ''), words);
	const { failure } = status;
	const said = { ...failure, reason: `${NOT_NAMED}, and ${failure.reason}` };
	const isRefused = failure.httpStatus === 400 && failure.errorCode !== null;
	return isRefused
		? { ...said, hint, again: undefined, outcome: 'refused' }
		: unproven(said, words);
}

const NOT_NAMED = "COC's answer does not name it among those that are done";

function unproven(failure: Failure, words: OperationWords): Failure {
	const { hint } = lostFailure(failure, words, '');
	return {
		...failure,
		hint,
		again: undefined,
		outcome: 'unknown',
		cause: null,
		retryAfterMs: null,
	};
}
