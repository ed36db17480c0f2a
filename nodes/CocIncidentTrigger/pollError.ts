import { NodeApiError, NodeOperationError, type INode, type JsonObject } from 'n8n-workflow';
import type { Failure } from '../errors/failure';
import { facts } from '../errors/nodeError';

/**
 * The error of a poll that failed. What it says is all that a user sees of it.
 *
 * @param hasBegun whether the node remembers an earlier poll
 */
export function pollError(
	node: INode,
	failed: Failure,
	hasBegun: boolean,
): NodeApiError | NodeOperationError {
	const { origin, reason, hint, retryAfterMs, httpStatus, errorCode, requestId } = failed;
	// Without an answer, or with one of a gateway in trouble: it may pass.
	const mayPass = origin === 'service' && (httpStatus === null || httpStatus >= 500);
	const cause = failed.cause ?? (mayPass ? 'temporarily-unavailable' : null);
	const what = hint.replace(RUN_AGAIN, '').trim();
	const message = [
		'COC could not be polled: ',
		`${reason}. `,
		what === '' ? '' : `${what} `,
		hasBegun ? LATER : NOT_YET,
	];
	const description = facts(failed);
	const options = {
		message: message.join(''),
		...(description !== '' && { description }),
		...(cause && { failure: { cause, ...(retryAfterMs !== null && { retryAfterMs }) } }),
	};
	const error =
		origin === 'input'
			? new NodeOperationError(node, options.message, options)
			: new NodeApiError(node, { errorCode, httpStatus, requestId } as JsonObject, {
					...options,
					...(httpStatus !== null && { httpCode: String(httpStatus) }),
				});
	// The classes put words of their own in the place of some messages.
	error.message = options.message;
	return error;
}

/** Nobody runs a poll again: n8n does. */
const RUN_AGAIN =
	/(?<=^|\. )run (?:this item|these items) again[^.]*\.|[:,]? (?:then )?run (?:this item|these items) again(?: later)?(?=\.)/gi;

const LATER = 'No event is lost: the next poll that works goes on where the last one ended.';
const NOT_YET = 'The trigger has not begun: it starts with the first poll that works.';
