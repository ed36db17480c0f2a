import {
	NodeApiError,
	NodeOperationError,
	type IExecuteFunctions,
	type INodeExecutionData,
	type JsonObject,
} from 'n8n-workflow';
import { cleanText } from '../coc/answer';
import { LIMITS } from '../coc/limits';
import type { Failure, OperationWords } from './failure';
import type { Failed } from '../run/itemResult';

/** The item that a failed one becomes in both *On Error* modes that continue. */
export function errorItem(
	context: IExecuteFunctions,
	failed: Failed,
	words: OperationWords,
	itemIndex: number,
): INodeExecutionData {
	const { outcome, errorCode, httpStatus, requestId, hint } = failed;
	const ticket =
		failed.ticket && Array.from(failed.ticket).slice(0, LIMITS.incidentNumber).join('');
	const item: INodeExecutionData = {
		json: {
			error: messageOf(failed, words, itemIndex),
			details: { outcome, ticket, errorCode, httpStatus, requestId, hint },
		},
		pairedItem: { item: itemIndex },
	};
	if (context.getNode().onError === 'continueErrorOutput') {
		// n8n before 2.34 routes by this property alone; an enumerable one would cost the json.
		Object.defineProperty(item, 'error', {
			value: nodeError(context, failed, words, itemIndex),
			writable: true,
			configurable: true,
		});
	}
	return item;
}

/**
 * The error that a failed item is thrown as. Its message says everything, since an AI agent is
 * handed nothing else.
 *
 * @param all how all items of the run ended, for *Stop* mode
 */
export function nodeError(
	context: IExecuteFunctions,
	failed: Failed,
	words: OperationWords,
	itemIndex: number,
	all?: { message: string; description: string },
): NodeApiError | NodeOperationError {
	const node = context.getNode();
	const message = messageOf(failed, words, itemIndex, all && `Of all items: ${all.message}.`);
	const description = [facts(failed), all && `Of all items: ${all.description}.`]
		.filter((part) => part)
		.join('. ');
	const options = {
		message,
		itemIndex,
		...(description !== '' && { description }),
		...(failed.cause && {
			failure: {
				cause: failed.cause,
				...(failed.retryAfterMs !== null && { retryAfterMs: failed.retryAfterMs }),
			},
		}),
	};
	// As a tool, n8n wraps what isn't a NodeOperationError and replaces messages that contain
	// words like ECONNRESET ("retry the request immediately": the worst advice for a write).
	const operational = failed.origin === 'input' || node.type.endsWith('Tool');
	const { outcome, errorCode, httpStatus, requestId } = failed;
	const error = operational
		? new NodeOperationError(node, message, options)
		: new NodeApiError(node, { outcome, errorCode, httpStatus, requestId } as JsonObject, {
				...options,
				...(httpStatus !== null && { httpCode: String(httpStatus) }),
			});
	// The classes do the same themselves, even to a message that is passed to them.
	error.message = message;
	return error;
}

/** "Ticket IM1 was not verified: reason. What that means. What to do. [item 0]" */
function messageOf(failed: Failed, words: OperationWords, itemIndex: number, all = ''): string {
	const ticket = cleanText(failed.ticket);
	const subject = ticket === null ? (words.subject ?? 'The ticket') : `Ticket ${ticket}`;
	const happened =
		failed.outcome === 'unknown'
			? `${subject}: ${failed.reason}.`
			: `${subject} was not ${words.done}: ${failed.reason}.`;
	return [happened, MEANING[failed.outcome], failed.hint, all, `[item ${itemIndex}]`]
		.filter((part) => part !== '')
		.join(' ');
}

const MEANING: Record<Failed['outcome'], string> = {
	refused: 'Nothing was changed.',
	notSent: 'Nothing was sent.',
	unknown: '',
	notRead: '',
};

/** For a support ticket: what identifies the request at Huawei Cloud. */
export function facts({ errorCode, httpStatus, requestId }: Failure): string {
	return [
		httpStatus !== null && `HTTP status: ${httpStatus}`,
		errorCode !== null && `Code: ${errorCode}`,
		requestId !== null && `Request ID: ${requestId}`,
	]
		.filter((fact) => fact !== false)
		.join(', ');
}
