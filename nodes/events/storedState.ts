import type { KnownTicket, State } from './state';

/** The state as n8n stores it: in the workflow, as JSON. */
export interface StoredState {
	v: 1;
	start: number;
	cursor: number;
	syncedThrough: number;
	/** By ticket: status, update time, time of its solution, time of the reading, whether it is unsure. */
	tickets: Record<string, StoredTicket>;
	configFingerprint?: string;
}

type StoredTicket = [
	status: string,
	updatedAt: number,
	handledAt: number | null,
	readAt: number,
	isUnsure: boolean,
];

export function toStored({ tickets, ...rest }: State): StoredState {
	const written = [...tickets].map(
		([ticket, { status, updatedAt, handledAt, readAt, isUnsure }]): [string, StoredTicket] => [
			ticket,
			[status, updatedAt, handledAt, readAt, isUnsure],
		],
	);
	return { v: 1, ...rest, tickets: Object.fromEntries(written) };
}

/**
 * Reads what is stored; null when nothing is, or nothing that this version can read: then the
 * trigger begins anew, since a state that is only half understood would repeat events.
 */
export function fromStored(value: unknown): State | null {
	const stored = upgrade(value);
	if (stored === null) return null;
	const { start, cursor, syncedThrough, tickets, configFingerprint } = stored;
	if (!isTime(start) || !isTime(cursor) || !isTime(syncedThrough)) return null;
	if (typeof tickets !== 'object' || tickets === null) return null;
	const entries = Object.entries(tickets).map(
		([ticket, one]) => [ticket, readTicket(one)] as const,
	);
	const isWhole = entries.every((one): one is readonly [string, KnownTicket] => one[1] !== null);
	if (!isWhole) return null;
	return {
		...{ start, cursor, syncedThrough, tickets: new Map(entries) },
		...(typeof configFingerprint === 'string' && { configFingerprint }),
	};
}

/**
 * Takes a state that an earlier version of this package has stored to the present one, step by step:
 * a version that changes it adds a step here. Null for one of a later version.
 */
function upgrade(value: unknown): Partial<Record<keyof StoredState, unknown>> | null {
	if (typeof value !== 'object' || value === null) return null;
	const stored = value as Partial<Record<keyof StoredState, unknown>>;
	return stored.v === 1 ? stored : null;
}

function readTicket(value: unknown): KnownTicket | null {
	if (!Array.isArray(value)) return null;
	const [status, updatedAt, handledAt, readAt, isUnsure] = value as unknown[];
	if (typeof status !== 'string' || typeof isUnsure !== 'boolean') return null;
	if (!isTime(updatedAt) || !isTime(readAt)) return null;
	if (handledAt !== null && !isTime(handledAt)) return null;
	return { status, updatedAt, handledAt, readAt, isUnsure };
}

function isTime(value: unknown): value is number {
	return typeof value === 'number' && Number.isFinite(value);
}
