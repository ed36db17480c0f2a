/** A notification that is believed, and the tickets that it names. */
export interface Notification {
	/** SMN's ID of the message; null for one that isn't SMN's. */
	id: string | null;
	sentAt: number;
	subject: string | null;
	text: string | null;
	tickets: string[];
	/** Whether the workflow was given it as an event of its own. */
	isGiven?: boolean;
}

/** A ticket to be read, since COC has notified of it. */
export interface Task {
	ticket: string;
	/** What has named it; empty after a restart of n8n. */
	notifications: Notification[];
	/** When the first of them was sent, in ms since 1970. */
	since: number;
	/** How often it was read so far. */
	tries: number;
	/** From when on it is read, in ms since 1970. */
	dueAt: number;
	/** No call stays open for it: the next one that reads anything reads it as well. */
	isIdle: boolean;
}

/**
 * The tickets to be read, each once, however many notifications name it. One that is being read isn't
 * among them: a notification that comes meanwhile needs another reading. In the order of their coming.
 */
export interface Tasks {
	waiting: Map<string, Task>;
	/** Those that are being read. */
	reading: Map<string, Task>;
	/** Length of all texts that are kept. */
	textLength: number;
}

/** So many tickets and texts are kept; what comes beyond that is not accepted. */
const MOST_TASKS = 10_000;
const MOST_TEXT = 16 * 1024 * 1024;

export const newTasks = (): Tasks => ({
	waiting: new Map(),
	reading: new Map(),
	textLength: 0,
});

/** Whether no more notifications can be kept: then SMN is to send them again. */
export function isFull({ waiting, textLength }: Tasks): boolean {
	return waiting.size >= MOST_TASKS || textLength >= MOST_TEXT;
}

/** Has a ticket read, at once. */
export function addTask(
	tasks: Tasks,
	ticket: string,
	notification: Notification,
	now: number,
): void {
	const before = tasks.waiting.get(ticket);
	const notifications = [...(before?.notifications ?? []), notification];
	const since = Math.min(before?.since ?? Infinity, notification.sentAt);
	tasks.textLength += lengthOf(notification);
	tasks.waiting.set(ticket, {
		...{ ticket, notifications, since, tries: 0, dueAt: now, isIdle: false },
	});
}

/** Has a ticket read with the next one, of which nothing is known but since when it waits. */
export function addIdleTask({ waiting }: Tasks, ticket: string, since: number, now: number): void {
	const idle = { notifications: [], tries: 0, dueAt: now, isIdle: true };
	if (!waiting.has(ticket)) waiting.set(ticket, { ticket, since, ...idle });
}

/** Takes the next that are due, and not being read; those that are idle after the others. */
export function takeTasks(tasks: Tasks, most: number, now: number, withIdle: boolean): Task[] {
	const taken: Task[] = [];
	for (const isIdle of withIdle ? [false, true] : [false]) {
		for (const task of tasks.waiting.values()) {
			if (taken.length === most) return taken;
			if (task.isIdle !== isIdle || task.dueAt > now || tasks.reading.has(task.ticket)) continue;
			tasks.waiting.delete(task.ticket);
			tasks.reading.set(task.ticket, task);
			taken.push(task);
		}
	}
	return taken;
}

/**
 * A ticket was read.
 *
 * @param again how it goes on; null when it is done
 */
export function returnTask(
	tasks: Tasks,
	task: Task,
	again: Pick<Task, 'tries' | 'dueAt' | 'isIdle'> | null,
): void {
	tasks.reading.delete(task.ticket);
	const newer = tasks.waiting.get(task.ticket);
	if (again === null) {
		for (const notification of task.notifications) tasks.textLength -= lengthOf(notification);
	} else if (newer === undefined) {
		tasks.waiting.set(task.ticket, { ...task, ...again });
	} else {
		newer.notifications = [...task.notifications, ...newer.notifications];
		newer.since = Math.min(task.since, newer.since);
	}
}

/** When the next is due for which a call stays open; null when there is none. */
export function nextDue({ waiting, reading }: Tasks): number | null {
	const times = [...waiting.values()]
		.filter(({ ticket, isIdle }) => !isIdle && !reading.has(ticket))
		.map(({ dueAt }) => dueAt);
	return times.length === 0 ? null : times.reduce((a, b) => Math.min(a, b));
}

/** No call stays open for any of them. */
export function setAllIdle({ waiting }: Tasks): void {
	for (const task of waiting.values()) task.isIdle = true;
}

function lengthOf({ subject, text }: Notification): number {
	return (subject?.length ?? 0) + (text?.length ?? 0);
}
