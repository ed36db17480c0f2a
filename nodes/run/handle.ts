import type { IDataObject } from 'n8n-workflow';
import type { CocRequest } from '../coc/call';
import { HANDLE_ACTION, handleCocIncident, type Handling } from '../coc/calls/handleCocIncident';
import { handleIncident } from '../coc/calls/handleIncident';
import type { OfferedAction } from '../coc/calls/listIncidentTasks';
import { hasNewEntry } from '../coc/findWrite';
import { isSameState, type History, type TicketState } from '../coc/history';
import { v2KeyOf, type StepKind } from '../coc/lifecycle';
import { inputFailure, type Failure, type Read } from '../errors/failure';
import type { Operation } from './operation';
import type { Patience } from './readBack';
import { isOffered, type SentTask } from './recordReader';
import {
	describeSituation,
	offersOf,
	readSituation,
	type Looking,
	type Situation,
} from './situation';

/** How a change of a ticket is sent; `Params` are the call's own, made of `Now`. */
export interface Send<Item, Params, Now> {
	iamAction: string;
	/** Whether the call names who acts; otherwise it is the credential's own user. */
	namesActor: boolean;
	/** Whether COC is asked first whether it offers that now. */
	asksFirst: boolean;
	/** When COC's record counts as complete without it. */
	patience: Patience;
	/** The request, made before each send. */
	request(wanted: WantedChange<Item, Params, Now>): Promise<Made>;
	/** Says more of a refusal, where COC can be asked. */
	explain(refused: Failure, wanted: WantedChange<Item, Params, Now>): Promise<Failure>;
}

interface WantedChange<Item, Params, Now> extends Looking {
	/** IAM user ID; null when unknown. */
	actor: string | null;
	/** What it is in the incident's life. */
	kind: StepKind;
	item: Item;
	params: (now: Now) => Params;
	/** The node's operations, to name what is possible. */
	operations: Operation[];
	/** By what it was sent before, when that answer was lost; null for the first send. */
	lost: Offer | null;
}

/**
 * A request, or why it must not be sent; a dry run shows it all the same. `found` is what the output
 * item has of what was looked up.
 */
export type Made =
	| { ok: true; value: CocRequest; offer: Offer | null; found?: IDataObject }
	| { ok: false; failure: Failure; request?: CocRequest | undefined; found?: IDataObject };

/** What COC offered right before the send, and the ticket as it was then. */
export interface Offer {
	task: SentTask;
	state: TicketState;
	/** Null when it can't be read. */
	history: History | null;
}

/** A change by v1's call, in an operator's name (HandleCocIncident). */
export function v1Handle<Key extends keyof Handling>(
	operateKey: Key,
): Send<unknown, Handling[Key], null> {
	return {
		iamAction: HANDLE_ACTION,
		namesActor: true,
		asksFirst: false,
		patience: { reads: 2, betweenMs: 1000 },
		request: async ({ ticket, actor, params }) =>
			await Promise.resolve({
				ok: true,
				value: handleCocIncident(ticket, actor ?? '', operateKey, params(null)),
				offer: null,
			}),
		explain: async (refused) => await Promise.resolve(refused),
	};
}

/**
 * A change by v2's call, in the name of the credential's own user (HandleIncident). What is possible
 * now is read before each send, and the key is sent as COC offers it. What it doesn't offer isn't sent.
 */
export function v2Action<Params extends object>(): Send<unknown, Params, Situation> {
	return v2ActionAfter(async (now) => await Promise.resolve({ ok: true, value: now }));
}

/**
 * The same, where the params need more than the item.
 *
 * @param look gives that, or says why nothing must be sent
 * @param shown what of it the output item has
 */
