import { randomUUID } from 'crypto';
import type { FunctionsBase, IDataObject } from 'n8n-workflow';
import { createSemaphore, type Semaphore } from '../client/rateLimit';
import { asRecord } from '../coc/json';
import { nodeOf } from '../events/nodeKey';
import { initialState, LOOKBACK_MS, type State } from '../events/state';
import { fromStored, toStored } from '../events/storedState';
import { newOpenCalls, type OpenCalls } from './openCalls';
import { NO_MESSAGES, withMessages, type SeenMessages } from './seenMessages';
import { addIdleTask, isFull, newTasks, type Tasks } from './tasks';

/**
 * What the node remembers. n8n gives each call a copy of what is stored and stores the copy of
 * whichever call ends last: so what counts is here, in this process, and what is stored is for the
 * next start of n8n, and for its other processes.
 */
export interface NotificationMemory {
	state: State;
	seen: SeenMessages;
	/** The tickets that COC has notified of, and that are still to be read. */
	tasks: Tasks;
	calls: OpenCalls;
	/** So many tickets are read at once, whichever calls read them. */
	places: Semaphore;
}

type Context = Pick<FunctionsBase, 'getNode' | 'getWorkflow' | 'getWorkflowStaticData'>;

/** Most tickets that are remembered; the latest ones. */
const MOST_TICKETS = 1000;
/** Most tickets read at once. */
const CONCURRENCY = 5;

/** Tells what this process has stored from what others have. */
const WRITER = randomUUID();

const memories = new Map<string, NotificationMemory>();

/** @param now ms since 1970 */
export function memoryOf(context: Context, now: number): NotificationMemory {
	const node = nodeOf(context);
	const stored = asRecord(context.getWorkflowStaticData('node').memory);
	const known = memories.get(node);
	if (known && (stored === null || stored.writer === WRITER)) return known;
	const memory = known ?? {
		// Some minutes ago, since COC's clock may be behind n8n's.
		state: fromStored(stored?.state) ?? initialState(now - LOOKBACK_MS),
		seen: NO_MESSAGES,
		tasks: newTasks(),
		calls: newOpenCalls(),
		places: createSemaphore(CONCURRENCY),
	};
	memories.set(node, memory);
	if (stored !== null) takeOver(memory, stored, now);
	return memory;
}

/** Puts the memory where n8n stores it. */
export function storeMemory(context: Context, { state, seen, tasks }: NotificationMemory): void {
	context.getWorkflowStaticData('node').memory = {
		v: 1,
		writer: WRITER,
		state: toStored(state),
		seen: { floor: seen.floor, sentAt: [...seen.sentAt] },
		unread: [...tasks.reading.values(), ...tasks.waiting.values()].map(
			({ ticket, since }): TextAndTime => [ticket, since],
		),
	} as unknown as IDataObject;
}

/** The latest that either knows; a memory of a form that isn't known counts for nothing. */
function takeOver(memory: NotificationMemory, stored: Record<string, unknown>, now: number): void {
	const other = fromStored(stored.state);
	const tickets = new Map(memory.state.tickets);
	for (const [ticket, one] of other?.tickets ?? []) {
		if (one.readAt >= (tickets.get(ticket)?.readAt ?? 0)) tickets.set(ticket, one);
	}
	memory.state = { ...memory.state, tickets };
	const seen = asRecord(stored.seen);
	const floor = typeof seen?.floor === 'number' ? seen.floor : 0;
	const sent = Array.isArray(seen?.sentAt) ? seen.sentAt.filter(isTextAndTime) : [];
	memory.seen = withMessages({ ...memory.seen, floor: Math.max(memory.seen.floor, floor) }, sent);
	const unread = Array.isArray(stored.unread) ? stored.unread.filter(isTextAndTime) : [];
	for (const [ticket, since] of unread) {
		if (!isFull(memory.tasks)) addIdleTask(memory.tasks, ticket, since, now);
	}
}

/** A message's ID and when it was sent; a ticket and since when it waits. */
type TextAndTime = [text: string, time: number];

function isTextAndTime(value: unknown): value is TextAndTime {
	return Array.isArray(value) && typeof value[0] === 'string' && typeof value[1] === 'number';
}

/**
 * A state that has not become too big. What happened to a ticket before it was forgotten must not
 * count anew: of a ticket that isn't known, events count from there on, or from shortly before COC
 * has notified of it, if that is earlier.
 */
export function withoutOldest(state: State, most = MOST_TICKETS): State {
	if (state.tickets.size <= most) return state;
	const latest = [...state.tickets].sort(([, a], [, b]) => b.readAt - a.readAt);
	const forgotten = latest.splice(most);
	const countsFrom = forgotten[0]?.[1].readAt ?? 0;
	const syncedThrough = Math.max(state.syncedThrough, countsFrom + LOOKBACK_MS);
	return { ...state, syncedThrough, tickets: new Map(latest) };
}
