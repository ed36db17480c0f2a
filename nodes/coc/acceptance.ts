import { ACCEPTED, COMPLETED, NOT_ACCEPTED, TO_BE_VERIFIED } from './statuses';
import type { Step } from './step';

/** An acceptance in COC's record: nothing but its operator tells it from another one. */
export function acceptanceStep(operator: string): Step {
	return {
		kind: 'acceptance',
		operator,
		mark: '',
		bears: () => 'same',
		from: NOT_ACCEPTED,
		done: 'accepted',
		mayLeadTo: (status) => [ACCEPTED, TO_BE_VERIFIED, COMPLETED].includes(status),
		story: ['acceptance', 'solution', 'verification', 'handover'],
		explains: ([newest]) => newest !== undefined && newest !== 'handover',
	};
}
