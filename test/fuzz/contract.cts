/** What can be done to a ticket, as COC's pages list it: keys, statuses and what it leaves behind. */
import { STATUS } from './generate/record.cts';

const { draft, triggered, rejected, acknowledged, resolved, completed } = STATUS;
const ALL = [draft, triggered, rejected, acknowledged, resolved, completed] as const;

export interface Action {
	version: 'v1' | 'v2';
	/** Its key in v1's and in v2's calls; the history may have either. */
	keys: readonly string[];
	/** The statuses in which the key means this. */
	from: readonly string[];
	/** The statuses of a ticket to which it was done, also when others have taken it further since. */
	after: readonly string[];
	/** What the history may give as the status at this step. */
	at: readonly string[];
	/** The item's field with the text that may stand in the history. */
	text: string | null;
}

const onward = [acknowledged, resolved, completed];
const working = { version: 'v2', from: [acknowledged], after: onward, at: ALL } as const;

export const ACTIONS = {
	accept: {
		version: 'v1',
		keys: ['acceptedIncident1', 'accepted'],
		...{ from: [triggered], after: onward, at: ALL, text: null },
	},
	addRemark: {
		version: 'v2',
		keys: ['addRemark'],
		...{ from: ALL, after: ALL, at: ALL, text: 'remark' },
	},
	approve: { ...working, keys: ['agreed'], at: [acknowledged], text: 'comment' },
	changeLevel: { ...working, keys: ['incidentChangeLevel1', 'changeLevel'], text: 'reason' },
	close: {
		version: 'v2',
		keys: ['agreed'],
		...{ from: [rejected], after: [completed], at: [rejected, completed], text: null },
	},
	forward: {
		version: 'v2',
		keys: ['forwardOther1', 'unAcceptedForward', 'acceptedForward'],
		from: [triggered, acknowledged],
		after: [triggered, rejected, ...onward],
		...{ at: ALL, text: 'comment' },
	},
	pause: { ...working, keys: ['incidentPause'], text: 'reason' },
	refuse: { ...working, keys: ['rejected'], at: [acknowledged], text: 'comment' },
	reject: {
		version: 'v2',
		keys: ['rejected'],
		from: [triggered],
		after: [rejected, completed],
		...{ at: [triggered, rejected], text: 'reason' },
	},
	reopen: {
		version: 'v2',
		keys: ['ReOpen', 'Reopen'],
		...{ from: [rejected], after: [triggered, rejected, ...onward], at: ALL, text: null },
	},
	resume: { ...working, keys: ['recovery'], text: null },
	submitSolution: {
		version: 'v1',
		keys: ['commitSolution1', 'commitSolution'],
		...{ from: [acknowledged], after: [resolved, completed], at: ALL, text: 'solution' },
	},
} as const satisfies Record<string, Action>;

export type ActionName = keyof typeof ACTIONS;
export const ACTION_NAMES = Object.keys(ACTIONS) as ActionName[];

/** Every key that the pages of both calls list. */
export const KNOWN_KEYS: ReadonlySet<unknown> = new Set([
	...Object.values(ACTIONS).flatMap(({ keys }) => keys as readonly string[]),
	'confirm',
]);

/** The fields of an item: what the node is given beside ticket and options. */
export type ItemFields = Record<string, unknown>;

export const HOUR = 3_600_000;
export const SCENE = 'scene-1';
export const ROLE = 'role-1';
export const PERSON = 'c'.repeat(32);
export const TARGET_LEVEL = 'level_20';
export const PAUSE_UNTIL = 1_900_000_000_000;
