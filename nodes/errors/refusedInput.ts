import type { InvalidInput } from '../coc/result';
import { inputFailure, type Failure } from './failure';

/** Input that is refused before anything is sent. */
export function refusedInput(invalid: InvalidInput): Failure {
	const { reason, fields, faults = [invalid] } = invalid;
	return { ...inputFailure(reason, correctionOf(faults)), ...(fields && { fields }) };
}

/** What to do about all that is wrong; advice of one field stands behind its label. */
function correctionOf(faults: InvalidInput[]): string {
	if (faults.length === 1)
		return faults[0]?.hint ?? 'Correct this field, or what its expression reads.';
	const own = faults.flatMap(({ hint, fields = [] }) => {
		if (hint === undefined) return [];
		return fields.length === 0
			? hint
			: `${fields.map((label) => `'${label}'`).join(', ')}: ${hint}`;
	});
	return ['Correct these fields, or what their expressions read.', ...own].join(' ');
}
