import type { INode, NodeApiError, NodeOperationError } from 'n8n-workflow';
import type { InvalidInput } from '../coc/result';
import { capitalized } from '../errors/explain';
import { hintText, type Failure } from '../errors/failure';
import { factsOf, nodeError } from '../errors/nodeError';
import { refusedInput } from '../errors/refusedInput';

export interface UnreadTicket {
	ticket: string;
	failure: Failure;
	/** Whether it is read once more with the next notification. */
	isKept: boolean;
}

/** The error of a notification whose ticket could not be read; its sender has been answered before. */
export function notificationError(
	node: INode,
	{ ticket, failure, isKept }: UnreadTicket,
): NodeApiError | NodeOperationError {
	const hint = hintText(failure, null);
	const parts = [
		`COC has notified of ticket ${ticket}, which could not be read: ${failure.reason}. `,
		hint === '' ? '' : `${hint} `,
		isKept ? KEPT : DROPPED,
	];
	return nodeError(node, failure, { message: parts.join(''), description: factsOf(failure) });
}

const KEPT = 'No event is lost: the ticket is read with the next notification.';
const DROPPED = 'It is read again when COC notifies of it once more.';

/** The error of settings or of a credential that can't be used; nothing is received with them. */
export function settingsError(
	node: INode,
	invalid: InvalidInput,
): NodeApiError | NodeOperationError {
	const failure = refusedInput(invalid);
	const message = `${capitalized(failure.reason)}. ${failure.hint}`;
	return nodeError(node, failure, { message, description: '' });
}
