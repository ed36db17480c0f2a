import type { Answer } from '../answer';
import type { CocRequest } from '../call';
import { asRecord } from '../json';
import { ticketNumber } from '../url';
import { handlerParams, type Handler } from './handlerParams';

/** A new incident; what is undefined isn't sent. */
export interface NewIncident {
	level: string;
	type: string;
	/** 1–200 characters. */
	title: string;
	source: string;
	/** IAM user ID, as that of the assignee. */
	creator: string;
	serviceInterrupted: boolean;
	/** A person or a shift. */
	assignee: Handler;
	application?: string | undefined;
	/** 1–600 characters. */
	description?: string | undefined;
	enterpriseProject?: string | undefined;
	ownership?: string | undefined;
	region?: string | undefined;
	/** In ms since 1970. */
	startTime?: number | undefined;
}

/** IAM action of the call. */
export const CREATE_ACTION = 'coc:ticket:create';

/** The v1 call that creates an incident (CreateCocIncident): `POST /v1/external/incident/create`. */
export function createCocIncident(incident: NewIncident): CocRequest {
	const { assignee } = incident;
	return {
		method: 'POST',
		path: '/v1/external/incident/create',
		json: {
			incident_level: incident.level,
			// A text by the page and the SDKs, although it says true or false.
			is_service_interrupt: String(incident.serviceInterrupted),
			incident_type: incident.type,
			incident_title: incident.title,
			incident_source: incident.source,
			creator: incident.creator,
			region: listOf(incident.region),
			enterprise_project: listOf(incident.enterpriseProject),
			current_cloud_service: listOf(incident.application),
			incident_description: incident.description,
			incident_ownership: incident.ownership,
			start_time: incident.startTime,
			...('person' in assignee
				? { incident_assignee: [assignee.person] }
				: handlerParams(assignee)),
		},
	};
}

/** COC wants lists of one. */
function listOf(value: string | undefined): string[] | undefined {
	return value === undefined ? undefined : [value];
}

/** The number of the new incident in a success answer; null when it has none. */
export function readCreated({ envelope }: Answer): string | null {
	return ticketNumber(asRecord(envelope?.data)?.incident_num);
}
