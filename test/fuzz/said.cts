/** What an item says, in its result and to its user: bounded, fit to be shown, and nothing secret. */
import { OPERATION_NAMES } from './engine.cts';
import { SECRET } from './generate/json.cts';
import { UNSHOWABLE } from './oracle.cts';

/** A sentence for each part, and a ticket's number: nobody reads more than this. */
const MOST = 3000;

/**
 * What is wrong with what is said; null when nothing is.
 *
 * @param shown what the user sees of a failure; null for none
 */
export function saidFault(result: { outcome: string }, shown: unknown): string | null {
	if (JSON.stringify([result, shown]).includes(SECRET)) return 'a secret is shown';
	if (shown === null) return null;
	const { error, details } = shown as { error: unknown; details: Record<string, unknown> };
	for (const text of [error, details.hint, ...Object.values(details)]) {
		if (typeof text !== 'string') continue;
		if (UNSHOWABLE.test(text)) return 'a text that is not fit to be shown';
		if (text.length > MOST) return 'a text without end';
	}
	if (details.outcome !== result.outcome) return 'another outcome than the one it has';
	const { possible } = details;
	if (possible === null) return null;
	const isList = Array.isArray(possible) && new Set(possible).size === possible.length;
	return isList && possible.every((name) => OPERATION_NAMES.includes(name as string))
		? null
		: 'possible operations that are none';
}
