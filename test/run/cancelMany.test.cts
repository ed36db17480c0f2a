// The stop button, with many items under way: sleeps end at once, writes end and are known.
import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, jest, test } from '@jest/globals';
import type { INode } from 'n8n-workflow';
import { SUCCESS } from '../support/coc.cts';
import {
	HANDLE,
	HISTORY,
	listed,
	many,
	outcomeOf,
	tally,
	useEnding,
	useWatchedCoc,
	withOptions,
} from '../support/watch.cts';

const coc = useWatchedCoc();
const ending = useEnding(coc);
let stop: AbortController;
beforeEach(() => {
	stop = new AbortController();
});
afterEach(() => {
	jest.restoreAllMocks();
});

/** Waits are as long as they may be: how soon they end isn't luck then. */
const longWaits = () => jest.spyOn(Math, 'random').mockReturnValue(0.999);

const goingOn = (options: object) => withOptions(options, { onError: 'continueRegularOutput' });

/** Presses the button `ms` after the request with this number has arrived, or was settled. */
function stopAfter(count: number, ms: number, when: 'onRequest' | 'onAnswer' = 'onRequest') {
	let seen = 0;
	coc[when] = () => {
		if (++seen === count) void sleep(ms).then(() => stop.abort());
	};
}

async function run(tickets: string[], node: Partial<INode>) {
	let stopped = 0;
	stop.signal.addEventListener('abort', () => (stopped = Date.now()));
	const items = tickets.map((ticket) => ({ ticket }));
	const { status } = await coc.verify(items, node, { signal: stop.signal });
	// In Stop mode the node ends with an error while n8n is still cancelling.
	expect(['canceled', 'error']).toContain(status);
	const { items: output, error, at } = await ending();
	const requests = coc.requests().length;
	// Nothing comes afterwards either.
	await sleep(300);
	expect(coc.requests()).toHaveLength(requests);
	return { found: output.map(({ json }) => outcomeOf(json)), output, error, took: at - stopped };
}

describe('cancelling ends at once', () => {
	test('the wait that COC asked for', async () => {
		coc.standIn.fault({ kind: 'status', status: 429, retryAfter: '30', times: 1000 });
		stopAfter(10, 100, 'onAnswer');
		const { took, found } = await run(coc.tickets(30), goingOn({ concurrency: 10 }));
		expect(took).toBeLessThan(10_000);
		expect(coc.requests()).toHaveLength(10);
		expect(found).toHaveLength(30);
		for (const outcome of found) expect(['refused', 'notSent']).toContain(outcome);
		expect(found.slice(10)).toEqual(many(20, 'notSent'));
	});

	test('the wait before another try', async () => {
		longWaits();
		coc.standIn.fault({ kind: 'status', status: 429, times: 1000 });
		// All of them have been refused three times, and wait two seconds.
		stopAfter(15, 0, 'onAnswer');
		const { took } = await run(coc.tickets(5), goingOn({ concurrency: 5 }));
		expect(took).toBeLessThan(1500);
	});

	test('the wait for a turn in Requests per Second', async () => {
		stopAfter(1, 100, 'onAnswer');
		const node = goingOn({ concurrency: 10, requestsPerSecond: 0.05 });
		const { took, found } = await run(coc.tickets(20), node);
		expect(took).toBeLessThan(10_000);
		expect(coc.requests()).toHaveLength(1);
		expect(found).toEqual(['applied', ...many(19, 'notSent')]);
	});

	test('the wait between two looks at the ticket', async () => {
		longWaits();
		coc.standIn.fault({ kind: 'resetBefore', match: { path: HANDLE } });
		// A second and a half lies between them.
		coc.onAnswer = ({ path }) => {
			if (path !== HANDLE && path !== HISTORY) void sleep(50).then(() => stop.abort());
		};
		const { took, found } = await run(coc.tickets(1), goingOn({}));
		expect(took).toBeLessThan(1200);
		expect(coc.writes()).toHaveLength(1);
		expect(found).toEqual(['unknown']);
	});
});

