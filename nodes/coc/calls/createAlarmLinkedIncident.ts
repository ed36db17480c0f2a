import type { CocRequest } from '../call';
import { handlerParams, type Handler } from './handlerParams';

/** An incident made of alarms; what is undefined isn't sent. */
export interface LinkedIncident {
	alarms: string[];
	title: string;
	description: string;
	level: string;
	type: string;
	/** The application's ID. */
	application: string;
	serviceInterrupted: boolean;
	/** Null for nobody. */
	assignee: Handler | null;
	enterpriseProject?: string | undefined;
	region?: string | undefined;
	changeEvent?: boolean | undefined;
	/** IDs of uploaded files, joined by commas; empty for none. */
	files: string;
}

/** IAM action of the call. */
export const LINK_ACTION = 'coc:alarm:createAlarmLinkedIncident';

/** Its source, as an incident has it that comes from alarms. */
const SOURCE_ALARM = 'incident_source_alarm';

/**
 * The call that makes one incident of alarms: `POST /v1/alarm-mgmt/alarms-linked-incident`. What its
 * answer holds isn't documented: the alarms themselves say afterwards which incident is theirs.
 */
export function createAlarmLinkedIncident(incident: LinkedIncident): CocRequest {
	return {
		method: 'POST',
		path: '/v1/alarm-mgmt/alarms-linked-incident',
		json: {
			alarm_ids: incident.alarms.join(','),
			title: incident.title,
			description: incident.description,
			level_id: incident.level,
			mtm_type: incident.type,
			current_cloud_service_id: incident.application,
			is_service_interrupt: incident.serviceInterrupted,
			is_change_event: incident.changeEvent ?? false,
			source_id: SOURCE_ALARM,
			enterprise_project_id: incident.enterpriseProject,
			mtm_region: incident.region,
			...handlerParams(incident.assignee),
			attachment: incident.files === '' ? undefined : incident.files,
		},
		bareMember: 'data',
	};
}
