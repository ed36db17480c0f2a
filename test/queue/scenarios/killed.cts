import assert from 'node:assert/strict';
import { setTimeout as sleep } from 'node:timers/promises';
import {
	HANDLE,
	addTickets,
	falselyApplied,
	recorded,
	repeated,
	startBurst,
	tally,
	told,
} from '../burst.cts';
import type { QueueContext } from '../context.cts';
import type { QueueScenario } from '../scenario.cts';
import type { Worker } from '../workers.cts';

const TICKETS = 60;
/** By then a dead worker's executions are noticed: a lock of 60 s, looked at every 30 s. */
const NOTICED_MS = 150_000;

/** How a worker goes away in the middle, and comes back. */
interface Interruption {
	goesAway: (worker: Worker) => Promise<void> | void;
	comesBack: (worker: Worker) => Promise<void>;
}

/** So long that the other worker notices. */
const AWAY_MS = 100_000;

const death: Interruption = {
	goesAway: (worker) => worker.stop(),
	async comesBack(worker) {
		await sleep(AWAY_MS);
		await worker.start();
	},
};
const freeze: Interruption = {
	goesAway: (worker) => worker.freeze(),
	async comesBack(worker) {
		await sleep(AWAY_MS);
		worker.thaw();
	},
};
const succeed = { options: { ifAlreadyVerified: 'succeed' } };

/** A worker that gets no chance to say farewell. */
export const killed: QueueScenario[] = [
	{
		name: 'a worker killed in the middle: with Succeed no ticket is verified twice',
		alsoN8n1: true,
		async run(context) {
			assert.deepEqual(await interrupt(context, succeed, death), []);
		},
	},
	{
		name: 'a worker killed in the middle: without Succeed only n8n 1.x repeats',
		alsoN8n1: true,
		async run(context) {
			const again = await interrupt(context, {}, death);
			if (!context.n8n.version.startsWith('1.')) assert.deepEqual(again, []);
		},
	},
	{
		name: 'a worker frozen for 100 s: with Succeed no ticket is verified twice',
		async run(context) {
			assert.deepEqual(await interrupt(context, succeed, freeze), []);
		},
	},
];

/**
 * *Unresolved* for many tickets, and one of two workers goes away with some of them under way.
 * Handlers then submit new solutions. Returns the tickets whose new solution a repetition rejected.
 */
async function interrupt(
	context: QueueContext,
	parameters: object,
	{ goesAway, comesBack }: Interruption,
): Promise<string[]> {
	const { coc, workers, note } = context;
	const burst = await startBurst(context, context.credentialId, { ...parameters, result: false });
	const tickets = addTickets(context, TICKETS);
	// Each is under way for a second. COC does it, whether its worker is still there or not.
	coc.fault({ kind: 'latency', ms: 1000, match: { path: HANDLE }, times: 1000 });
	const asking = burst.ask(tickets, { waitMs: NOTICED_MS });
	while (recorded(burst).size < TICKETS / 3) await sleep(20);
	await goesAway(workers[0]);
	// The other one goes on with what waits in the queue.
	await quiet(() => recorded(burst).size);
	for (const ticket of recorded(burst).keys()) solveAnew(context, ticket);
	const before = recorded(burst).size;
	await comesBack(workers[0]);

	const heard = await asking;
	const shown = await burst.settled(NOTICED_MS);
	const again = repeated(burst);
	note(`n8n shows: ${told(shown)}`);
	note(`callers heard: ${tally(heard.map(({ status, outcome }) => outcome ?? status))}`);
	const after = recorded(burst).size;
	note(`COC has verified: ${before} of ${TICKETS} when the worker was away, ${after} in the end`);
	note(`new solutions that a repetition rejected: ${again.length}`);
	assert.deepEqual(falselyApplied(burst, heard), []);
	return again;
}

/** Waits until a number has stayed the same for five seconds. */
async function quiet(count: () => number): Promise<void> {
	let [last, since] = [count(), Date.now()];
	while (Date.now() - since < 5000) {
		await sleep(200);
		if (count() !== last) [last, since] = [count(), Date.now()];
	}
}

/** The handler works on it, and submits another solution. */
function solveAnew({ coc }: QueueContext, ticket: string): void {
	const at = Date.now();
	const fields = { status: 'INCIDENT_STATUS_RESOLVED', handleTime: at } as const;
	coc.changeTicket(ticket, fields, { action: 'commitSolution1', at });
}
