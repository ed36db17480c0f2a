/** The same tickets and the same trouble for this node and for n8n's HTTP Request node. */
import type { INode } from 'n8n-workflow';
import { loadHttpRequestNode, type Packages } from '../../test/engine/index.cts';
import { onError } from '../../test/chaos/allSorts.cts';
import { cocIncident, type Contestant } from '../../test/chaos/node.cts';
import { run } from '../../test/chaos/run.cts';
import type { Tally } from '../../test/chaos/tally.cts';
import { httpRequest } from './httpRequest.cts';

const CONTINUE = onError('continueErrorOutput');
/** In this mode n8n tries again when the first item has failed: here it does. */
const RETRY = { ...onError('continueErrorOutput', 3), waitBetweenTries: 1000 };
const STOP = { ...onError('stopWorkflow', 3), waitBetweenTries: 1000 };

/**
 * With these the HTTP Request node can't be compared: an execution in which an answer breaks off
 * never ends, and an endless answer takes all memory.
 */
const UNBEARABLE = ['half the body, then reset', 'too slow a drip', 'endless body'];

/** Rows of a table, the first one its heading. */
export async function compare(
	packages: Packages,
	{ items, seeds }: { items: number; seeds: number[] },
): Promise<string[][]> {
	packages.baseNodes.httpRequest = loadHttpRequestNode();
	const coc = cocIncident(packages);
	const http = httpRequest(packages);
	const variants: Array<[string, Contestant, Partial<INode>]> = [
		['COC Incident, *Continue*', coc, CONTINUE],
		['COC Incident, *Continue*, *Retry On Fail* ¹', coc, RETRY],
		['COC Incident, *Stop*, *Retry On Fail*', coc, STOP],
		['HTTP Request, *Continue*', http, CONTINUE],
		['HTTP Request, *Continue*, *Retry On Fail* ¹', http, RETRY],
		['HTTP Request, *Stop*, *Retry On Fail*', http, STOP],
	];
	const rows: string[][] = [HEADING];
	for (const [name, contestant, settings] of variants) {
		const tallies: Tally[] = [];
		for (const seed of seeds) {
			const how = { operation: 'verify', mode: 'token', refusals: true } as const;
			const outline = { part: 1, name, ...how, settings };
			tallies.push(
				await run(contestant, {
					items,
					seed,
					concurrency: 10,
					outlines: [outline],
					// They would hit all that the HTTP Request node has sent at once, or nothing.
					outages: false,
					// All that the HTTP Request node sends at once takes its time.
					timeoutMs: 5000,
					without: UNBEARABLE,
				}),
			);
		}
		rows.push([name, ...figures(tallies)]);
		console.error(rows.at(-1)!.join(' | '));
	}
	return rows;
}

const HEADING = [
	'Node, settings',
	'Items',
	'Reported done',
	'of these not recorded',
	'Reported unknown',
	'Reported failed, or nothing said',
	'of these recorded',
	'Recorded twice',
	'Sent again after it was recorded',
	'Seconds',
];

function figures(tallies: Tally[]): string[] {
	const sum = (of: (tally: Tally) => number) =>
		tallies.reduce((total, tally) => total + of(tally), 0).toLocaleString('en');
	const outcome = (...names: string[]) =>
		sum(({ outcomes }) => names.reduce((total, name) => total + (outcomes[name] ?? 0), 0));
	return [
		sum(({ items }) => items.length),
		outcome('applied', 'recovered'),
		sum(({ faults }) => faults.falselyClaimed),
		outcome('unknown'),
		outcome('refused', 'notSent', 'none'),
		sum(({ faults }) => faults.lost),
		sum(({ faults }) => faults.doubled),
		sum(({ repeats }) => repeats),
		(tallies.reduce((total, { seconds }) => total + seconds, 0) / tallies.length).toFixed(0),
	];
}

/** For the documentation. */
export function markdown([heading = [], ...rows]: string[][]): string {
	const line = (cells: string[]) => `| ${cells.join(' | ')} |`;
	const rule = heading.map((_, index) => (index === 0 ? '---' : '--:'));
	return [heading, rule, ...rows].map(line).join('\n');
}