export function v2ActionAfter<Item, Params extends object, Now>(
	look: (now: Situation, item: Item) => Promise<Read<Now>>,
	shown: (now: Now) => IDataObject = () => ({}),
): Send<Item, Params, Now> {
	return {
		iamAction: HANDLE_ACTION,
		namesActor: false,
		asksFirst: true,
		// COC's flow goes on some seconds after the answer.
		patience: { reads: 3, betweenMs: 5000 },
		async request({ item, params, kind, operations, lost, ...looking }) {
			const situation = notSent(await readSituation(looking, true));
			if (!situation.ok) return situation;
			const { state, history } = situation.value;
			const offered = offersOf(kind, state.status, situation.value.offered);
			const before = valueOf(await history());
			if (lost && !isAsBefore(lost, kind, situation.value, before)) return MOVED_ON;
			const nothing = { action: v2KeyOf(kind), taskId: null };
			const { action, taskId } = lost?.task ?? offered[0] ?? nothing;
			const now = notSent(await look(situation.value, item));
			const request = now.ok
				? handleIncident(looking.ticket, taskId, action, params(now.value))
				: undefined;
			const found = now.ok ? shown(now.value) : {};
			const refused = (failure: Failure): Made => ({ ok: false, failure, request, found });
			if (offered.length === 0) return refused(notOffered(situation.value, operations));
			if (isAmbiguous(kind, offered)) return refused(AMBIGUOUS);
			if (request === undefined) return now as { ok: false; failure: Failure };
			if (taskId === null) return refused(TASKLESS);
			const offer = { task: { action, taskId }, state, history: before };
			return { ok: true, value: request, offer, found };
		},
		async explain(refused, { kind, operations, ...looking }) {
			const { outcome, httpStatus } = refused;
			if (outcome !== 'refused' || (httpStatus !== 400 && httpStatus !== 200)) return refused;
			const situation = await readSituation(looking, false);
			if (!situation.ok) return refused;
			const { state, offered } = situation.value;
			if (offersOf(kind, state.status, offered).length > 0) return refused;
			const { status, possible, sentence } = describeSituation(situation.value, operations);
			const hint = `COC doesn't offer that any more, ${status}. ${sentence}`;
			return { ...refused, hint, again: undefined, possible };
		},
	};
}

function valueOf<T>(read: Read<T>): T | null {
	return read.ok ? read.value : null;
}

/** Whether a lost write may go out again: nothing has happened since it was sent. */
function isAsBefore(
	lost: Offer,
	kind: StepKind,
	{ state, offered }: Situation,
	history: History | null,
): boolean {
	if (!isOffered(lost.task, offered) || !isSameState(state, lost.state)) return false;
	return lost.history === null || (history !== null && !hasNewEntry(kind, history, lost.history));
}

/** A read before the write: what can't be read isn't sent. */
function notSent<T>(read: Read<T>): Read<T> {
	return read.ok ? read : { ok: false, failure: { ...read.failure, outcome: 'notSent' } };
}

function notOffered(situation: Situation, operations: Operation[]): Failure {
	const { status, possible, sentence } = describeSituation(situation, operations);
	const failure = inputFailure(
		`COC doesn't offer that now, ${status}`,
		`${sentence} Either the status doesn't allow it, or it is the task of another user than the credential's.`,
	);
	return { ...failure, possible };
}

/** Two approvals that wait can't be told from each other; otherwise it is the same in any of them. */
function isAmbiguous(kind: StepKind, offered: OfferedAction[]): boolean {
	const nodes = new Set(offered.map(({ node }) => node));
	return (kind === 'approval' || kind === 'refusal') && nodes.size > 1;
}

/** A task is used up by what moves the ticket: what was sent may have been just that. */
const MOVED_ON: Made = {
	ok: false,
	failure: inputFailure("the ticket isn't as it was any more", ''),
};
const IN_CONSOLE = 'Do it in the console of COC.';
const TASKLESS = inputFailure('COC offers it without a task ID', IN_CONSOLE);
const AMBIGUOUS = inputFailure(
	'COC offers it for more than one request, and does not say which is which',
	IN_CONSOLE,
);
