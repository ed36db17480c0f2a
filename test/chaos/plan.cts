/** What the runs are to do: the same plan for the same seed. */
import type { INode } from 'n8n-workflow';
import type { Ticket } from '../standin/index.cts';
import { openApproval, ticketStatuses } from '../standin/index.cts';
import type { Random } from '../support/random.cts';
import { chance, diceFor, weighted } from './dice.cts';
import type { Entry } from './entries.cts';
import { type OperationName, sortOf } from './operations.cts';
import { SOMEBODY } from './somebody.cts';

/** What an item brings for the node's fields, and what it leaves in COC's record. */
export interface PlannedItem {
	/** As given; blanks around it don't count. */
	ticket: string;
	fields: Record<string, unknown>;
	leaves: Entry;
}

export interface PlannedRun {
	name: string;
	operation: OperationName;
	/** Whose credential it is: the node knows that of an IAM user only. */
	actor: string;
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
export interface People {
	kind: /** The handler goes on whenever something was done. */
	| 'handler'
		/** Somebody else is there before, or right after, the first request for it. */
		| 'rivalBefore'
		| 'rivalAfter';
	operation: OperationName;
	/** Whether the node knows in whose name it acts. */
	isActorKnown: boolean;
}

export interface Plan {
	runs: PlannedRun[];
	tickets: Array<Partial<Ticket> & { number: string }>;
	people: Map<string, People>;
}

/** A run before its items are known. */
export type Outline = Omit<PlannedRun, 'items' | 'concurrency' | 'actor'> & {
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
const BULK = 'In bulk after the outage';
const HOUR = 3_600_000;
const LAST = 30;

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
		const actor = dice
			.below(2 ** 32)
			.toString(16)
			.padStart(32, '0');
		plan.runs.push({
			...outline,
			actor,
			concurrency: concurrency || chosen,
			items: itemsOf({ ...outline, actor }, counts[index]!, dice, plan),
		});
	}
	return plan;
}

type Acting = Outline & { actor: string };

function itemsOf(run: Acting, count: number, dice: Random, plan: Plan): PlannedItem[] {
	const made: PlannedItem[] = [];
	for (let index = 0; index < count; index++) {
		const fresh = itemOf(run, dice, comment(dice, index));
		const kind = index === 0 && isRetriedByFirst(run) ? 'unknown' : kindOf(dice, run);
		// One of the last ones, so that no ticket gets too many.
		const earlier = made.length > 0 ? dice.pick(made.slice(-LAST)) : undefined;
		if (earlier && (kind === 'equal' || kind === 'sameTicket' || kind === 'otherResult')) {
			const { ticket } = earlier;
			if (kind === 'sameTicket') made.push({ ...fresh, ticket: ` ${ticket.trim()}\t` });
			else if (kind === 'equal') made.push({ ...earlier });
			else made.push(otherResult(earlier));
			continue;
		}
		made.push({ ...fresh, ticket: newTicket(kind, run, dice, plan) });
	}
	return made;
}

/** An item without its ticket. */
function itemOf({ operation, actor }: Acting, dice: Random, said: string): PlannedItem {
	const { version, fields, text, lostText } = sortOf(operation);
	const named = version === 'v1' ? { operator: dice.pick(OPERATORS) } : {};
	const texts = [text, lostText].flatMap((name) => (name === undefined ? [] : [[name, said]]));
	const own = { ...named, ...fields?.(dice), ...(Object.fromEntries(texts) as object) };
	const { operator = actor, result = null } = own as { operator?: string; result?: boolean };
	const kept = text === undefined ? null : said;
	return { ticket: '', fields: own, leaves: { operation, operator, comment: kept, result } };
}

function otherResult({ ticket, fields, leaves }: PlannedItem): PlannedItem {
	const result = !leaves.result;
	return { ticket, fields: { ...fields, result }, leaves: { ...leaves, result } };
}

/** In modes that continue *Retry On Fail* looks at the first item alone: it is to fail. */
function isRetriedByFirst({ settings }: Outline): boolean {
	return settings.retryOnFail === true && settings.onError !== 'stopWorkflow';
}

/** v1's call names the operator; otherwise only an IAM user's token shows who acts. */
function isActorKnown({ operation, mode }: Outline): boolean {
	return sortOf(operation).version === 'v1' || mode === 'iamUser';
}

type Kind = ReturnType<typeof kindOf>;

/** What is special about an item; in *Stop* mode nothing that makes it fail for sure. */
function kindOf(dice: Random, run: Outline) {
	const { operation, refusals } = run;
	const { several = 0, isMore = false } = sortOf(operation);
	// Where nobody knows who acts, an entry is easily taken for another one.
	const rivals = operation === 'verify' ? 8 : isActorKnown(run) ? 25 : 100;
	const ifRefused = (weight: number) => (refusals ? weight : 0);
	return weighted(dice, [
		[refusals ? 800 : 900, 'plain'],
		[120, 'handler'],
		[ifRefused(30) + several / 2, 'equal'],
		[ifRefused(30) + several / 2, 'sameTicket'],
		[operation === 'verify' ? ifRefused(20) : 0, 'otherResult'],
		[ifRefused(15), 'wrongStatus'],
		[ifRefused(10), 'unknown'],
		[isMore ? 0 : ifRefused(10), 'openApproval'],
		[ifRefused(rivals), 'rivalBefore'],
		[ifRefused(rivals), 'rivalAfter'],
	] as const);
}

function newTicket(kind: Kind, run: Acting, dice: Random, plan: Plan): string {
	const number = `IM20261125120000${String(plan.tickets.length + 1).padStart(10, '0')}`;
	if (kind === 'unknown') return `IM-unknown-${plan.tickets.length}-${dice.below(1_000_000)}`;
	const { operation, actor } = run;
	const { from, waiting } = sortOf(operation);
	plan.tickets.push({
		number,
		// A new one may lack tasks for a while.
		createTime: Date.now() - 2 * HOUR,
		status: dice.pick(from),
		...waiting?.(dice, actor),
		...(kind === 'openApproval' && { approval: openApproval() }),
		...(kind === 'wrongStatus' && inWrongStatus(dice, operation)),
	});
	if (kind === 'handler' || kind === 'rivalBefore' || kind === 'rivalAfter') {
		plan.people.set(number, { kind, operation, isActorKnown: isActorKnown(run) });
	}
	return number;
}

/** With what led to its status. */
function inWrongStatus(dice: Random, operation: OperationName): Partial<Ticket> {
	const { from, isMore = false } = sortOf(operation);
	const status = dice.pick(ticketStatuses.filter((one) => isMore || !from.includes(one)));
	const nothing = { status, approval: null, paused: false };
	const entry = { operator: SOMEBODY, comment: null, result: null, at: Date.now() - HOUR };
	const accepted = { ...entry, action: 'acceptedIncident1' };
	const solved = { ...entry, action: 'commitSolution1', at: entry.at + 60_000 };
	const verified = {
		...entry,
		action: 'confirm',
		result: true,
		comment: BULK,
		at: entry.at + 120_000,
	};
	if (status === 'INCIDENT_STATUS_ACKNOWLEDGED') return { ...nothing, history: [accepted] };
	if (status !== 'INCIDENT_STATUS_COMPLETED') return { ...nothing, history: [] };
	return { ...nothing, history: [accepted, solved, verified] };
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
