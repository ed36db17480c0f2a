import type { IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';
import { noAnswerFailure, unexpectedFailure, type Failure } from '../contract/explain';
import { openSession } from '../http/session';
import { errorItem, nodeError } from './errors';
import { memoryOf } from './memory';
import type { Operation } from './operation';
import type { Applied, Run, Settled } from './settled';
import { write } from './write';

/**
 * The one loop over a node's items: in order, each settled in exactly one outcome, one output item
 * for each, paired with its input. In *Stop* mode the first failure ends the run.
 */
export async function runItems(
	context: IExecuteFunctions,
	operation: Operation,
): Promise<INodeExecutionData[]> {
	const run: Run = { context, session: await openSession(context) };
	const memory = memoryOf(context);
	const count = context.getInputData().length;
	const output = new Array<INodeExecutionData>(count);
	const applied: string[] = [];

	for (let itemIndex = 0; itemIndex < count; itemIndex++) {
		const settled = memory.recall(itemIndex) ?? (await settle(run, operation, itemIndex));
		memory.remember(itemIndex, settled);
		if (settled.outcome === 'applied') {
			applied.push(settled.ticket);
			output[itemIndex] = { json: settled.json, pairedItem: { item: itemIndex } };
		} else if (context.continueOnFail()) {
			output[itemIndex] = errorItem(context, settled, operation.words, itemIndex);
		} else {
			const others = describeOthers(applied, count - itemIndex - 1, operation.words.done);
			throw nodeError(context, settled, operation.words, itemIndex, others);
		}
	}
	return output;
}

async function settle(run: Run, operation: Operation, itemIndex: number): Promise<Settled> {
	const result = await attempt(run, operation, itemIndex);
	if (result.outcome === 'applied') return result;
	// Whoever looks for the item looks for the text that was given.
	return { ...result, ticket: operation.ticketOf(run.context, itemIndex) };
}

async function attempt(
	run: Run,
	operation: Operation,
	itemIndex: number,
): Promise<Applied | Failure> {
	if (run.context.getExecutionCancelSignal?.()?.aborted) {
		return noAnswerFailure({ kind: 'cancelled', code: null }, operation.words);
	}
	try {
		const prepared = operation.prepare(run, itemIndex);
		return 'outcome' in prepared ? prepared : await write(run, prepared, operation.words);
	} catch (error) {
		// A fault of the node itself. Thrown on, it would cost the outcomes of the items before it.
		return unexpectedFailure(error, operation.words);
	}
}

const NAMED_TICKETS = 10;

/** What *Stop* mode owes the reader: which items were done before, and that the rest wasn't. */
function describeOthers(applied: string[], left: number, done: string): string {
	const named = applied.slice(0, NAMED_TICKETS).join(', ');
	const more = applied.length > NAMED_TICKETS ? ` and ${applied.length - NAMED_TICKETS} more` : '';
	const before =
		applied.length === 0
			? `No other ticket was ${done} before.`
			: `Before it, ${count(applied.length, 'ticket')} ${applied.length === 1 ? 'was' : 'were'} ${done}: ${named}${more}.`;
	return left === 0 ? before : `${before} The ${count(left, 'item')} after it: not sent.`;
}

function count(number: number, noun: string): string {
	return `${number} ${noun}${number === 1 ? '' : 's'}`;
}
