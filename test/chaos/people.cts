/** Those who work on the tickets in COC's console meanwhile. */
import type { HistoryEntry, RecordedRequest, StandIn } from '../standin/index.cts';
import { type Step, type StepName, stepOf } from './consoleSteps.cts';
import { diceFor } from './dice.cts';
import { actOf } from './entries.cts';
import { type OperationName, sortOf } from './operations.cts';
import type { Plan } from './plan.cts';
import { HANDLER, RIVAL } from './somebody.cts';

export interface Peoples {
	/** To be called when a write has arrived, and when it is settled what it gets. */
	before(write: RecordedRequest): void;
	after(write: RecordedRequest): void;
	/** The entries of the record that are theirs. */
	own: Set<HistoryEntry>;
	stop(): void;
}

/** What a rival does who doesn't do the same: the first of these that is possible. */
const OTHERS: Record<OperationName, StepName[]> = {
	accept: ['reject', 'forward'],
	addRemark: ['submitSolution', 'accept'],
	approve: ['refuse'],
	changeLevel: ['pause', 'submitSolution'],
	close: ['reopen'],
	forward: ['accept', 'submitSolution'],
	pause: ['submitSolution'],
	refuse: ['approve'],
	reject: ['accept'],
	reopen: ['close'],
	resume: ['addRemark'],
	submitSolution: ['pause'],
	verify: [],
};

/** What the handler does after a write: so that it is possible again, where there is a way back. */
const AFTERWARDS: Record<OperationName, StepName[]> = {
	accept: ['forward'],
	addRemark: ['addRemark'],
	approve: ['askForLevel', 'resume'],
	changeLevel: ['changeLevel'],
	close: [],
	forward: ['addRemark'],
	pause: ['resume'],
	refuse: ['askForLevel'],
	reject: ['reopen'],
	reopen: ['reject'],
	resume: ['pause'],
	submitSolution: ['verify'],
	verify: ['submitSolution'],
};

export function peopleOf(
	{ people }: Plan,
	coc: Pick<StandIn, 'tickets' | 'changeTicket'>,
	{ seed, now }: { seed: number; now: () => number },
): Peoples {
	const own = new Set<HistoryEntry>();
	const timers = new Set<NodeJS.Timeout>();
	const done = new Set<string>();

	/** Takes the first of the steps that is possible. */
	function take(
		number: string,
		steps: Step[],
		{ operator, comment, params }: { operator: string; comment: string | null; params: object },
	): void {
		const ticket = coc.tickets.get(number);
		const at = now();
		const wanted = { operator, params: params as Record<string, unknown>, at };
		for (const step of steps) {
			const changed = ticket && step(ticket, wanted);
			if (!changed) continue;
			const { fields, entry } = changed;
			// All but a remark uses the tasks up.
			const moves = ticket.moves + Number(entry.action !== 'addRemark');
			const { history } = coc.changeTicket(
				number,
				{ ...fields, moves },
				{ ...entry, operator, comment, at },
			);
			own.add(history.at(-1)!);
			return;
		}
	}

	/** Somebody else is quicker, or comes right after: with the same, or with something else. */
	function rival(write: RecordedRequest): void {
		const number = write.ticket ?? '';
		const who = people.get(number);
		const act = actOf(write);
		if (!who || !act || done.has(number)) return;
		done.add(number);
		const { operation, isActorKnown } = who;
		const dice = diceFor(seed, `rival of ${number}`);
		const { text } = sortOf(operation);
		const said = commentOf(act.params);
		const others = OTHERS[operation];
		if (others.length > 0 && dice.once(3)) {
			return take(number, others.map(stepOf), { ...act, operator: RIVAL, comment: said });
		}
		// Nobody could tell two entries that are alike: of one person, or of people whom nobody knows.
		const isOwnName = text !== undefined && dice.once(2);
		const by = isOwnName
			? { operator: act.operator, comment: 'Seen by a colleague' }
			: { operator: RIVAL, comment: isActorKnown ? said : 'Seen by somebody else' };
		take(number, [stepOf(operation)], {
			...act,
			...by,
			...(text === undefined && { comment: null }),
		});
	}

	return {
		own,
		before(write) {
			if (people.get(write.ticket ?? '')?.kind === 'rivalBefore') rival(write);
		},
		after(write) {
			const { ticket: number, applied } = write;
			const who = people.get(number ?? '');
			if (who?.kind === 'rivalAfter') rival(write);
			if (who?.kind !== 'handler' || !applied) return;
			const steps = AFTERWARDS[who.operation].map(stepOf);
			const timer = setTimeout(
				() => {
					timers.delete(timer);
					take(number!, steps, { operator: HANDLER, comment: null, params: {} });
				},
				diceFor(seed, `handler of ${number}`).below(800),
			);
			timers.add(timer);
		},
		stop() {
			for (const timer of timers) clearTimeout(timer);
		},
	};
}

/** The text of a write that the record keeps. */
function commentOf(params: Record<string, unknown>): string | null {
	const named = Object.keys(params).find((name) => /comment$|^note$|_reason$/.test(name));
	return named === undefined ? null : String(params[named]);
}
