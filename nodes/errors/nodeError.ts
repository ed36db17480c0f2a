import { NodeApiError, NodeOperationError, type INode, type JsonObject } from 'n8n-workflow';
import type { Failure } from './failure';

/** What an error says, and which item it is about. */
interface Told {
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

/** For a support ticket: what identifies the request at Huawei Cloud, beside what the reason quotes. */
export function factsOf({ reason, errorCode, httpStatus, requestId }: Failure): string {
	return [
		httpStatus !== null && !reason.includes(`HTTP ${httpStatus}`) && `HTTP status: ${httpStatus}`,
		errorCode !== null && !reason.includes(errorCode) && `Code: ${errorCode}`,
		requestId !== null && `Request ID: ${requestId}`,
	]
		.filter((fact) => fact !== false)
		.join(', ');
}

/** Whether a node is the tool variant, which hands an AI agent the message of an error alone. */
export function isToolVariant({ type }: Pick<INode, 'type'>): boolean {
	return type.endsWith('Tool');
}
