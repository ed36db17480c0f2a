import { statusesBefore, type StepKind } from '../../coc/lifecycle';
import { ACCEPTED, STATUS_LABELS } from '../../coc/statuses';
import type { Operation } from '../../run/operation';

/** Which tickets the list holds for an operation; null for all. */
export interface WantedTickets {
	/** The step that must be possible; null where the status alone counts. */
	step: StepKind | null;
	statuses: readonly string[];
	/** Whether only those on which COC offers its step: the status doesn't tell. */
	needsOffer: boolean;
	/** Whether the operation itself asks COC for what it offers. */
	asksFirst: boolean;
}

export function ticketsFor(operation: Operation | undefined): WantedTickets | null {
	const { step, ofStatuses, asksFirst = false } = operation ?? {};
	if (step === undefined) {
		return ofStatuses
			? { step: null, statuses: ofStatuses, asksFirst: false, needsOffer: false }
			: null;
	}
	const statuses = statusesBefore(step);
	// A pause, which the status doesn't show, stands in the way of what a handler does.
	return { step, statuses, asksFirst, needsOffer: asksFirst || statuses.includes(ACCEPTED) };
}

/** The same for users, in a sentence. */
export function describeTicketsFor(operation: Operation): string {
	const wanted = ticketsFor(operation);
	if (wanted === null) return 'The list holds all tickets, the newest first.';
	const { statuses, needsOffer } = wanted;
	const labels = statuses.map((status) => STATUS_LABELS.get(status) ?? status);
	const conditions = [
		...(statuses.length < STATUS_LABELS.size ? [`that are ${labels.join(' or ')}`] : []),
		...(needsOffer ? ['on which COC offers this step now'] : []),
	];
	return `The list holds tickets ${conditions.join(' and ')}, the newest first.`;
}
