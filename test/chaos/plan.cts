/** What the runs are to do: the same plan for the same seed. */
import type { INode, OnError } from 'n8n-workflow';
import type { Ticket } from '../standin/index.cts';
import { ticketStatuses } from '../standin/index.cts';
import type { Random } from '../support/random.cts';
import { chance, diceFor, weighted } from './dice.cts';

/** What an item brings for the node's fields. */
export interface PlannedItem {
	/** As given; blanks around it don't count. */
	ticket: string;
	operator: string;
	result: boolean;
	comment: string;
}

export interface PlannedRun {
	name: string;
	mode: 'token' | 'iamUser' | 'accessKey';
	/** *Concurrency*. */
	concurrency: number;
	/** The node's own settings: On Error, Retry On Fail. */
	settings: Partial<INode>;
	items: PlannedItem[];
	/** Whether requests may be refused for no reason of the item's. */
	refusals: boolean;
	/** Stopped as by the editor's button when so many of its writes have arrived. */
	cancelAfter?: number;
	/**
	 * From so many of its writes on, COC takes token or access key for expired: an IAM user gets
	 * another token, for the others nothing more is possible.
	 */
	expireAfter?: number;
	/** The credential's IAM actions. Default: all. */
	permissions?: string[];
}

/** What other people do to a ticket while the runs go on. */
export type People =
	/** The handler submits a new solution whenever the last one was judged "unresolved". */
	| 'handler'
	/** Somebody else verifies it before, or right after, the first request for it. */
	| 'rivalBefore'
	| 'rivalAfter';

export interface Plan {
	runs: PlannedRun[];
	tickets: Array<Partial<Ticket> & { number: string }>;
	people: Map<string, People>;
}

/** A run before its items are known; the plan's own concurrency is from 10 up to `most`. */
type Outline = Omit<PlannedRun, 'items' | 'concurrency'> & { most?: number };

const share = (part: number, run: Outline) => ({ part, run });
const onError = (mode: OnError, tries = 1): Partial<INode> => ({
	onError: mode,
	...(tries > 1 && { retryOnFail: true, maxTries: tries, waitBetweenTries: 50 }),
});

/** How the items are shared out. */
function shares(count: number) {
	// What is under way when a credential ends, or the user stops the run, can't be told afterwards.
	const few = { most: 15 };
	const part = (fraction: number) => Math.floor(fraction * count);
	const stops = Math.max(1, Math.round(count / 500));
	const common = { mode: 'token', refusals: true } as const;
	const error = onError('continueErrorOutput');
	return [
		share(0.4, {
			...common,
			name: 'IAM user, token ends',
			mode: 'iamUser',
			settings: error,
			expireAfter: part(0.2),
		}),
		share(0.2, {
			...common,
			name: 'access key, Retry On Fail, expires',
			mode: 'accessKey',
			settings: onError('continueRegularOutput', 3),
			expireAfter: part(0.2 * 0.85),
			...few,
		}),
		share(0.18, {
			...common,
			name: 'token, expires',
			settings: error,
			expireAfter: part(0.15),
			...few,
		}),
		share(0.12, {
			...common,
			name: 'IAM user, cancelled',
			mode: 'iamUser',
			settings: error,
			cancelAfter: part(0.07),
			...few,
		}),
		...Array.from({ length: stops }, (_, index) =>
			share(0.08 / stops, {
				...common,
				name: `Stop mode ${index + 1}${index % 2 ? ', Retry On Fail' : ''}`,
				settings: onError('stopWorkflow', index % 2 ? 3 : 1),
				refusals: false,
			}),
		),
		share(0.01, {
			...common,
			name: 'may not read',
			settings: error,
			permissions: ['coc:ticket:action'],
		}),
		share(0.01, {
			...common,
			name: 'may not read histories',
			settings: error,
			permissions: ['coc:ticket:action', 'coc:ticket:get'],
		}),
	];
}

const OPERATORS = [
	'7da46971b7e24eed90cf777cc2ff8b91',
	'0f3c5a1e9d7b4f60a1b2c3d4e5f60718',
	'a1b2c3d4e5f60718293a4b5c6d7e8f90',
	'ffeeddccbbaa99887766554433221100',
];
/** Never in the name of an item. */
const SOMEBODY = '33333333333333333333333333333333';
const BULK = 'Verified in bulk after the outage';

