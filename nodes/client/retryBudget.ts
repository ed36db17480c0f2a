/**
 * A retry takes one; what works gives some back. What COC itself answers, and a record that can be
 * read, cost nothing: they show that COC can be reached.
 */
export interface RetryBudget {
	/** Whether one more retry may be made. */
	take(): boolean;
	giveBack(): void;
	/** COC has answered a write, or its record shows one. */
	answered(): void;
	/**
	 * An item has ended without COC having answered any of its sends, though its record could be read.
	 *
	 * @returns whether more items may be sent: not after too many of these in a row
	 */
	unanswered(): boolean;
}

const PER_PLACE = 3;
const AT_LEAST = 20;
const GIVEN_BACK = 0.5;

/** So many items in a row without an answer: writes no longer get through, and more would be unknown. */
const MOST_UNANSWERED = 50;

/**
 * The retries of a whole run, as a token bucket: a link that drops one request in three is lived
 * with, while ten thousand items don't hammer a gateway that is down. It grows with the
 * concurrency, since all that are under way fail together.
 */
export function createRetryBudget(concurrency: number): RetryBudget {
	const full = AT_LEAST + PER_PLACE * concurrency;
	let left = full;
	let inARow = 0;
	return {
		take() {
			if (left < 1) return false;
			left--;
			return true;
		},
		giveBack() {
			left = Math.min(full, left + GIVEN_BACK);
		},
		answered() {
			inARow = 0;
		},
		unanswered() {
			inARow++;
			return inARow < MOST_UNANSWERED;
		},
	};
}
