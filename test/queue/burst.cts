import { setTimeout as sleep } from 'node:timers/promises';
import { callWebhook, webhookWorkflow } from '../e2e/scenarios/webhook.cts';
import type { QueueContext } from './context.cts';

/** COC's call that verifies. */
export const HANDLE = '/v1/external/incident/handle';

/** What the other system, which asked for a verification, heard. */
export interface Heard {
	ticket: string;
	/** Null: the connection was lost, or there was no answer in time. */
	status: number | null;
	/** Of the item, or of the failed item. */
	outcome: string | undefined;
}

/** A published workflow: each call verifies one ticket in an execution of its own. */
export interface Burst {
	workflowId: string;
	/** Calls for each ticket, so many at once. */
	ask: (tickets: string[], options?: AskOptions) => Promise<Heard[]>;
	/** How many executions n8n shows, by their status. */
	shown: () => Promise<Record<string, number>>;
	/** Waits until none is under way any more, and tells as `shown` does. */
	settled: (withinMs: number) => Promise<Record<string, number>>;
	/** The requests to verify that reached COC since this workflow was published. */
	writes: () => QueueContext['coc']['requests'];
}

interface AskOptions {
	atOnce?: number;
	/** Gives up after so long. */
	waitMs?: number;
	/** Begins a call so much after the one before. */
	everyMs?: number;
}

let workflows = 0;

/** Publishes a workflow that a webhook starts; `parameters` are those of its Verify node. */
export async function startBurst(
	context: QueueContext,
	credentialId: string,
	parameters: object = {},
): Promise<Burst> {
	const { client, coc } = context;
	const path = `burst-${++workflows}`;
	const saved = await client.createWorkflow(webhookWorkflow(credentialId, path, parameters));
	await client.publish(saved);
	const before = coc.requests.length;

	const askFor = async (ticket: string, waitMs: number): Promise<Heard> => {
		try {
			const response = await callWebhook(context, path, { ticket }, AbortSignal.timeout(waitMs));
			const item = read(await response.text());
			return { ticket, status: response.status, outcome: item.outcome ?? item.details?.outcome };
		} catch {
			return { ticket, status: null, outcome: undefined };
		}
	};
	const shown = () => client.countByStatus(saved.id);
	return {
		workflowId: saved.id,
		async ask(tickets, { atOnce = tickets.length, waitMs = 120_000, everyMs = 0 } = {}) {
			const began = Date.now();
			const heard: Heard[] = [];
			const left = tickets.entries();
			const caller = async () => {
				for (const [index, ticket] of left) {
					await sleep(Math.max(0, began + index * everyMs - Date.now()));
					heard[index] = await askFor(ticket, waitMs);
				}
			};
			await Promise.all(Array.from({ length: atOnce }, caller));
			return heard;
		},
		shown,
		async settled(withinMs) {
			const deadline = Date.now() + withinMs;
			for (;;) {
				const counts = await shown();
				if ((!counts['new'] && !counts['running']) || Date.now() > deadline) return counts;
				await sleep(1000);
			}
		},
		writes: () => coc.requests.slice(before).filter(({ path: at }) => at === HANDLE),
	};
}

function read(text: string): { outcome?: string; details?: { outcome?: string } } {
	try {
		return JSON.parse(text) as object;
	} catch {
		return {};
	}
}

/** How often each of these words occurs: `38 applied, 2 refused`. */
export function tally(words: Iterable<string | number | undefined | null>): string {
	const counts = new Map<string, number>();
	for (const word of words) {
		const name = String(word ?? 'no answer');
		counts.set(name, (counts.get(name) ?? 0) + 1);
	}
	return [...counts].map(([name, count]) => `${count} ${name}`).join(', ') || 'none';
}

/** `38 success, 2 crashed`, of those that n8n has at all. */
export function told(counts: Record<string, number>): string {
	const some = Object.entries(counts).filter(([, count]) => count > 0);
	return some.map(([status, count]) => `${count} ${status}`).join(', ');
}

/** How often COC has recorded a verification of each ticket. */
export function recorded(burst: Burst): Map<string, number> {
	const times = new Map<string, number>();
	for (const { ticket, applied } of burst.writes()) {
		if (applied && ticket !== null) times.set(ticket, (times.get(ticket) ?? 0) + 1);
	}
	return times;
}

/** Tickets of which somebody heard `applied` and COC has no record. */
export function falselyApplied(burst: Burst, heard: Heard[]): string[] {
	const times = recorded(burst);
	return heard
		.filter(({ ticket, outcome }) => outcome === 'applied' && !times.has(ticket))
		.map(({ ticket }) => ticket);
}

/** Tickets that COC has recorded more than once. */
export function repeated(burst: Burst): string[] {
	return [...recorded(burst)].filter(([, times]) => times > 1).map(([ticket]) => ticket);
}

/** New tickets that wait for verification. */
export function addTickets({ coc }: QueueContext, count: number): string[] {
	return Array.from({ length: count }, () => coc.addTicket().number);
}