export function makePlan({
	items,
	seed,
	concurrency,
}: {
	items: number;
	seed: number;
	concurrency: number;
}): Plan {
	const plan: Plan = { runs: [], tickets: [], people: new Map() };
	let left = items;
	for (const [index, { part, run }] of shares(items).entries()) {
		const dice = diceFor(seed, `plan of run ${index}`);
		// The first one takes what rounding leaves.
		const others = shares(items).slice(1);
		const count =
			index === 0
				? items - others.reduce((sum, other) => sum + Math.floor(other.part * items), 0)
				: Math.min(left, Math.floor(part * items));
		left -= count;
		plan.runs.push({
			...run,
			concurrency: concurrency || 10 + dice.below((run.most ?? 50) - 9),
			items: itemsOf(run, count, dice, plan),
		});
	}
	return plan;
}

function itemsOf(run: Outline, count: number, dice: Random, plan: Plan): PlannedItem[] {
	const made: PlannedItem[] = [];
	for (let index = 0; index < count; index++) {
		const fresh: PlannedItem = {
			ticket: '',
			operator: dice.pick(OPERATORS),
			result: dice.once(2),
			comment: comment(dice, index),
		};
		// Retry On Fail in a mode that continues looks at the first item alone.
		const kind =
			index === 0 && run.settings.onError === 'continueRegularOutput'
				? 'unknown'
				: kindOf(dice, run.refusals);
		const earlier = made.length > 0 ? dice.pick(made) : undefined;
		if (earlier && (kind === 'equal' || kind === 'sameTicket' || kind === 'otherResult')) {
			const { ticket } = earlier;
			if (kind === 'sameTicket') made.push({ ...fresh, ticket: ` ${ticket.trim()}\t` });
			else if (kind === 'equal') made.push({ ...earlier });
			else made.push({ ...earlier, result: !earlier.result });
			continue;
		}
		made.push({ ...fresh, ticket: newTicket(kind, dice, plan) });
	}
	return made;
}

type Kind = ReturnType<typeof kindOf>;

/** What is special about an item; in *Stop* mode nothing that makes it fail for sure. */
function kindOf(dice: Random, refusals: boolean) {
	return weighted(dice, [
		[refusals ? 800 : 900, 'plain'],
		[120, 'handler'],
		[refusals ? 30 : 0, 'equal'],
		[refusals ? 30 : 0, 'sameTicket'],
		[refusals ? 20 : 0, 'otherResult'],
		[refusals ? 15 : 0, 'wrongStatus'],
		[refusals ? 10 : 0, 'unknown'],
		[refusals ? 10 : 0, 'openApproval'],
		[refusals ? 8 : 0, 'rivalBefore'],
		[refusals ? 8 : 0, 'rivalAfter'],
	] as const);
}

function newTicket(kind: Kind, dice: Random, plan: Plan): string {
	const number = `IM20261125120000${String(plan.tickets.length + 1).padStart(10, '0')}`;
	if (kind === 'unknown') return `IM-unknown-${plan.tickets.length}-${dice.below(1_000_000)}`;
	plan.tickets.push({
		number,
		...(kind === 'openApproval' && { openApproval: true }),
		...(kind === 'wrongStatus' && inWrongStatus(dice)),
	});
	if (kind === 'handler' || kind === 'rivalBefore' || kind === 'rivalAfter') {
		plan.people.set(number, kind);
	}
	return number;
}

/** With what led to its status. */
function inWrongStatus(dice: Random): Pick<Ticket, 'status' | 'history'> {
	const status = dice.pick(ticketStatuses.filter((one) => one !== 'INCIDENT_STATUS_RESOLVED'));
	const entry = { operator: SOMEBODY, comment: null, result: null, at: Date.now() - 3_600_000 };
	const accepted = { ...entry, action: 'acceptedIncident1' };
	const solved = { ...entry, action: 'commitSolution1', at: entry.at + 60_000 };
	const verified = {
		...entry,
		action: 'confirm',
		result: true,
		comment: BULK,
		at: entry.at + 120_000,
	};
	if (status === 'INCIDENT_STATUS_ACKNOWLEDGED') return { status, history: [accepted] };
	if (status !== 'INCIDENT_STATUS_COMPLETED') return { status, history: [] };
	return { status, history: [accepted, solved, verified] };
}

/** The same comment for many, or one of its own. */
function comment(dice: Random, index: number): string {
	if (chance(dice, 0.6)) return BULK;
	return dice.pick([
		`Checked, number ${index}`,
		`验证通过 ✅ “ok” – é ${index}`,
		`Line one ${index}\nline two`,
		`${'Measured again, '.repeat(15)}${index}`,
	]);
}
