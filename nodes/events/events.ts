import type { INodePropertyOptions } from 'n8n-workflow';
import { COMPLETED, TO_BE_VERIFIED } from '../coc/statuses';
import { fieldOf, type Field } from '../fields/field';
import { asKeys, type Keyed } from '../fields/keyed';
import type { EventName } from './state';

type Choice<Name extends string> = INodePropertyOptions & { value: Name };

/** In the order of their labels. */
export const EVENT_CHOICES: Array<Choice<EventName>> = [
	{
		name: 'Incident Closed',
		value: 'incidentClosed',
		description: 'Verified as resolved, or closed as rejected',
	},
	{
		name: 'Incident Created',
		value: 'incidentCreated',
		description: 'A ticket is there that was not there before',
	},
	{
		name: 'Incident Status Changed',
		value: 'statusChanged',
		description: 'It was accepted, rejected, solved or verified',
	},
	{
		name: 'Incident Waiting for Verification',
		value: 'waitingForVerification',
		description: 'Its handler has submitted a solution',
	},
];

export function eventLabel(event: EventName): string {
	return EVENT_CHOICES.find(({ value }) => value === event)?.name ?? event;
}

const NO_EVENT = {
	ok: false,
	reason: "'Trigger On' is empty",
	hint: 'Choose at least one event.',
} as const;

/** In the order in which they happen to a ticket. */
export const EVENT_ORDER: readonly EventName[] = [
	'incidentCreated',
	'statusChanged',
	'waitingForVerification',
	'incidentClosed',
];

/** The chosen events, by value or label, in this order. */
export function eventsField<Name extends string>(
	options: Array<Choice<Name>>,
	order: readonly Name[],
): Field<Name[]> {
	const keyed: Keyed = {
		shape: { displayName: 'Trigger On', name: 'events' },
		labels: new Map(options.map(({ value, name }) => [value, name])),
		isClosed: true,
		preset: '',
	};
	return fieldOf(
		(value) => {
			if (Array.isArray(value) && value.length === 0) return NO_EVENT;
			const chosen = asKeys(value, keyed);
			if (!chosen.ok) return chosen;
			return { ok: true, value: order.filter((event) => chosen.value.includes(event)) };
		},
		{
			displayName: 'Trigger On',
			name: 'events',
			type: 'multiOptions',
			required: true,
			options,
			default: ['waitingForVerification'],
			description: 'What starts the workflow. Each event is an item of its own.',
		},
	);
}

/** The chosen events of tickets. */
export const events: Field<EventName[]> = eventsField(EVENT_CHOICES, EVENT_ORDER);

/** Whether one of the events depends on a ticket's status being new. */
export function wantsMoves(chosen: EventName[], status: string): boolean {
	return (
		chosen.includes('statusChanged') ||
		(status === COMPLETED && chosen.includes('incidentClosed')) ||
		(status === TO_BE_VERIFIED && chosen.includes('waitingForVerification'))
	);
}

/** Whether a ticket with this status may have just gone through an event. */
export function fits(event: EventName, status: string): boolean {
	if (event === 'waitingForVerification') return status === TO_BE_VERIFIED;
	return event !== 'incidentClosed' || status === COMPLETED;
}
