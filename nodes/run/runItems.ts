import type { IBinaryData, IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';
import { openClients, type CocClient, type RunStop, type Speed } from '../client/client';
import { realClock } from '../client/clock';
import { openSessions } from '../client/session';
import type { KeepFile } from '../coc/call';
import { cleanText } from '../coc/cleanText';
import type { Result } from '../coc/result';
import {
	credentialFailure,
	noAnswerFailure,
	unexpectedFailure,
	unexpectedOfWrite,
	type CredentialFault,
	type Failure,
} from '../errors/failure';
import { refusedInput } from '../errors/refusedInput';
import { itemInput, type Input } from '../fields/input';
import { earlierTriesOf, type EarlierResults } from './earlierTries';
import { errorItem, itemError } from './itemError';
import {
	addResults,
	describeSummary,
	isDone,
	type Done,
	type Failed,
	type ItemResult,
	type Summary,
} from './itemResult';
import type { ItemRun, Operation, Resource, Work } from './operation';
import { createBreather, pool } from './pool';
import { runHints } from './runHints';

/**
 * The one loop over a node's items: several at once, those of one ticket one after the other; each
 * ends in exactly one outcome, with one output item, in the input's order and paired with it. One that
 * is about several things has as many. In *Stop* mode the first failure ends the run, once what is
 * under way has ended.
 *
 * @param speed invalid when the user's settings for the whole run can't be used: then no item is sent
 */
export async function runItems(
	context: IExecuteFunctions,
	operation: Operation,
	{ subject: ofResource, operations }: Resource,
	speed: Result<Speed>,
): Promise<INodeExecutionData[]> {
	const earlier = earlierTriesOf(context);
	const continues = context.continueOnFail();
	const count = context.getInputData().length;
	const { words, subject = ofResource } = operation;
	const clients = await openClientPerItem(context, count, speed);
	const shared: SharedRun = {
		ownWrites: earlier.ownWrites,
		operations,
		saveFile: async (...file) => await saveFile(context, ...file),
		addHint: (message) => addHint(context, message),
	};
	const named = { words, subject, itemCount: count };
	const output = new Array<INodeExecutionData[]>(count);
	const summary: Summary = { ofItems: new Array(count), named: {} };
	const fault = speed.ok ? null : refusedInput(speed);
	let first: { itemIndex: number; failed: Failed } | undefined;
	/** Whether no item is begun any more, since an earlier one has failed or is going to. */
	let stops = false;

	const cancel = context.getExecutionCancelSignal?.();
	const onCancel = () => clients.stop('cancelled');
	cancel?.addEventListener('abort', onCancel);
	if (cancel?.aborted) onCancel();

	const prepare = (itemIndex: number): Prepared => {
		const known = earlier.recall(itemIndex);
		if (known?.isWhole) {
			if (!known.results.every(isDone)) stops = !continues;
			return { key: null, known };
		}
		if (stops) return { key: null };
		const client = clients.of(itemIndex);
		const input = inputOf(context, itemIndex, client);
		const work = fault ?? prepareItem(client, operation, input);
		if (!('outcome' in work)) return { key: work.key, known, work, input };
		stops = !continues;
		return { key: null, work, input };
	};

	await pool(count, speed.ok ? speed.value.concurrency : 1, prepare, async (itemIndex, item) => {
		const { known, work, input } = item;
		// Not begun before the first failure.
		if (!known?.isWhole && (!work || first)) return;
		const run = { ...shared, earlier: known?.results ?? [] };
		const results = known?.isWhole
			? known.results
			: await finish(clients.of(itemIndex), run, operation, work!, input!);
		earlier.remember(itemIndex, results);
		addResults(summary, itemIndex, results, subject.key);
		const failed = results.find((result): result is Failed => !isDone(result));
		if (failed === undefined || continues) {
			output[itemIndex] = results.flatMap((result) =>
				isDone(result) ? outputOf(result, itemIndex) : errorItem(context, result, named, itemIndex),
			);
		} else {
			first ??= { itemIndex, failed };
			// An item that was never to be sent holds up none that began before it.
			const wasSent = work !== undefined && !('outcome' in work);
			if (wasSent) clients.stop('stopped');
		}
	});
	cancel?.removeEventListener('abort', onCancel);

	if (first) {
		const { itemIndex, failed } = first;
		const isOne = count === 1 && summary.ofItems[0]?.length === 1;
		const all = isOne ? null : describeSummary(summary);
		throw itemError(context, failed, named, itemIndex, all);
	}
	(context as Partial<IExecuteFunctions>).addExecutionHints?.(...runHints(summary));
	return output.flat();
}

/** One output item, or all that a list holds, each paired with the input. */
function outputOf(
	{ json, binary }: Done,
	itemIndex: number,
): INodeExecutionData | INodeExecutionData[] {
	const pairedItem = { item: itemIndex };
	return Array.isArray(json)
		? json.map((one) => ({ json: one, pairedItem }))
		: { json, pairedItem, ...(binary && { binary }) };
}

type FileStream = Exclude<Parameters<IExecuteFunctions['helpers']['prepareBinaryData']>[0], Buffer>;

async function saveFile(
	{ helpers }: IExecuteFunctions,
	bytes: Parameters<KeepFile>[0],
	name: string,
	mimeType?: string,
): Promise<Result<IBinaryData>> {
	try {
		// n8n takes a buffer or a stream of Node's.
		const whole = bytes instanceof Uint8Array ? Buffer.from(bytes) : (bytes as FileStream);
		return { ok: true, value: await helpers.prepareBinaryData(whole, name, mimeType) };
	} catch (error) {
		const message = cleanText((error as Error).message) ?? 'it gave no reason';
		return { ok: false, reason: `n8n could not keep the file: ${message}` };
	}
}

function addHint(context: Partial<IExecuteFunctions>, message: string): void {
	context.addExecutionHints?.({ message, type: 'warning', location: 'outputPane' });
}

/** An item whose turn may come: how it ended in an earlier try, or what is to be done for it. */
interface Prepared {
	key: string | null;
	known?: EarlierResults | undefined;
	work?: Work | Failure;
	input?: Input;
}

/** What all items of a run have at hand. */
type SharedRun = Omit<ItemRun, 'client' | 'earlier'>;

type ItemClient = Result<CocClient, CredentialFault>;

/** The client of each item's credential, and how to stop all of them. */
async function openClientPerItem(
	context: IExecuteFunctions,
	itemCount: number,
	speed: Result<Speed>,
): Promise<{ of: (itemIndex: number) => ItemClient; stop: (reason: RunStop) => void }> {
	if (!speed.ok) return { of: () => speed, stop: () => undefined };
	const clients = openClients(speed.value, realClock);
	const sessionOf = await openSessions(context, itemCount, createBreather());
	return {
		of(itemIndex) {
			const session = sessionOf(itemIndex);
			return session.ok ? { ok: true, value: clients.of(session.value) } : session;
		},
		stop: clients.stop,
	};
}

/** A credential that can't be used says so itself: a person may then be left out. */
function inputOf(context: IExecuteFunctions, itemIndex: number, client: ItemClient): Input {
	const hasOwnUser =
		!client.ok || client.value.session.credential.authentication.kind === 'iamUser';
	return itemInput(context, itemIndex, hasOwnUser);
}

function prepareItem(client: ItemClient, operation: Operation, input: Input): Work | Failure {
	// Its fields needn't be read: nothing is sent any more.
	const blocked = client.ok ? client.value.stop.blocks('write') : null;
	if (blocked !== null) return noAnswerFailure(blocked, operation.words);
	try {
		return operation.prepare(input);
	} catch (error) {
		return unexpectedFailure(error);
	}
}

async function finish(
	client: ItemClient,
	run: Omit<ItemRun, 'client'>,
	operation: Operation,
	work: Work | Failure,
	input: Input,
): Promise<ItemResult[]> {
	const result = 'outcome' in work ? work : await attempt(client, run, operation, work);
	if (Array.isArray(result)) return result;
	if (isDone(result)) return [result];
	// As entered, so that the item can be found.
	return [{ ...result, subject: operation.subjectOf(input) }];
}

async function attempt(
	client: ItemClient,
	run: Omit<ItemRun, 'client'>,
	{ words }: Operation,
	work: Work,
): ReturnType<Work['carryOut']> {
	if (!client.ok) return credentialFailure(client);
	try {
		return await work.carryOut({ ...run, client: client.value });
	} catch (error) {
		// A fault of the node itself. Thrown on, it would cost the outcomes of all other items.
		return unexpectedOfWrite(error, words);
	}
}
