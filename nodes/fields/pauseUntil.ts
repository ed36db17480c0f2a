import { isoTime } from '../coc/json';
import type { Field } from './field';
import { momentField } from './moment';

/** When the pause ends (`pause_end_time`), in ms since 1970. */
export const pauseUntil: Field<number> = {
	...momentField({
		displayName: 'Until',
		name: 'until',
		required: true,
		description: 'When the pause ends: a time in ISO 8601, or in milliseconds since 1970',
	}),
	shown: (value) => ({ until: isoTime(value) }),
};
