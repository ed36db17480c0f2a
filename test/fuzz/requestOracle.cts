/** Which request waits to be approved, as far as the history leaves no doubt. */
import { STATUS } from './generate/record.cts';
import type { Fields } from './oracle.cts';
import { own } from './oracle.cts';
import { actionsOf, plain, timeOf } from './recordOracle.cts';

export interface Nodes {
	/** A PauseNode: a pause is agreed already. */
	isPaused: boolean;
	/** All of several people have to approve: one agreement settles nothing. */
	several: boolean;
}

/** How many pauses and levels may wait. */
type Open = readonly [pauses: number, levels: number];

const STATUSES = Object.values(STATUS).map(plain);

/**
 * A decision answers one of the open requests, and nothing says which: every way to read the history is
 * followed. The kind is certain when all ways that leave a request leave this kind only.
 */
export function certainRequest(
	entries: Fields[],
	{ isPaused, several }: Nodes,
): 'pause' | 'level' | null {
	const times = entries.map(timeOf);
	if (times.includes(undefined)) return null;
	// In the same moment what moves the ticket comes first, and what asks before what answers.
	const inOrder = entries
		.map((entry, index) => ({ entry, at: times[index]! }))
		.sort((a, b) => a.at - b.at || rank(a.entry) - rank(b.entry))
		.map(({ entry }) => entry);
	let ways: Open[] = [[0, 0]];
	for (const entry of inOrder) {
		const next = ways.flatMap((open) => afterStep(open, entry, several));
		ways = [...new Map(next.map((open) => [open.join(), open])).values()];
	}
	const waiting = ways
		.map(([pauses, levels]): Open => [isPaused ? 0 : pauses, levels])
		.filter(([pauses, levels]) => pauses + levels > 0);
	if (waiting.length === 0) return null;
	if (waiting.every(([, levels]) => levels === 0)) return 'pause';
	return waiting.every(([pauses]) => pauses === 0) ? 'level' : null;
}

const MOVES = [
	...['acceptedIncident1', 'accepted', 'commitSolution1', 'commitSolution', 'confirm'],
	...['ReOpen', 'Reopen'],
];
const moves = (entry: Fields) => MOVES.some((key) => actionsOf(entry).includes(key));
const rank = (entry: Fields) => (moves(entry) ? 0 : isPause(entry) || isLevel(entry) ? 1 : 2);
const isPause = (entry: Fields) => actionsOf(entry).includes('incidentPause');
const isLevel = (entry: Fields) =>
	['changeLevel', 'incidentChangeLevel1'].some((key) => actionsOf(entry).includes(key));

function afterStep([pauses, levels]: Open, entry: Fields, several: boolean): Open[] {
	const actions = actionsOf(entry);
	const named = (...keys: string[]) => keys.some((key) => actions.includes(key));
	if (isPause(entry)) return [[pauses + 1, levels]];
	if (isLevel(entry)) return [[pauses, levels + 1]];
	if (named('recovery')) return [[0, levels]];
	if (named('forwardOther1', 'unAcceptedForward', 'acceptedForward')) {
		return [
			[pauses, levels],
			[0, 0],
		];
	}
	if (named('agreed', 'rejected')) {
		const status = plain(own(entry, 'status'));
		const isKnown = STATUSES.includes(status as string);
		if (isKnown && status !== plain(STATUS.acknowledged)) return [[0, 0]];
		const answered: Open[] = [];
		if (pauses > 0) answered.push([pauses - 1, levels]);
		if (levels > 0) answered.push([pauses, levels - 1]);
		if (answered.length === 0 || (several && named('agreed'))) answered.push([pauses, levels]);
		return answered;
	}
	// Whether what moves the ticket ends an open request isn't documented.
	return moves(entry)
		? [
				[pauses, levels],
				[0, 0],
			]
		: [[pauses, levels]];
}
