/** What an operation leaves in the stand-in's own record. */
import type { HistoryEntry, RecordedRequest } from '../standin/index.cts';
import type { OperationName } from './operations.cts';

/** One thing that was done to a ticket. */
export interface Entry {
	/** A key of COC's that no operation sends, where it is none. */
	operation: OperationName | (string & {});
	operator: string;
	/** As the record keeps it; null for none. */
	comment: string | null;
	/** Of a verification. */
	result: boolean | null;
}

const KEYS: Record<string, OperationName> = {
	acceptedIncident1: 'accept',
	accepted: 'accept',
	addRemark: 'addRemark',
	changeLevel: 'changeLevel',
	unAcceptedForward: 'forward',
	acceptedForward: 'forward',
	incidentPause: 'pause',
	ReOpen: 'reopen',
	recovery: 'resume',
	commitSolution1: 'submitSolution',
	commitSolution: 'submitSolution',
	confirm: 'verify',
};

/** By its key, and by the status to which it led where the key means several things. */
export function entryOf({ action, status, operator, comment, result }: HistoryEntry): Entry {
	const decisions: Record<string, OperationName> = {
		agreed: status === 'INCIDENT_STATUS_COMPLETED' ? 'close' : 'approve',
		rejected: status === 'INCIDENT_STATUS_REJECTED' ? 'reject' : 'refuse',
	};
	return { operation: KEYS[action] ?? decisions[action] ?? action, operator, comment, result };
}

const HANDLE = '/v1/external/incident/handle';
const ACTIONS = /^\/v2\/incidents\/[^/]+\/actions$/;

export function isWrite({ path }: Pick<RecordedRequest, 'path'>): boolean {
	return path === HANDLE || ACTIONS.test(path);
}

/** Who acts by a write, and its parameters; null for a body that is none. */
export function actOf({ path, json, userId }: Pick<RecordedRequest, 'path' | 'json' | 'userId'>): {
	operator: string;
	params: Record<string, unknown>;
} | null {
	const body = (json ?? null) as Record<string, unknown> | null;
	if (body === null) return null;
	const [operator, params] =
		path === HANDLE ? [body.operator, body.parameter] : [userId, body.params];
	return { operator: String(operator), params: (params ?? {}) as Record<string, unknown> };
}
