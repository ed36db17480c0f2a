/**
 * Many changes of tickets while everything goes wrong by chance: at the end each item's word is held
 * against COC's own record.
 */
import { setTimeout as sleep } from 'node:timers/promises';
import { allSorts } from './allSorts.cts';
import { diceFor } from './dice.cts';
import { isWrite } from './entries.cts';
import { judge, type Judged } from './judge.cts';
import type { Contestant } from './node.cts';
import { makePlan, type Outline, type PlannedRun } from './plan.cts';
import { countRepeats } from './repeats.cts';
import { count, countFaults, outcomeOf, type Tally } from './tally.cts';
import { startWorld, type World } from './world.cts';

export interface Options {
	items: number;
	seed: number;
	/** Of every run; 0: each its own, from 10 to 50. */
	concurrency?: number;
	/** How many of the requests have trouble, 0 … 1. */
	share?: number;
	/**
	 * No trouble just before a credential ends or a run is stopped: what is under way in that moment
	 * can't be told afterwards, and amid trouble that is as many items as there are at once.
	 */
	calm?: boolean;
	/** How long a client waits for an answer: so long that only what hangs is lost, however busy the machine is. */
	timeoutMs?: number;
	/** Whether nobody listens now and then. */
	outages?: boolean;
	/** COC's clock minus this machine's, in ms. */
	skewMs?: number;
	/** Only the runs whose name contains this. */
	only?: string;
	/** Default: runs of all sorts. */
	outlines?: Outline[];
	/** Names of the trouble that is left out. */
	without?: string[];
}

/** Lets `contestant` do the runs, several at a time, and judges it. */
export async function run(contestant: Contestant, options: Options): Promise<Tally> {
	const { items, seed, concurrency = 0, only = '' } = options;
	const { share = 0.2, calm = true, skewMs = 0, timeoutMs = 5000, without = [] } = options;
	const started = Date.now();
	const plan = makePlan(options.outlines ?? allSorts(items), { items, seed, concurrency });
	plan.runs = plan.runs.filter(({ name }) => name.includes(only));
	const world = await startWorld(plan, { seed, share, calm, skewMs, timeoutMs, without });
	const over = new AbortController();
	const outages = options.outages === false ? 0 : makeOutages(world, seed, over.signal);
	try {
		const judged = await doAll(plan.runs, (one) => contestant(one, world));
		// What COC does after a client's time-out counts as well.
		await world.settled();
		const violations = judge(judged, (ticket) => world.entriesOf(ticket));
		const { requests, peakConnections } = world.coc;
		const writes = requests.filter(isWrite).length;
		over.abort();
		return {
			seed,
			items: judged,
			outcomes: count(judged.map(outcomeOf)),
			violations,
			faults: countFaults(violations),
			writes,
			reads: requests.length - writes,
			repeats: countRepeats(requests, judged, (ticket) => world.entriesOf(ticket)),
			troubles: world.troubles,
			outages: await outages,
			peakConnections,
			storyOf: (ticket) => world.storyOf(ticket),
			seconds: (Date.now() - started) / 1000,
		};
	} finally {
		over.abort();
		await outages;
		await world.close();
	}
}

/** Most items under way in all executions: more would only wait for this machine. */
const MOST_AT_ONCE = 120;

/** Most of its time an execution waits for what was lost: several at a time. */
async function doAll(
	runs: PlannedRun[],
	work: (run: PlannedRun) => Promise<Judged[]>,
): Promise<Judged[]> {
	const underWay = new Set<Promise<unknown>>();
	const results: Array<Promise<Judged[]>> = [];
	let places = MOST_AT_ONCE;
	for (const run of runs) {
		const width = Math.min(run.concurrency, run.items.length);
		while (places < width && underWay.size > 0) await Promise.race(underWay);
		places -= width;
		const result = work(run);
		results.push(result);
		const ended = result
			.catch(() => undefined)
			.finally(() => {
				places += width;
				underWay.delete(ended);
			});
		underWay.add(ended);
	}
	return (await Promise.all(results)).flat();
}

/**
 * Now and then nobody listens for a moment; gives the number of such moments in the end. Requests
 * are counted, not seconds: on a busy machine too much of the work would meet an outage.
 */
async function makeOutages(world: World, seed: number, signal: AbortSignal): Promise<number> {
	const dice = diceFor(seed, 'outages');
	for (let outages = 0; ; ) {
		// The first one soon, so that a short run has one as well.
		const next = world.coc.requests.length + 20 + dice.below(outages === 0 ? 60 : 1500);
		do {
			await sleep(20, undefined, { signal }).catch(() => undefined);
			if (signal.aborted) return outages;
			// Put off, not left out.
		} while (world.coc.requests.length < next || world.isCalm());
		const comeBack = world.coc.goAway();
		await sleep(50 + dice.below(250));
		await comeBack();
		outages++;
	}
}
