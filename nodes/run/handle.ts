import type { ReadCoc } from '../client/read';
import type { CocRequest } from '../coc/call';
import { HANDLE_ACTION, handleCocIncident, type Handling } from '../coc/calls/handleCocIncident';
import { ACTION_LABELS, handleIncident, type ActionParams } from '../coc/calls/handleIncident';
import { actionsOf, type OfferedAction } from '../coc/calls/listIncidentTasks';
import { statusOf } from '../coc/calls/showCocIncidentDetail';
import { transitionOf, type StepKind } from '../coc/lifecycle';
import { describeStatus } from '../coc/statuses';
import { inputFailure, type Failure, type Read } from '../errors/failure';

/** How a change of a ticket is sent; `Params` are the call's own. */
export interface Send<Params> {
	iamAction: string;
	/** Whether the call names who acts; otherwise it is the credential's own user. */
	namesActor: boolean;
	/** The request, made before each send. */
	request(wanted: WantedChange<Params>): Promise<Made>;
}

interface WantedChange<Params> {
	ticket: string;
	/** IAM user ID; null when unknown. */
	actor: string | null;
	/** What it is in the incident's life. */
	kind: StepKind;
	params: Params;
	readCoc: ReadCoc;
}

/** A request, or why it must not be sent; a dry run shows it all the same. */
export type Made =
	| {
			ok: true;
			value: CocRequest;
			/** Whether COC offers it now; null when that isn't asked. */
			isOffered: boolean | null;
	  }
	| { ok: false; failure: Failure; request?: CocRequest };

/** A change by v1's call, in an operator's name (HandleCocIncident). */
export function v1Handle<Key extends keyof Handling>(operateKey: Key): Send<Handling[Key]> {
	return {
		iamAction: HANDLE_ACTION,
		namesActor: true,
		request: async ({ ticket, actor, params }) =>
			await Promise.resolve({
				ok: true,
				isOffered: null,
				value: handleCocIncident(ticket, actor ?? '', operateKey, params),
			}),
	};
}

/**
 * A change by v2's call, in the name of the credential's own user (HandleIncident). What is possible
 * now is read before each send, with the status: the same key may mean another thing in another one.
 * What COC doesn't offer isn't sent.
 */
export function v2Action<Action extends keyof ActionParams>(
	action: Action,
): Send<ActionParams[Action]> {
	return {
		iamAction: HANDLE_ACTION,
		namesActor: false,
		async request({ ticket, kind, params, readCoc }) {
			const status = notSent(await readCoc(statusOf(ticket)));
			if (!status.ok) return status;
			const offered = notSent(await readCoc(actionsOf(ticket)));
			if (!offered.ok) return offered;
			const found = offered.value.find(({ key }) => key === action);
			const request = handleIncident(ticket, found?.taskId ?? null, action, params);
			if (found && transitionOf(kind).from.includes(status.value)) {
				return { ok: true, value: request, isOffered: true };
			}
			return { ok: false, failure: notPossible(status.value, offered.value), request };
		},
	};
}

/** A read before the write: what can't be read isn't sent. */
function notSent<T>(read: Read<T>): Read<T> {
	return read.ok ? read : { ok: false, failure: { ...read.failure, outcome: 'notSent' } };
}

function notPossible(status: string, offered: OfferedAction[]): Failure {
	const keys = [...new Set(offered.map(({ key }) => key))];
	const labels = keys.map((key) => `${ACTION_LABELS.get(key) ?? key} (${key})`).join(', ');
	return inputFailure(
		`COC doesn't offer that now, its status is ${describeStatus(status)}`,
		`Possible now: ${labels === '' ? 'nothing' : labels}. Either the status doesn't allow it, or it is the task of another user than the credential's.`,
	);
}
