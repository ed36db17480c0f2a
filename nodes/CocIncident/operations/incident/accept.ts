import { writeOptions } from '../../../fields/options';
import { operatorField } from '../../../fields/person';
import { ticket } from '../../../fields/ticket';
import { changing } from '../../../run/change';
import { v1Handle } from '../../../run/handle';

/** Takes an incident over (HandleCocIncident, `acceptedIncident1`). */
export const accept = changing({
	option: {
		name: 'Accept',
		value: 'accept',
		action: 'Accept incident',
		description: 'Take over an incident nobody has accepted yet',
	},
	fields: { ticket, operator: operatorField(), options: writeOptions },
	words: {
		done: 'accepted',
		refusedHint:
			'Check that the ticket exists and nobody has accepted it yet, and that the operator may accept it.',
	},
	trace: { kind: 'acceptance' },
	send: v1Handle('acceptedIncident1'),
	params: () => ({}),
});
