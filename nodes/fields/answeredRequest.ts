import type { RequestKind } from '../coc/waitingRequest';
import { choiceField } from './simpleFields';

/** The request that is answered; by default the one that COC's record shows to be open. */
export const request = choiceField<RequestKind | 'automatic'>({
	displayName: 'Request',
	name: 'request',
	options: [
		{
			name: 'Automatic',
			value: 'automatic',
			description: "The one that waits, by the incident's history",
		},
		{ name: 'Change of Level', value: 'level', description: 'A request for another level' },
		{ name: 'Pause', value: 'pause', description: 'A request for a pause' },
	],
	default: 'automatic',
	description:
		'What is approved or refused. If the history does not show which request waits, nothing is sent: then choose it here.',
});
