import type { Answer } from '../answer';
import type { CocRequest } from '../call';
import { asNonEmptyText } from '../json';

/** A new war room; what is undefined isn't sent. */
export interface NewWarRoom {
	/** The incident's number. */
	ticket: string;
	/** 1–255 characters. */
	title: string;
	/** IAM user ID, as those of the participants. */
	administrator: string;
	/** 1–1000 IDs. */
	applications: string[];
	/** 1–64 characters. */
	enterpriseProject: string;
	/** 1–255 characters. */
	description?: string | undefined;
	regions?: string[] | undefined;
	participants?: string[] | undefined;
	/** Whoever is on these shifts takes part. */
	shifts?: Shift[] | undefined;
	notificationType?: string | undefined;
	notificationModes?: string[] | undefined;
}

/** A shift in COC: a scenario and a role in it. */
export interface Shift {
	scene: string;
	role: string;
}

/** IAM action of the call. */
export const CREATE_WAR_ROOM = 'coc:warroom:create';

/** The call that creates a war room and calls its people: `POST /v1/external/warrooms`. */
export function createWarRoom(room: NewWarRoom): CocRequest {
	return {
		method: 'POST',
		path: '/v1/external/warrooms',
		json: {
			war_room_name: room.title,
			incident_number: room.ticket,
			application_id_list: room.applications,
			enterprise_project_id: room.enterpriseProject,
			war_room_admin: room.administrator,
			// Required, also where there is none.
			schedule_group: (room.shifts ?? []).map(({ scene, role }) => ({
				role_id: role,
				scene_id: scene,
			})),
			description: room.description,
			region_code_list: room.regions,
			participant: room.participants,
			notification_type: room.notificationType,
			notification_modes: room.notificationModes,
		},
	};
}

/** The number of the new war room in a success answer; null when it has none. */
export function readCreatedWarRoom({ envelope }: Answer): string | null {
	return asNonEmptyText(envelope?.data);
}
