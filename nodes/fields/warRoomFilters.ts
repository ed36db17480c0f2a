import { EVER, type WarRoomQuery } from '../coc/calls/listWarRooms';
import { LEVELS, WAR_ROOM_STATUSES } from '../coc/enumerations';
import { LIMITS } from '../coc/limits';
import type { Result } from '../coc/result';
import { applicationModes } from './application';
import { enterpriseProjectModes } from './enterpriseProject';
import { addedFields, type Field, type Values } from './field';
import { idsField, SEVERAL } from './ids';
import { anyKeyField, LEVEL } from './keyed';
import { momentField } from './moment';
import { personModes } from './person';
import { textField } from './simpleFields';
import { ticketPart } from './ticket';

const MOMENT = 'A time in ISO 8601, or in milliseconds since 1970';
const moment = (displayName: string, name: string, description = MOMENT) =>
	momentField({ displayName, name, description });
const person = (displayName: string, name: string, description: string) =>
	idsField({
		...{ displayName, name, description },
		...personModes(`IAM user IDs: any of ${SEVERAL}`),
	});

const parts = {
	administrator: person('Administrator', 'administrator', 'Who leads the war room'),
	application: idsField({
		displayName: 'Application',
		name: 'application',
		...applicationModes(`The application's ID in COC: any of ${SEVERAL}`),
		description: 'The application concerned, by its ID in COC',
	}),
	currentUser: person('Current User', 'currentUser', 'Who is in the war room'),
	enterpriseProject: idsField({
		displayName: 'Enterprise Project',
		name: 'enterpriseProject',
		...enterpriseProjectModes(`The ID of the enterprise project: any of ${SEVERAL}`),
		description: 'The enterprise project that the war room belongs to, by its ID',
	}),
	level: anyKeyField(LEVEL),
	notificationLevel: anyKeyField({
		shape: {
			displayName: 'Notification Level',
			name: 'notificationLevel',
			description: "The level of the war room's notifications",
		},
		labels: LEVELS,
		preset: '',
	}),
	occurredAfter: moment('Occurred After', 'occurredAfter'),
	occurredBefore: moment('Occurred Before', 'occurredBefore'),
	recoveredAfter: moment('Recovered After', 'recoveredAfter'),
	recoveredBefore: moment('Recovered Before', 'recoveredBefore'),
	region: idsField({
		displayName: 'Region',
		name: 'region',
		type: 'string',
		default: '',
		placeholder: 'e.g. cn-north-4',
		description: `The code of a region concerned: any of ${SEVERAL}`,
	}),
	status: anyKeyField(
		{
			shape: { displayName: 'Status', name: 'status', description: 'Where the war room stands' },
			labels: WAR_ROOM_STATUSES,
			isClosed: true,
			preset: '',
		},
		'Where the war room stands: any of these',
	),
	ticket: ticketPart('The ticket that the war room is for, by its number'),
	titleContains: textField({
		displayName: 'Title Contains',
		name: 'titleContains',
		placeholder: 'e.g. payment',
		description: 'A part of the title',
		limit: LIMITS.warRoom.title,
	}),
	triggeredAfter: moment(
		'Triggered After',
		'triggeredAfter',
		`${MOMENT}. Without it only war rooms of the last 30 days are listed, as COC does it; with a ticket, a number or another time among the filters, all of them.`,
	),
	triggeredBefore: moment('Triggered Before', 'triggeredBefore'),
	warRoom: textField({
		displayName: 'War Room Number',
		name: 'warRoom',
		placeholder: 'e.g. {{ $json.warRoom }}',
		description: 'The number of a war room',
		limit: LIMITS.id,
	}),
	warRooms: idsField({
		displayName: 'War Room Numbers',
		name: 'warRooms',
		type: 'string',
		default: '',
		placeholder: 'e.g. {{ $json.warRooms }}',
		description: `The numbers of war rooms, ${SEVERAL}. COC takes no other filter beside them.`,
	}),
};

const added = addedFields(
	{
		displayName: 'Filters',
		name: 'filters',
		placeholder: 'Add filter',
		description: 'Only war rooms that fit all of these',
	},
	parts,
);

/** Filters of a list of war rooms. */
export const warRoomFilters: Field<WarRoomQuery> = {
	properties: added.properties,
	read(input): Result<WarRoomQuery> {
		const given = added.read(input);
		if (!given.ok) return given;
		const { warRooms, ...others } = given.value;
		if (warRooms === undefined) return { ok: true, value: queryOf(others) };
		// What it ignores would look like a filter that nothing passes by.
		if (Object.keys(others).length === 0) return { ok: true, value: { war_room_nums: warRooms } };
		return {
			ok: false,
			reason: "'War Room Numbers' is given beside other filters, which COC then ignores",
			hint: 'Remove it, or the others.',
		};
	},
	shown: () => ({}),
};

function queryOf(wanted: Partial<Values<typeof parts>>): WarRoomQuery {
	const query: WarRoomQuery = {
		incident_num: wanted.ticket,
		war_room_num: wanted.warRoom,
		title: wanted.titleContains,
		admin: wanted.administrator,
		current_users: wanted.currentUser,
		status: wanted.status,
		incident_levels: wanted.level,
		notification_level: wanted.notificationLevel,
		impacted_application_ids: wanted.application,
		region_code_list: wanted.region,
		enterprise_project_ids: wanted.enterpriseProject,
		triggered_start_time: wanted.triggeredAfter,
		triggered_end_time: wanted.triggeredBefore,
		occur_start_time: wanted.occurredAfter,
		occur_end_time: wanted.occurredBefore,
		recover_start_time: wanted.recoveredAfter,
		recover_end_time: wanted.recoveredBefore,
	};
	const reachesBack = REACHING_BACK.some((name) => query[name] !== undefined);
	return reachesBack
		? { ...query, triggered_start_time: query.triggered_start_time ?? EVER }
		: query;
}

/** Who asks by one of these means any war room, however old. */
const REACHING_BACK = [
	...(['incident_num', 'war_room_num', 'triggered_end_time'] as const),
	...(['occur_start_time', 'occur_end_time', 'recover_start_time', 'recover_end_time'] as const),
];

/** Whether COC lists those of its last 30 days only. */
export function isOfLastDays({ war_room_nums, triggered_start_time }: WarRoomQuery): boolean {
	return war_room_nums === undefined && triggered_start_time === undefined;
}
