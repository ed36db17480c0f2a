import { CREATE_WAR_ROOM } from '../../../coc/calls/createWarRoom';
import { ACCEPTED } from '../../../coc/statuses';
import { ticketAsEntered } from '../../../fields/ticket';
import { warRoomFields } from '../../../fields/warRoomDetails';
import { planWarRoom } from '../../../run/newWarRoom';
import { writing } from '../../../run/write';

/** Creates a war room for an incident (`POST /v1/external/warrooms`). */
export const openWarRoom = writing({
	option: {
		name: 'Create',
		value: 'create',
		action: 'Create war room',
		description: 'Call people together for an incident',
	},
	fields: warRoomFields,
	words: {
		about: (ticket) => `the war room of ${ticket}`,
		done: 'created',
		iamAction: CREATE_WAR_ROOM,
		refusedHint:
			'Check that the incident is accepted, that administrator and participants are among the personnel of your COC, and that applications, enterprise project, regions and shifts exist there.',
	},
	subject: { label: 'Ticket', key: 'ticket' },
	subjectOf: ticketAsEntered,
	ofStatuses: [ACCEPTED],
	keyOf: ({ ticket }) => ticket,
	plan: planWarRoom,
});
