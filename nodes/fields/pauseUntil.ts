import type { Field } from './field';
import { momentField } from './moment';

const moment = momentField({
	displayName: 'Until',
	toolLabel: 'Pause Until ISO 8601 Time',
	name: 'until',
	required: true,
	description: 'When the pause ends: a time in ISO 8601, or in milliseconds since 1970',
});

/** Clocks may differ by this much, in ms. */
const TOLERANCE_MS = 5 * 60_000;

/** When the pause ends (`pause_end_time`), in ms since 1970. */
export const pauseUntil: Field<number> = {
	...moment,
	read(input) {
		const until = moment.read(input);
		if (!until.ok || until.value > Date.now() - TOLERANCE_MS) return until;
		const fault = { reason: "'Until' is in the past", hint: 'Enter when the pause ends.' };
		return { ok: false, ...fault, fields: ['Until'] };
	},
};
