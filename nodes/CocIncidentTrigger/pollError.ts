import type { INode, NodeApiError, NodeOperationError } from 'n8n-workflow';
import { hintText, type Failure } from '../errors/failure';
import { factsOf, nodeError } from '../errors/nodeError';

/**
 * The error of a poll that failed. Its message is all that a user sees of it.
 *
 * @param hasBegun whether the node has the state of an earlier poll
 */
export function pollError(
	node: INode,
	failure: Failure,
	hasBegun: boolean,
): NodeApiError | NodeOperationError {
	const { origin, reason, httpStatus } = failure;
	// Without an answer, or with one of a gateway in trouble: it may pass.
	const mayPass = origin === 'service' && (httpStatus === null || httpStatus >= 500);
	const cause = failure.cause ?? (mayPass ? 'temporarily-unavailable' : null);
	// Nobody runs a poll again: n8n does.
	const hint = hintText(failure, null);
	const parts = [
		'COC could not be polled: ',
		`${reason}. `,
		hint === '' ? '' : `${hint} `,
		hasBegun ? LATER : NOT_YET,
	];
	return nodeError(
		node,
		{ ...failure, cause },
		{ message: parts.join(''), description: factsOf(failure) },
	);
}

const LATER = 'No event is lost: the next poll that works goes on where the last one ended.';
const NOT_YET = 'The trigger has not begun: it starts with the first poll that works.';
