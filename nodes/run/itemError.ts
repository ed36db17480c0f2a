import type {
	IExecuteFunctions,
	INodeExecutionData,
	NodeApiError,
	NodeOperationError,
} from 'n8n-workflow';
import { cleanText } from '../coc/cleanText';
import { LIMITS } from '../coc/limits';
import { hintText, type OperationWords } from '../errors/failure';
import { factsOf, nodeError } from '../errors/nodeError';
import type { Failed } from './itemResult';
import type { Subject } from './operation';

/** How a run names its operation and what its items are about. */
export interface RunWords {
	words: OperationWords;
	subject: Subject;
}

/** The item that a failed one becomes in both *On Error* modes that continue. */
export function errorItem(
	context: IExecuteFunctions,
	failed: Failed,
	run: RunWords,
	itemIndex: number,
): INodeExecutionData {
	const { outcome, errorCode, httpStatus, requestId, possible = null } = failed;
	const named =
		failed.subject && Array.from(failed.subject).slice(0, LIMITS.incidentNumber).join('');
	const hint = hintText(failed, AGAIN);
	const item: INodeExecutionData = {
		json: {
			error: messageOf(failed, run, itemIndex),
			details: {
				...{ outcome, [run.subject.key]: named },
				...{ errorCode, httpStatus, requestId, hint, possible },
			},
		},
		pairedItem: { item: itemIndex },
	};
	if (context.getNode().onError === 'continueErrorOutput') {
		// n8n before 2.34 routes by this property alone; an enumerable one would cost the json.
		Object.defineProperty(item, 'error', {
			value: itemError(context, failed, run, itemIndex),
			writable: true,
			configurable: true,
		});
	}
	return item;
}

/**
 * The error that a failed item is thrown as.
 *
 * @param all how all items of the run ended, for *Stop* mode
 */
export function itemError(
	context: IExecuteFunctions,
	failed: Failed,
	run: RunWords,
	itemIndex: number,
	all?: { message: string; description: string },
): NodeApiError | NodeOperationError {
	const message = messageOf(failed, run, itemIndex, all && `Of all items: ${all.message}.`);
	const description = [factsOf(failed), all && `Of all items: ${all.description}.`]
		.filter((part) => part)
		.join('. ');
	// As a tool, n8n wraps what isn't a NodeOperationError and replaces messages that contain
	// words like ECONNRESET ("retry the request immediately": the worst advice for a write).
	const node = context.getNode();
	const isOperational = node.type.endsWith('Tool');
	return nodeError(node, failed, { message, description, itemIndex, isOperational });
}

const AGAIN = 'run this item again';

/** "Ticket IM1 was not verified: reason. What that means. What to do. [item 0]" */
function messageOf(
	failed: Failed,
	{ words, subject }: RunWords,
	itemIndex: number,
	all = '',
): string {
	const named = cleanText(failed.subject);
	const what =
		named === null
			? (words.subject ?? `The ${subject.label.toLowerCase()}`)
			: `${subject.label} ${named}`;
	const happened =
		failed.outcome === 'unknown'
			? `${what}: ${failed.reason}.`
			: `${what} was not ${words.done}: ${failed.reason}.`;
	return [happened, MEANING[failed.outcome], hintText(failed, AGAIN), all, `[item ${itemIndex}]`]
		.filter((part) => part !== '')
		.join(' ');
}

const MEANING: Record<Failed['outcome'], string> = {
	refused: 'Nothing was changed.',
	notSent: 'Nothing was sent.',
	unknown: '',
	notRead: '',
};