describe('a verification that is under way', () => {
	test('is not torn, and counts; no other one is begun', async () => {
		coc.standIn.fault({ kind: 'latency', ms: 400, times: 1000 });
		stopAfter(5, 50);
		const { found } = await run(coc.tickets(20), goingOn({ concurrency: 5 }));
		expect(coc.writes().map(({ applied }) => applied)).toEqual([true, true, true, true, true]);
		expect(found).toEqual([...many(5, 'applied'), ...many(15, 'notSent')]);
	});

	test('is looked for when its answer is lost', async () => {
		coc.standIn.fault({ kind: 'latency', ms: 300, times: 4 });
		coc.standIn.fault({ kind: 'resetAfter', times: 4, match: { path: HANDLE } });
		stopAfter(4, 50);
		const { found, output } = await run(coc.tickets(12), goingOn({ concurrency: 4 }));
		expect(found).toEqual([...many(4, 'recovered'), ...many(8, 'notSent')]);
		expect(coc.writes()).toHaveLength(4);
		expect(output[0]?.json.response).toBeNull();
	});

	test('is looked for when no answer comes in time', async () => {
		coc.standIn.fault({ kind: 'hang', apply: true, match: { path: HANDLE } });
		coc.standIn.fault({ kind: 'hang', match: { path: HANDLE } });
		stopAfter(2, 50);
		const node = goingOn({ concurrency: 2, timeout: 2000 });
		const { found, took } = await run(coc.tickets(6), node);
		// That it was not applied can't be proven at one look, and it is not sent again.
		expect(found).toEqual(['recovered', 'unknown', ...many(4, 'notSent')]);
		expect(coc.writes()).toHaveLength(2);
		expect(took).toBeLessThan(10_000);
	});

	test('is told with its answer: applied ones with COC’s, the others with a reason', async () => {
		coc.standIn.fault({ kind: 'latency', ms: 300, times: 3 });
		stopAfter(3, 50);
		const { output } = await run(coc.tickets(5), goingOn({ concurrency: 3 }));
		expect(output[0]?.json).toMatchObject({ outcome: 'applied', response: SUCCESS });
		expect(output[4]?.json.error).toMatch(/cancelled/);
	});
});

test('what two looks in the same moment do not show is not proven', async () => {
	const [ticket = ''] = coc.tickets(1);
	coc.standIn.fault({ kind: 'resetBefore', match: { path: HANDLE } });
	let writes = 0;
	coc.onRequest = ({ path, at }) => {
		if (path === HANDLE && ++writes === 2) {
			// Somebody else was faster: COC refuses, and its record shows theirs.
			const stored = coc.standIn.tickets.get(ticket)!;
			stored.status = 'INCIDENT_STATUS_COMPLETED';
			const theirs = { operator: 'f'.repeat(32), comment: 'Mine' };
			stored.history.push({ action: 'confirm', ...theirs, result: true, at });
		}
	};
	coc.onAnswer = ({ path }) => {
		if (writes === 2 && path !== HANDLE && path !== HISTORY)
			void sleep(20).then(() => stop.abort());
	};
	const { found } = await run([ticket], goingOn({}));
	expect(coc.writes()).toHaveLength(2);
	expect(found).toEqual(['unknown']);
});

describe('in Stop mode', () => {
	test('the error tells of each item', async () => {
		coc.standIn.fault({ kind: 'latency', ms: 300, times: 4 });
		const tickets = coc.tickets(10);
		coc.standIn.fault({ kind: 'resetAfter', match: { ticket: tickets[2]!, path: HANDLE } });
		stopAfter(4, 50);
		const { error } = await run(
			tickets,
			withOptions({ concurrency: 4 }, { onError: 'stopWorkflow' }),
		);
		expect(error?.description).toMatch(/cancelled/);
		expect(listed(error?.description)).toEqual({
			applied: [0, 1, 3],
			recovered: [2],
			'never sent': [4, 5, 6, 7, 8, 9],
		});
	});
});

test('a cancelled run of 500 items leaves each in one outcome, as its ticket shows', async () => {
	const tickets = coc.tickets(500);
	coc.standIn.fault({ kind: 'latency', ms: 30, times: 10_000 });
	tickets.forEach((ticket, index) => {
		if (index % 7 === 0) {
			coc.standIn.fault({ kind: 'resetAfter', match: { ticket, path: HANDLE } });
		}
		if (index % 11 === 0) coc.standIn.fault({ kind: 'status', status: 429, match: { ticket } });
	});
	stopAfter(200, 0);
	const { found } = await run(tickets, goingOn({ concurrency: 50 }));
	expect(found).toHaveLength(500);
	const counts = tally(found);
	expect(counts.notSent).toBeGreaterThan(200);
	expect(counts.unknown ?? 0).toBe(0);
	for (const [index, outcome] of found.entries()) {
		const applied = outcome === 'applied' || outcome === 'recovered';
		expect(coc.entries(tickets[index]!)).toHaveLength(applied ? 1 : 0);
	}
});
