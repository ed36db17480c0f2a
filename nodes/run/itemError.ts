import type {
	IExecuteFunctions,
	INodeExecutionData,
	NodeApiError,
	NodeOperationError,
} from 'n8n-workflow';
import { cleanText } from '../coc/cleanText';
import { LIMITS } from '../coc/limits';
import { capitalized } from '../errors/explain';
import { hintText, type OperationWords } from '../errors/failure';
import { factsOf, isToolVariant, nodeError } from '../errors/nodeError';
import type { Failed } from './itemResult';
import type { Subject } from './operation';

/** How a run names its operation and what its items are about. */
export interface RunWords {
	words: OperationWords;
	subject: Subject;
	/** How many items it has: only several are told apart by their numbers. */
	itemCount: number;
}

/** The item that a failed one becomes in both *On Error* modes that continue. */
export function errorItem(
	context: IExecuteFunctions,
	failed: Failed,
	run: RunWords,
	itemIndex: number,
): INodeExecutionData {
	const { outcome, errorCode, httpStatus, requestId, possible = null, fields = null } = failed;
	const named =
		failed.subject && Array.from(failed.subject).slice(0, LIMITS.incidentNumber).join('');
	const hint = hintText(failed, AGAIN);
	const message = wholeMessage(failed, run, itemIndex);
	const item: INodeExecutionData = {
		json: {
			error: message,
			details: {
				...{ outcome, [run.subject.key]: named },
				...{ errorCode, httpStatus, requestId, hint, possible, fields },
			},
		},
		pairedItem: { item: itemIndex },
	};
	const node = context.getNode();
	if (node.onError === 'continueErrorOutput') {
		// n8n before 2.34 routes by this property alone; an enumerable one would cost the json.
		Object.defineProperty(item, 'error', {
			value: nodeError(node, failed, { message, description: '', itemIndex }),
			writable: true,
			configurable: true,
		});
	}
	return item;
}

/**
 * The error that a failed item is thrown as: its message says what happened to which ticket, its
 * description why, and what to do.
 *
 * @param all how all items of the run ended, where there are several
 */
export function itemError(
	context: IExecuteFunctions,
	failed: Failed,
	run: RunWords,
	itemIndex: number,
	all: string | null,
): NodeApiError | NodeOperationError {
	const node = context.getNode();
	const more = [all === null ? '' : `Of all items: ${all}.`, factsOf(failed)];
	// An AI agent is handed the message alone. n8n wraps what isn't a NodeOperationError there and
	// replaces messages that contain words like ECONNRESET ("retry the request immediately": the worst
	// advice for a write).
	if (isToolVariant(node)) {
		const message = wholeMessage(failed, run, itemIndex, more);
		return nodeError(node, failed, { message, description: '', itemIndex, isOperational: true });
	}
	const happened = `${capitalized(whatHappened(failed, run))}.`;
	const why = `${capitalized(failed.reason)}.`;
	return nodeError(node, failed, {
		message: joined(happened, MEANING[failed.outcome], numberOf(itemIndex, run)),
		description: joined(why, hintText(failed, AGAIN), ...more),
		itemIndex,
	});
}

const AGAIN = 'run this item again';

/** "Ticket IM1 was not verified: reason. What that means. What to do. [item 0]" */
function wholeMessage(
	failed: Failed,
	run: RunWords,
	itemIndex: number,
	more: string[] = [],
): string {
	const happened = `${capitalized(whatHappened(failed, run))}: ${failed.reason}.`;
	// Of an unknown outcome the hint says it.
	const meaning = failed.outcome === 'unknown' ? '' : MEANING[failed.outcome];
	return joined(happened, meaning, hintText(failed, AGAIN), ...more, numberOf(itemIndex, run));
}

/** "ticket IM1 was not verified", or that this isn't known. */
function whatHappened({ outcome, subject }: Failed, { words, subject: { label } }: RunWords) {
	const named = cleanText(subject);
	const kind = label.charAt(0).toLowerCase() + label.slice(1);
	const thing = named === null ? `the ${kind}` : `${kind} ${named}`;
	const about = words.about?.(thing) ?? thing;
	return outcome === 'unknown'
		? `it is not known whether ${about} was ${words.done}`
		: `${about} was not ${words.done}`;
}

/** Of several items; n8n's editor adds it as well, unless it is there. */
function numberOf(itemIndex: number, { itemCount }: RunWords): string {
	return itemCount === 1 ? '' : `[item ${itemIndex}]`;
}

function joined(...parts: string[]): string {
	return parts.filter((part) => part !== '').join(' ');
}

const MEANING: Record<Failed['outcome'], string> = {
	refused: 'Nothing was changed.',
	notSent: 'Nothing was sent.',
	unknown: 'Check before you repeat this.',
	notRead: '',
};
