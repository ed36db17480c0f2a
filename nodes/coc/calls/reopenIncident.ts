import { asNonEmptyText, first, flagOf, timeOf, type JsonRecord } from '../json';
import type { NewIncident } from './createCocIncident';
import type { ActionParams } from './handleIncident';
import { handlerParams, type Handler } from './handlerParams';

/** What may be changed with a reopening; what is undefined stays as the incident has it. */
export type Changes = Partial<Omit<NewIncident, 'creator'>>;

/**
 * The params that reopen an incident: v2's names for what v1's detail shows, with the changes.
 *
 * @param incident as ShowCocIncidentDetail gives it
 * @param files IDs of uploaded files, joined by commas; empty for none
 */
export function reopenParams(
	incident: JsonRecord,
	changes: Changes,
	files: string,
): ActionParams['reopen'] {
	const text = (name: string) => asNonEmptyText(first(incident[name])) ?? undefined;
	const params: { [K in keyof ActionParams['reopen']]: ActionParams['reopen'][K] | undefined } = {
		mtm_region: changes.region ?? text('region'),
		enterprise_project_id: changes.enterpriseProject ?? text('enterprise_project'),
		current_cloud_service_id: changes.application ?? text('current_cloud_service'),
		level_id: changes.level ?? text('incident_level'),
		is_service_interrupt:
			changes.serviceInterrupted ?? flagOf(incident.is_service_interrupt) ?? undefined,
		mtm_type: changes.type ?? text('incident_type'),
		title: changes.title ?? text('incident_title'),
		description: changes.description ?? text('incident_description'),
		attachments: files === '' ? undefined : files,
		source_id: changes.source ?? text('incident_source'),
		incident_ownership: changes.ownership ?? text('incident_ownership'),
		start_time: changes.startTime ?? timeOf(incident.start_time) ?? undefined,
		...handlerParams(changes.assignee ?? handlerOf(text)),
	};
	return JSON.parse(JSON.stringify(params)) as ActionParams['reopen'];
}

/** An incident of a shift also shows the person who is on it. */
function handlerOf(text: (name: string) => string | undefined): Handler | null {
	const scene = text('assignee_scene');
	const role = text('assignee_role');
	if (scene !== undefined && role !== undefined) return { scene, role };
	const person = text('incident_assignee');
	return person === undefined ? null : { person };
}
