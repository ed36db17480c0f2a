import { inspect } from 'node:util';

/** Collects what went wrong among many generated answers: an assertion each would cost minutes. */
export interface Violations {
	/** Notes that a property doesn't hold for the answer now at hand. */
	note(what: string, ...shown: unknown[]): void;
	/** One line each, with the number of the answer, so that it can be made again; not all of many. */
	list: string[];
	/** Runs the check for the answer of this number; a throw is a violation as well. */
	check(index: number, check: () => void): void;
	checkLater(index: number, check: () => Promise<void>): Promise<void>;
}

const MOST = 20;

export function collectViolations(): Violations {
	let at = 0;
	const list: string[] = [];
	const kinds = new Map<string, number>();
	const violations: Violations = {
		list,
		note(what, ...shown) {
			const times = (kinds.get(what) ?? 0) + 1;
			kinds.set(what, times);
			// A few of each kind say more than many of one.
			if (times > 3 || list.length >= MOST) return;
			const details = shown.map((one) =>
				inspect(one, { breakLength: Infinity, depth: 6 }).slice(0, 2000),
			);
			list.push([`#${at} ${what}`, ...details].join(' | '));
		},
		check(index, check) {
			at = index;
			try {
				check();
			} catch (error) {
				violations.note(`threw ${String(error).slice(0, 200)}`);
			}
		},
		async checkLater(index, check) {
			at = index;
			await check().catch((error: unknown) =>
				violations.note(`threw ${String(error).slice(0, 200)}`),
			);
		},
	};
	return violations;
}

/** Says how many answers were generated, for whoever quotes it. */
export function tell(what: string, count: number, seed: number, found: Record<string, number>) {
	const rest = Object.entries(found).map(([name, times]) => `${times} ${name}`);
	process.stdout.write(`Hostile answers, ${what}: ${count} (seed ${seed}), ${rest.join(', ')}\n`);
}
