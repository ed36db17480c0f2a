/** A retry takes one; what works gives some back. */
export interface Budget {
	/** Whether one more retry may be made. */
	take(): boolean;
	giveBack(): void;
}

const PER_LANE = 3;
const AT_LEAST = 20;
const GIVEN_BACK = 0.5;

/**
 * The retries of a whole run, as a token bucket: a link that drops one request in three is lived
 * with, while ten thousand items don't hammer a gateway that is down. It grows with the
 * concurrency, since all that are under way fail together.
 */
export function createBudget(concurrency: number): Budget {
	const full = AT_LEAST + PER_LANE * concurrency;
	let left = full;
	return {
		take() {
			if (left < 1) return false;
			left--;
			return true;
		},
		giveBack() {
			left = Math.min(full, left + GIVEN_BACK);
		},
	};
}
