import { table } from '../../scripts/terminal.cts';
import type { Entry } from './entries.cts';
import type { Fault, Judged, Violation } from './judge.cts';
import type { World } from './world.cts';

/** The result of some runs. */
export interface Tally {
	seed: number;
	items: Judged[];
	/** By outcome; an item without one counts as `none`. */
	outcomes: Record<string, number>;
	violations: Violation[];
	faults: Record<Fault, number>;
	/** Requests that arrived: writes, and all else. */
	writes: number;
	reads: number;
	/** Writes that were sent again though they were recorded. */
	repeats: number;
	troubles: World['troubles'];
	outages: number;
	peakConnections: number;
	storyOf: World['storyOf'];
	seconds: number;
}

const FAULTS: Record<Fault, string> = {
	doubled: 'doubled',
	lost: 'lost (recorded, though reported as not done)',
	falselyClaimed: 'falsely claimed (reported as done, not recorded)',
	outOfOrder: 'recorded out of order',
	foreign: 'recorded, though nobody asked for it',
	withoutOutcome: 'items without an outcome',
	unlabelled: 'unknown without saying what is known',
};

export function count(keys: string[]): Record<string, number> {
	const counts: Record<string, number> = {};
	for (const key of keys) counts[key] = (counts[key] ?? 0) + 1;
	return counts;
}

export function countFaults(violations: Violation[]): Record<Fault, number> {
	const counts = count(violations.map(({ fault }) => fault));
	return Object.fromEntries(
		Object.keys(FAULTS).map((fault) => [fault, counts[fault] ?? 0]),
	) as Record<Fault, number>;
}

/** The tally in words, for a terminal. */
export function describeTally(tally: Tally): string {
	const { items, outcomes, troubles, writes, reads } = tally;
	const row = (name: string, value: number | string) => [name, String(value)];
	const made = [...troubles].sort(([a], [b]) => a.localeCompare(b));
	const runs = [...new Set(items.map(({ run }) => run))];
	const names = Object.keys(outcomes).sort();
	return [
		`Seed ${tally.seed}: ${items.length} items, ${tally.seconds.toFixed(1)} s`,
		table([
			['Run', ...names],
			...runs.map((run) => {
				const own = count(items.filter((item) => item.run === run).map(outcomeOf));
				return [run, ...names.map((name) => String(own[name] ?? 0))];
			}),
			['all', ...names.map((name) => String(outcomes[name]))],
		]),
		byOperation(tally),
		table([
			['Trouble', 'writes', 'reads'],
			...made.map(([name, { writes, reads }]) => [name, String(writes), String(reads)]),
			['all requests', String(writes), String(reads)],
			['outages (connections refused)', String(tally.outages), ''],
		]),
		table([['Unknown, because', ''], ...causes(items, 'unknown')]),
		table([['Not sent, because', ''], ...causes(items, 'notSent')]),
		table([
			['Judged by COC’s record', ''],
			...Object.entries(FAULTS).map(([fault, name]) => row(name, tally.faults[fault as Fault])),
			row('writes sent again though they were recorded', tally.repeats),
		]),
		...tally.violations.slice(0, 10).map((violation) => describeViolation(violation, tally)),
	].join('\n\n');
}

const OUTCOMES = ['applied', 'recovered', 'refused', 'notSent', 'unknown'];
const WORST = { doubled: 'doubled', lost: 'lost', falselyClaimed: 'falsely claimed' } as const;

/** How the items of each operation ended, and what COC's record says of that. */
export function byOperation({ items, violations }: Tally): string {
	const row = (name: string, own: Judged[], found: Violation[]) => {
		const outcomes = count(own.map(outcomeOf));
		const faults = countFaults(found);
		return [
			name,
			...[own.length, ...OUTCOMES.map((outcome) => outcomes[outcome] ?? 0)].map(String),
			...Object.keys(WORST).map((fault) => String(faults[fault as Fault])),
		];
	};
	const operations = [...new Set(items.map(({ leaves }) => leaves.operation))].sort();
	return table([
		['Operation', 'items', ...OUTCOMES, ...Object.values(WORST)],
		...operations.map((operation) => {
			const isOf = ({ leaves }: Judged) => leaves.operation === operation;
			const found = violations.filter((violation) => violation.items.some(isOf));
			return row(operation, items.filter(isOf), found);
		}),
		row('all', items, violations),
	]);
}

export const outcomeOf = ({ outcome }: Judged) => outcome ?? 'none';

const MOST_CAUSES = 15;

/** The most frequent causes of an outcome. */
function causes(items: Judged[], outcome: string): string[][] {
	const counts = count(items.filter((item) => item.outcome === outcome).map(causeOf));
	const sorted = Object.entries(counts).sort(([, a], [, b]) => b - a);
	return sorted.slice(0, MOST_CAUSES).map(([cause, times]) => [cause, String(times)]);
}

/** What a failed item saw in COC, or why else it failed, without what is its own. */
function causeOf({ error = '' }: Judged): string {
	const reason = /^.*?[tT]icket .*? was (?:not )?[a-z]+: (.*)/s.exec(error)?.[1] ?? error;
	const seen = /Seen in COC: (.*)/s.exec(reason)?.[1] ?? reason;
	return seen
		.replace(/ (?:Of all items|Request ID|\[item \d).*/s, '')
		.replace(/"[^"]*" \(/, '(')
		.replace(/127\.0\.0\.1:\d+|IM[\w-]+/g, '…')
		.slice(0, 120);
}

function describeViolation(
	{ fault, ticket, items, entries }: Violation,
	{ storyOf }: Tally,
): string {
	const said = ({ operation, operator, result, comment }: Entry) =>
		`${operation} ${operator.slice(0, 4)} ${result ?? ''} ${JSON.stringify(comment?.slice(0, 40))}`;
	const lines = items.map(
		({ run, index, leaves, outcome, error }) =>
			`  item ${index} of ${run}: ${said(leaves)} → ${outcome} ${(error ?? '').slice(0, 400)}`,
	);
	const record = entries.map((entry) => `  recorded: ${said(entry)}`);
	return [`${fault}: ticket ${ticket}`, ...lines, ...record, ...storyOf(ticket)].join('\n');
}

/** What the items of unknown outcome went through. */
export function describeUnknown({ items, storyOf }: Tally): string {
	return items
		.filter(({ outcome }) => outcome === 'unknown')
		.map((item) =>
			[
				`Item ${item.index} of ${item.run}: ${causeOf(item)}`,
				...storyOf(item.ticket.trim()).map((line) => `  ${line}`),
			].join('\n'),
		)
		.join('\n\n');
}
