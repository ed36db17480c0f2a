/** What the runs are to do: the same plan for the same seed. */
import type { INode } from 'n8n-workflow';
import type { Ticket } from '../standin/index.cts';
import { openApproval, ticketStatuses } from '../standin/index.cts';
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

/** A run before its items are known. */
export type Outline = Omit<PlannedRun, 'items' | 'concurrency'> & {
	/** Its share of all items, 0 … 1; the first run takes what rounding leaves. */
	part: number;
	/** Most concurrency that chance may give it, from 10 up. */
	mostAtOnce?: number;
};

const OPERATORS = [
	'7da46971b7e24eed90cf777cc2ff8b91',
	'0f3c5a1e9d7b4f60a1b2c3d4e5f60718',
	'a1b2c3d4e5f60718293a4b5c6d7e8f90',
	'ffeeddccbbaa99887766554433221100',
];
/** Never in the name of an item. */
const SOMEBODY = '33333333333333333333333333333333';
const BULK = 'Verified in bulk after the outage';

/** @param concurrency of every run; 0: each its own, from 10 to 50 */
export function makePlan(
	outlines: Outline[],
	{ items, seed, concurrency }: { items: number; seed: number; concurrency: number },
): Plan {
	const plan: Plan = { runs: [], tickets: [], people: new Map() };
	const counts = outlines.map(({ part }) => Math.floor(part * items));
	counts[0]! += items - counts.reduce((sum, count) => sum + count, 0);
	for (const [index, outline] of outlines.entries()) {
		const dice = diceFor(seed, `plan of run ${index}`);
		const chosen = 10 + dice.below((outline.mostAtOnce ?? 50) - 9);
		plan.runs.push({
			...outline,
			concurrency: concurrency || chosen,
			items: itemsOf(outline, counts[index]!, dice, plan),
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
		const kind = index === 0 && isRetriedByFirst(run) ? 'unknown' : kindOf(dice, run.refusals);
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

/** In modes that continue *Retry On Fail* looks at the first item alone: it is to fail. */
function isRetriedByFirst({ settings }: Outline): boolean {
	return settings.retryOnFail === true && settings.onError !== 'stopWorkflow';
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
		...(kind === 'openApproval' && { approval: openApproval() }),
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
