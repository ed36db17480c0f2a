/** Those who work on the tickets in COC's console meanwhile. */
import type { HistoryEntry, RecordedRequest, StandIn, Ticket } from '../standin/index.cts';
import { diceFor } from './dice.cts';
import type { Plan } from './plan.cts';

export interface Peoples {
	/** To be called when a write has arrived, and when it is settled what it gets. */
	before(write: RecordedRequest): void;
	after(write: RecordedRequest): void;
	/** The entries of the record that are theirs. */
	own: Set<HistoryEntry>;
	stop(): void;
}

const HANDLER = '11111111111111111111111111111111';
const RIVAL = '22222222222222222222222222222222';

export function peopleOf(
	{ people }: Plan,
	coc: Pick<StandIn, 'tickets' | 'changeTicket'>,
	{ seed, now }: { seed: number; now: () => number },
): Peoples {
	const own = new Set<HistoryEntry>();
	const timers = new Set<NodeJS.Timeout>();
	const done = new Set<string>();

	function change(number: string, fields: Partial<Ticket>, entry: Omit<HistoryEntry, 'at'>): void {
		const { history } = coc.changeTicket(number, fields, { ...entry, at: now() });
		own.add(history.at(-1)!);
	}

	/** Somebody else is quicker: with the comment of the write, or with one of their own. */
	function verifyAsRival({ ticket: number, json }: RecordedRequest): void {
		const ticket = coc.tickets.get(number ?? '');
		if (!ticket || done.has(ticket.number)) return;
		done.add(ticket.number);
		if (ticket.status !== 'INCIDENT_STATUS_RESOLVED') return;
		const { operator, parameter } = json as {
			operator: string;
			parameter: { virtual_confirm_result: boolean; virtual_confirm_comment: string };
		};
		const { virtual_confirm_result: result, virtual_confirm_comment: comment } = parameter;
		const same = diceFor(seed, `rival of ${number}`).once(2);
		const status = result ? 'INCIDENT_STATUS_COMPLETED' : 'INCIDENT_STATUS_ACKNOWLEDGED';
		const said = same ? { operator, comment: 'Seen by a colleague' } : { operator: RIVAL, comment };
		change(ticket.number, { status }, { action: 'confirm', ...said, result });
	}

	return {
		own,
		before(write) {
			if (people.get(write.ticket ?? '') === 'rivalBefore') verifyAsRival(write);
		},
		after(write) {
			const { ticket: number, applied } = write;
			const who = people.get(number ?? '');
			if (who === 'rivalAfter') verifyAsRival(write);
			if (who !== 'handler' || !applied) return;
			const ticket = coc.tickets.get(number ?? '');
			const timer = setTimeout(
				() => {
					timers.delete(timer);
					if (ticket?.status !== 'INCIDENT_STATUS_ACKNOWLEDGED') return;
					const solved = { status: 'INCIDENT_STATUS_RESOLVED', handleTime: now() } as const;
					const by = { operator: HANDLER, comment: null, result: null };
					change(ticket.number, solved, { action: 'commitSolution1', ...by });
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
