import { setTimeout as sleep } from 'node:timers/promises';
import type { StandIn } from '../standin/index.cts';
import type { Context } from './context.cts';
import type { Execution } from './rest.cts';

/** A ticket's handler submits a solution, now. */
export function solve({ coc }: { coc: StandIn }, ticket: string): void {
	const at = Date.now();
	const change = { status: 'INCIDENT_STATUS_RESOLVED', handleTime: at } as const;
	coc.changeTicket(ticket, change, { action: 'commitSolution1', at });
}

/** Waits until so many executions of a workflow have ended; n8n polls once a minute at most. */
export async function ended(
	{ client, server }: Pick<Context, 'client' | 'server'>,
	id: string,
	count: number,
): Promise<Execution[]> {
	const deadline = Date.now() + 100_000;
	while (Date.now() < deadline) {
		const executions = await client.executionsOf(id).catch((): Execution[] => []);
		if (executions.length >= count) return executions;
		await sleep(100);
	}
	throw new Error(`Fewer than ${count} executions:\n${server.log().slice(-2000)}`);
}
