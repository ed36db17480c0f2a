import type { IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';
import type { Checked } from '../coc/result';
import { noAnswerFailure, unexpectedFailure, type Failure } from '../errors/failure';
import { openSessions } from '../client/sessionPerItem';
import { openRunTraffic, type Speed, type Stop, type Traffic } from '../client/client';
import { realClock } from '../client/clock';
import { errorItem, nodeError } from '../errors/nodeError';
import { createBreather, inLanes } from './pool';
import { memoryOf } from './earlierTries';
import type { Operation, Work } from './operation';
import { describeOutcomes, note, type Outcomes } from './summary';
import { isDone, refuseInput, type Done, type Failed, type Run, type Settled } from './itemResult';

/**
 * The one loop over a node's items: several at once, those of one ticket one after the other; each
 * settled in exactly one outcome, one output item for each, in the input's order and paired with it.
 * In *Stop* mode the first failure ends the run, once what is under way has ended.
 *
 * @param speed refused when the user's settings for the whole run can't be used: then no item is sent
 */
export async function runItems(
	context: IExecuteFunctions,
	operation: Operation,
	speed: Checked<Speed>,
): Promise<INodeExecutionData[]> {
	const memory = memoryOf(context);
	const continues = context.continueOnFail();
	const count = context.getInputData().length;
	const { trafficOf, pull } = await openTrafficOfItems(context, count, speed);
	const runOf = (itemIndex: number): Run => ({
		context,
		traffic: trafficOf(itemIndex),
		ledger: memory.ledger,
	});
	const output = new Array<INodeExecutionData | INodeExecutionData[]>(count);
	const outcomes: Outcomes = { ofItems: new Array(count), tickets: {} };
	const fault = speed.ok ? null : refuseInput(speed);
	let first: { itemIndex: number; failed: Failed } | undefined;
	/** Whether no item is begun any more, since an earlier one has failed or is going to. */
	let stops = false;

	const cancel = context.getExecutionCancelSignal?.();
	const onCancel = () => pull('cancelled');
	cancel?.addEventListener('abort', onCancel);
	if (cancel?.aborted) onCancel();

	const prepare = (itemIndex: number): Prepared => {
		const known = memory.recall(itemIndex);
		if (known) {
			if (!isDone(known)) stops = !continues;
			return { lane: null, known };
		}
		if (stops) return { lane: null };
		const work = fault ?? prepareItem(runOf(itemIndex), operation, itemIndex);
		if (!('outcome' in work)) return { lane: work.lane, work };
		stops = !continues;
		return { lane: null, work };
	};

	await inLanes(count, speed.ok ? speed.value.concurrency : 1, prepare, async (itemIndex, item) => {
		const { known, work } = item;
		// Not begun before the first failure.
		if (!known && (!work || first)) return;
		const settled = known ?? (await settle(runOf(itemIndex), operation, itemIndex, work!));
		memory.remember(itemIndex, settled);
		note(outcomes, itemIndex, settled);
		if (isDone(settled)) {
			output[itemIndex] = outputOf(settled, itemIndex);
		} else if (continues) {
			output[itemIndex] = errorItem(context, settled, operation.words, itemIndex);
		} else {
			first ??= { itemIndex, failed: settled };
			// An item that was never to be sent holds up none that began before it.
			const wasSent = work !== undefined && !('outcome' in work);
			if (wasSent) pull('stopped');
		}
	});
	cancel?.removeEventListener('abort', onCancel);

	if (first) {
		const { itemIndex, failed } = first;
		const all = count > 1 ? describeOutcomes(outcomes) : undefined;
		throw nodeError(context, failed, operation.words, itemIndex, all);
	}
	return output.flat();
}

/** One output item, or all that a list holds, each paired with the input. */
function outputOf({ json }: Done, itemIndex: number): INodeExecutionData | INodeExecutionData[] {
	const pairedItem = { item: itemIndex };
	return Array.isArray(json)
		? json.map((one) => ({ json: one, pairedItem }))
		: { json, pairedItem };
}

/** An item whose turn may come: how it ended in an earlier try, or what is to be done for it. */
interface Prepared {
	lane: string | null;
	known?: Settled | undefined;
	work?: Work | Failure;
}

/** The traffic of each item's credential, and how to stop all of it. */
async function openTrafficOfItems(
	context: IExecuteFunctions,
	itemCount: number,
	speed: Checked<Speed>,
): Promise<{
	trafficOf: (itemIndex: number) => Checked<Traffic>;
	pull: (why: Stop) => void;
}> {
	if (!speed.ok) return { trafficOf: () => speed, pull: () => undefined };
	const traffic = openRunTraffic(speed.value, realClock);
	const sessionOf = await openSessions(context, itemCount, createBreather());
	return {
		trafficOf(itemIndex) {
			const session = sessionOf(itemIndex);
			return session.ok ? { ok: true, value: traffic.of(session.value) } : session;
		},
		pull: traffic.pull,
	};
}

function prepareItem(run: Run, operation: Operation, itemIndex: number): Work | Failure {
	// Its fields needn't be read: nothing is sent any more.
	const halted = run.traffic.ok ? run.traffic.value.brake.halted('write') : null;
	if (halted !== null) return noAnswerFailure(halted, operation.words);
	try {
		return operation.prepare(run, itemIndex);
	} catch (error) {
		return unexpectedFailure(error, operation.words);
	}
}

async function settle(
	run: Run,
	operation: Operation,
	itemIndex: number,
	work: Work | Failure,
): Promise<Settled> {
	const result = 'outcome' in work ? work : await attempt(run, operation, work);
	if (isDone(result)) return result;
	// Whoever looks for the item looks for the text that was given.
	return { ...result, ticket: operation.ticketOf(run.context, itemIndex) };
}

async function attempt(run: Run, { words }: Operation, work: Work): Promise<Done | Failure> {
	try {
		return await work.carryOut(run, words);
	} catch (error) {
		// A fault of the node itself. Thrown on, it would cost the outcomes of all other items.
		return unexpectedFailure(error, words);
	}
}
