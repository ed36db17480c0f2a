/** The messages that came already. Pure; all times are SMN's, in ms since 1970. */
export interface SeenMessages {
	/** What was sent until then, and isn't among the IDs, counts as seen. */
	floor: number;
	/** When each was sent, by its ID. */
	sentAt: ReadonlyMap<string, number>;
}

/** As long as SMN's link to confirm a subscription is valid, in ms. */
const LONGEST_AGE_MS = 48 * 60 * 60_000;

/** Most IDs that are kept. */
const MOST_KEPT_IDS = 4000;

export const NO_MESSAGES: SeenMessages = { floor: 0, sentAt: new Map() };

/** Why a message doesn't count any more; null when it does. */
export function whyPast(
	seen: SeenMessages,
	{ id, sentAt }: { id: string; sentAt: number },
	now: number,
): 'repeated' | 'old' | null {
	if (seen.sentAt.has(id)) return 'repeated';
	return sentAt <= Math.max(seen.floor, now - LONGEST_AGE_MS) ? 'old' : null;
}

/** With these messages as well; when there are too many, the floor rises over the oldest. */
export function withMessages(
	{ floor, sentAt }: SeenMessages,
	messages: Iterable<readonly [id: string, sentAt: number]>,
	most = MOST_KEPT_IDS,
): SeenMessages {
	const all = new Map([...sentAt, ...messages]);
	if (all.size <= most) return { floor, sentAt: all };
	// Not one by one, since all have to be sorted for it.
	const latest = [...all].sort(([, a], [, b]) => b - a);
	const dropped = latest.splice(most - Math.floor(most / 10));
	return { floor: Math.max(floor, dropped[0]?.[1] ?? 0), sentAt: new Map(latest) };
}
