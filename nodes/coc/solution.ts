import { ACCEPTED, COMPLETED, TO_BE_VERIFIED } from './statuses';
import type { Step } from './step';
import { compareTexts, containsText } from './compareTexts';

/** A solution in COC's record. Whether the history repeats its text isn't documented. */
export function solutionStep(operator: string, solution: string): Step {
	return {
		kind: 'solution',
		operator,
		mark: solution,
		bears: ({ comment }, mark) =>
			!comment || containsText(comment, mark) ? 'same' : compareTexts(comment, mark),
		from: ACCEPTED,
		done: 'solved',
		mayLeadTo: (status) => status === TO_BE_VERIFIED || status === COMPLETED,
		story: ['acceptance', 'solution', 'verification'],
		explains: ([newest, before], status) =>
			status === COMPLETED
				? newest === 'verification' && before === 'solution'
				: newest === 'solution',
	};
}
