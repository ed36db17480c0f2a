import type { IPollFunctions } from 'n8n-workflow';
import { cleanText } from '../coc/cleanText';
import { unreadFailure, type Failure } from '../errors/failure';
import { nodeOf } from '../events/nodeKey';

type What = 'row' | 'detail';

/** What a poll leaves out, since it can't be read: it must not hold up the events of all others. */
export interface LeftOut {
	/** Reports a ticket that is left out, in n8n's log: once in this process. */
	note(what: What, ticket: string, flaw: string): void;
	/** Reports something else, likewise. */
	warn(message: string): void;
	/** One could be read. */
	read(what: What): void;
	/** Why not all of it can be left out; null when it can. */
	failure(): Failure | null;
}

/** When so many can't be read and none can, not the tickets are at fault but COC's answers. */
const TOO_MANY = 10;

/** After so many a node's flaws are reported anew: the list of them must not grow for ever. */
const MOST_REPORTED = 1000;

const reported = new Map<string, Set<string>>();

export function createLeftOut(
	context: Pick<IPollFunctions, 'getNode' | 'getWorkflow' | 'logger'>,
): LeftOut {
	const node = nodeOf(context);
	const read = new Set<What>();
	const flaws = { row: new Map<string, string>(), detail: new Map<string, string>() };

	function warn(message: string): void {
		const before = reported.get(node) ?? new Set();
		if (before.has(message)) return;
		if (before.size >= MOST_REPORTED) before.clear();
		reported.set(node, before.add(message));
		// n8n 1.x has none.
		(context.logger as typeof context.logger | undefined)?.warn(message);
	}

	return {
		warn,
		note(what, ticket, flaw) {
			flaws[what].set(ticket, flaw);
			warn(`The COC Incident Trigger leaves a ticket out: ${cleanText(flaw)}.`);
		},
		read: (what) => read.add(what),
		failure() {
			const all = [flaws.row, flaws.detail];
			const many = all.find(({ size }) => size >= TOO_MANY);
			if (many === undefined || read.has(many === flaws.row ? 'row' : 'detail')) return null;
			const [flaw] = many.values();
			return unreadFailure(`of ${many.size} tickets none could be read: ${flaw}`, REPORT);
		},
	};
}

const REPORT = 'COC answers in another way than its API says: please report this.';
