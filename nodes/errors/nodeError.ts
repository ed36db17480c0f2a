import { NodeApiError, NodeOperationError, type INode, type JsonObject } from 'n8n-workflow';
import type { Failure } from './failure';

/** What an error says, and which item it is about. */
interface Told {
	/** The whole message: an AI agent is handed nothing else. */
	message: string;
	/** Empty for none. */
	description: string;
	itemIndex?: number;
	/** Where it must be a NodeOperationError, whatever failed. */
	isOperational?: boolean;
}

/** The one builder of n8n's errors: from a failure, with the words of the place where it is thrown. */
export function nodeError(
	node: INode,
	failure: Failure,
	{ message, description, itemIndex, isOperational = false }: Told,
): NodeApiError | NodeOperationError {
	const { outcome, errorCode, httpStatus, requestId, cause, retryAfterMs } = failure;
	const options = {
		message,
		...(itemIndex !== undefined && { itemIndex }),
		...(description !== '' && { description }),
		...(cause && { failure: { cause, ...(retryAfterMs !== null && { retryAfterMs }) } }),
	};
	const error =
		isOperational || failure.origin === 'input'
			? new NodeOperationError(node, message, options)
			: new NodeApiError(node, { outcome, errorCode, httpStatus, requestId } as JsonObject, {
					...options,
					...(httpStatus !== null && { httpCode: String(httpStatus) }),
				});
	// Both classes replace some messages, even one that is passed to them.
	error.message = message;
	return error;
}

/** For a support ticket: what identifies the request at Huawei Cloud. */
export function factsOf({ errorCode, httpStatus, requestId }: Failure): string {
	return [
		httpStatus !== null && `HTTP status: ${httpStatus}`,
		errorCode !== null && `Code: ${errorCode}`,
		requestId !== null && `Request ID: ${requestId}`,
	]
		.filter((fact) => fact !== false)
		.join(', ');
}
