import type { Said } from './node.cts';

const OUTCOMES: Record<string, string> = {
	unknown: 'unknown',
	refused: 'refused',
	applied: 'applied',
	'recovered (applied)': 'recovered',
	'already verified': 'alreadyVerified',
	'dry run': 'dryRun',
	'never sent': 'notSent',
};

/**
 * In *Stop* mode there are no items: the error's description lists them by outcome, with numbers
 * and ranges of numbers, and the tickets to look at.
 */
export function outcomesOfStop(error: unknown): (index: number, ticket: string) => Said {
	const { message, description } = error as { message: string; description?: string | null };
	const text = /Of all items: (.*\))\./s.exec(description ?? '')?.[1];
	if (text === undefined) throw new Error(`No outcomes: ${message} — ${description}`);
	const outcomes = new Map<number, string>();
	let toCheck: string[] = [];
	// Beyond so many tickets only the items' numbers are named.
	let isBounded = false;
	// "2 applied (items 0, 3–5: IM1, IM2 …), 1 never sent (item 6)"
	for (const [part, name = '', list = '', tickets = ''] of text.matchAll(GROUP)) {
		const outcome = OUTCOMES[name];
		if (outcome === undefined) throw new Error(`No outcome: ${part}`);
		if (outcome === 'unknown') {
			isBounded = tickets.endsWith(' …');
			toCheck = tickets.replace(/ …$/, '').split(', ');
		}
		for (const range of list.split(', ')) {
			const [, from, to = from] = /^(\d+)(?:–(\d+))?$/.exec(range) ?? [];
			if (from === undefined) throw new Error(`No range of items: ${range}`);
			for (let index = Number(from); index <= Number(to); index++) {
				if (outcomes.has(index)) throw new Error(`Item ${index} has two outcomes: ${text}`);
				outcomes.set(index, outcome);
			}
		}
	}
	return (index, ticket) => {
		const outcome = outcomes.get(index);
		const isNamed = isBounded || toCheck.includes(ticket.trim());
		if (outcome !== 'unknown' || !isNamed) return { outcome, error: message };
		const error = `${ticket.trim()}: ${message} ${description}`;
		return { outcome, error, details: { ticket, hint: 'unknown' } };
	};
}

const GROUP = /\d+ ([a-z]+(?: [a-z]+)?(?: \(applied\))?) \(items? ([^:)]*)(?:: ([^)]*))?\)/g;
