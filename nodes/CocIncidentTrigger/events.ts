import type { INodeProperties, INodePropertyOptions } from 'n8n-workflow';
import type { Coded } from '../fields/keyed';
import { asKeys } from '../fields/filters';
import type { Checked } from '../coc/result';
import { COMPLETED, TO_BE_VERIFIED } from '../coc/statuses';
import type { EventName } from './state';

export const eventsField: INodeProperties = {
	displayName: 'Trigger On',
	name: 'events',
	type: 'multiOptions',
	required: true,
	options: [
		{
			name: 'Incident Closed',
			value: 'incidentClosed',
			description: 'Its handling was verified as resolved, or it was closed after a rejection',
		},
		{
			name: 'Incident Created',
			value: 'incidentCreated',
			description: 'A ticket is there that was not there before',
		},
		{
			name: 'Status Changed',
			value: 'statusChanged',
			description: 'Accepted, rejected, solved, verified: its status is another one',
		},
		{
			name: 'Waiting for Verification',
			value: 'waitingForVerification',
			description: 'Its handler has submitted a solution, which can be verified now',
		},
	],
	default: ['waitingForVerification'],
	description: 'What starts the workflow. Each event is an item of its own.',
};

const NO_EVENT = {
	ok: false,
	reason: "'Trigger On' is empty",
	hint: 'Choose at least one event.',
} as const;

const EVENT: Coded = {
	field: { displayName: eventsField.displayName, name: eventsField.name },
	labels: new Map((eventsField.options as INodePropertyOptions[]).map(labelled)),
	isClosed: true,
	preset: '',
};

function labelled({ name, value }: INodePropertyOptions): [string, string] {
	return [String(value), name];
}

const EVENTS: readonly EventName[] = [
	'incidentCreated',
	'statusChanged',
	'waitingForVerification',
	'incidentClosed',
];

/** The chosen events, by value or label, in the order in which they happen to a ticket. */
export function asEvents(value: unknown): Checked<EventName[]> {
	if (Array.isArray(value) && value.length === 0) return NO_EVENT;
	const chosen = asKeys(value, EVENT);
	if (!chosen.ok) return chosen;
	return { ok: true, value: EVENTS.filter((event) => chosen.value.includes(event)) };
}

/** Whether one of the events asks if a ticket's status is new. */
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
