import type { Known, Memory } from './state';

/** The memory as n8n stores it: in the workflow, as JSON, so it has to be short. */
export interface Stored {
	v: 1;
	start: number;
	mark: number;
	base: number;
	/** By ticket: update time, time of the solution, time of the reading, perhaps a ?, status. */
	known: Record<string, string>;
	asked?: string;
}

/** One letter for each status that is known; one that isn't is written out. Never change a letter. */
const LETTERS: ReadonlyMap<string, string> = new Map([
	['incident_draft', 'D'],
	['INCIDENT_STATUS_TRIGGERED', 'T'],
	['INCIDENT_STATUS_REJECTED', 'J'],
	['INCIDENT_STATUS_ACKNOWLEDGED', 'A'],
	['INCIDENT_STATUS_RESOLVED', 'R'],
	['INCIDENT_STATUS_COMPLETED', 'C'],
]);
const STATUSES: ReadonlyMap<string, string> = new Map(
	[...LETTERS].map(([status, letter]) => [letter, status]),
);

export function toStored({ known, ...rest }: Memory): Stored {
	const written = [...known].map(([ticket, entry]) => [ticket, writeKnown(entry)]);
	return { v: 1, ...rest, known: Object.fromEntries(written) as Stored['known'] };
}

/**
 * Reads what is stored; null when nothing is, or nothing that this version can read: then the
 * trigger begins anew, since a memory that is only half understood would repeat events.
 */
export function fromStored(value: unknown): Memory | null {
	const { start, mark, base, known, asked } = upgrade(value) ?? {};
	if (!isTime(start) || !isTime(mark) || !isTime(base)) return null;
	if (typeof known !== 'object' || known === null) return null;
	const entries = Object.entries(known).map(([ticket, text]) => [ticket, readKnown(text)] as const);
	if (!entries.every((entry): entry is readonly [string, Known] => entry[1] !== null)) return null;
	return {
		...{ start, mark, base, known: new Map(entries) },
		...(typeof asked === 'string' && { asked }),
	};
}

/**
 * Takes a memory that an earlier version of this package has stored to the present one, step by
 * step: a version that changes it adds a step here. Null for one of a later version.
 */
function upgrade(value: unknown): Partial<Record<keyof Stored, unknown>> | null {
	if (typeof value !== 'object' || value === null) return null;
	const stored = value as Partial<Record<keyof Stored, unknown>>;
	return stored.v === 1 ? stored : null;
}

function writeKnown({ status, updatedAt, handledAt, readAt, isUnsure }: Known): string {
	return [
		updatedAt.toString(36),
		handledAt?.toString(36) ?? '-',
		`${readAt.toString(36)}${isUnsure ? '?' : ''}`,
		LETTERS.get(status) ?? `=${status}`,
	].join(' ');
}

function readKnown(value: unknown): Known | null {
	const parts =
		typeof value === 'string'
			? /^([0-9a-z]+) ([0-9a-z]+|-) ([0-9a-z]+)(\??) (.+)$/s.exec(value)
			: null;
	if (parts === null) return null;
	const [, updated = '', handled = '', read = '', unsure, code = ''] = parts;
	const status = code.startsWith('=') ? code.slice(1) : STATUSES.get(code);
	if (status === undefined) return null;
	return {
		status,
		updatedAt: parseInt(updated, 36),
		handledAt: handled === '-' ? null : parseInt(handled, 36),
		readAt: parseInt(read, 36),
		isUnsure: unsure === '?',
	};
}

function isTime(value: unknown): value is number {
	return typeof value === 'number' && Number.isFinite(value);
}
