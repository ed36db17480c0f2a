/** Many items in front of COC: what is under way at once, what arrives, how each item ends. */
import { afterEach, beforeEach, expect } from '@jest/globals';
import type {
	IDataObject,
	IExecuteFunctions,
	INode,
	INodeExecutionData,
	INodeParameters,
} from 'n8n-workflow';
import type { HistoryEntry, RecordedRequest, StandInOptions } from '../standin/index.cts';
import { type Coc, TYPE, useCoc } from './coc.cts';

export const HANDLE = '/v1/external/incident/handle';
export const HISTORY = '/v1/external/incident/list-histories';
export const DETAIL = /^\/v1\/external\/incident\/IM[^/]*$/;

export interface Watched extends Coc {
	/** Most requests under way at COC at once, so far. */
	readonly peak: number;
	/** Tickets with two verifications under way at once. */
	readonly overlapping: Set<string>;
	/** What else happens when a request arrives, and when it is settled what it gets. */
	onRequest: (request: RecordedRequest) => void;
	onAnswer: (request: RecordedRequest) => void;
	/** So many tickets that wait for verification. */
	tickets(count: number): string[];
	/** The verifications that arrived, for this ticket or at all. */
	writes(ticket?: string): RecordedRequest[];
	/** All other requests. */
	reads(): RecordedRequest[];
	/** The verifications in a ticket's history. */
	entries(ticket: string): HistoryEntry[];
}

/** The stand-in, watched; everything is counted anew for each test of a file. */
export function useWatchedCoc(options: StandInOptions = {}): Watched {
	let underWay: RecordedRequest[] = [];
	const coc = useCoc({
		...options,
		onRequest(request) {
			watched.onRequest(request);
			const { ticket } = request;
			const same = (other: RecordedRequest) => isWrite(other) && other.ticket === ticket;
			if (isWrite(request) && ticket && underWay.some(same)) watched.overlapping.add(ticket);
			underWay.push(request);
			counted.peak = Math.max(counted.peak, underWay.length);
		},
		onAnswer(request) {
			underWay = underWay.filter((other) => other !== request);
			watched.onAnswer(request);
		},
	});
	const counted = { peak: 0, overlapping: new Set<string>() };
	const nothing = { onRequest: () => undefined, onAnswer: () => undefined };
	const watched: Watched = Object.assign(coc, counted, nothing, {
		tickets: (count: number) => Array.from({ length: count }, () => coc.ticket()),
		writes: (ticket?: string) => coc.requests(ticket).filter(isWrite),
		reads: () => coc.requests().filter((request) => !isWrite(request)),
		entries: (ticket: string) =>
			(coc.standIn.tickets.get(ticket)?.history ?? []).filter(({ action }) => action === 'confirm'),
	});
	Object.defineProperty(watched, 'peak', { get: () => counted.peak });
	beforeEach(() => {
		underWay = [];
		counted.peak = 0;
		watched.overlapping.clear();
		Object.assign(watched, nothing);
	});
	return watched;
}

const isWrite = ({ path }: RecordedRequest) => path === HANDLE;

/** The node with these options; `settings` are n8n's own. */
export const withOptions = (options: object, settings: Partial<INode> = {}): Partial<INode> => ({
	...settings,
	parameters: { options: options as INodeParameters },
});

/** The outcome of each item, in the order of the input. */
export function outcomes({ success, failed }: Record<'success' | 'failed', INodeExecutionData[]>) {
	const found: string[] = [];
	for (const { json, pairedItem } of [...success, ...failed]) {
		found[(pairedItem as { item: number }).item] = outcomeOf(json);
	}
	return found;
}

export function outcomeOf({ outcome, details }: IDataObject): string {
	return (outcome ?? (details as IDataObject | undefined)?.outcome) as string;
}

export const many = (count: number, text: string) => Array<string>(count).fill(text);

/** How often each of them occurs. */
export function tally(values: string[]): Record<string, number> {
	const counts: Record<string, number> = {};
	for (const value of values) counts[value] = (counts[value] ?? 0) + 1;
	return counts;
}

/** How the node itself ended; of a cancelled execution n8n doesn't wait for that. */
export interface Ending {
	items: INodeExecutionData[];
	/** What it threw, in Stop mode. */
	error: (Error & { description?: string }) | undefined;
	at: number;
}

type Execute = (this: IExecuteFunctions) => Promise<INodeExecutionData[][]>;

/** Call it once in a test file: hands back what gives the end of the node's latest run. */
export function useEnding(coc: Coc): () => Promise<Ending> {
	let ended: Promise<Ending> | undefined;
	beforeEach(() => {
		const node = coc.packages.getByNameAndVersion(TYPE);
		// On the class: the property set here only lies above it.
		const original = Reflect.get(Object.getPrototypeOf(node) as object, 'execute') as Execute;
		node.execute = function () {
			const running = original.call(this);
			ended = running.then(
				([items = []]) => ({ items: [...items], error: undefined, at: Date.now() }),
				(error: Error) => ({ items: [], error, at: Date.now() }),
			);
			return running;
		};
	});
	afterEach(() => {
		delete coc.packages.getByNameAndVersion(TYPE).execute;
	});
	return () => ended ?? Promise.reject(new Error('The node has not run.'));
}

/**
 * The items that a description names under each outcome: "2 unknown (items 3, 7–9: IM1 …)" →
 * `{ unknown: [3, 7, 8, 9] }`. Fails when their number isn't the one that is told, unless cut.
 */
export function listed(description = ''): Record<string, number[]> {
	const found: Record<string, number[]> = {};
	const part = /(\d+) ([a-z][a-z ]*)(?: \(applied\))? \(items? ([\d, –]+)(…)?/g;
	for (const [, count, name = '', numbers = '', cut] of description.matchAll(part)) {
		const items = [...numbers.matchAll(/(\d+)(?:–(\d+))?/g)].flatMap(([, from, to = from]) =>
			Array.from({ length: Number(to) - Number(from) + 1 }, (_, index) => Number(from) + index),
		);
		if (!cut) expect(items).toHaveLength(Number(count));
		found[name] = items;
	}
	return found;
}
