import {
	createAlarmLinkedIncident,
	LINK_ACTION,
} from '../../../coc/calls/createAlarmLinkedIncident';
import { alarms, alarmsAsEntered } from '../../../fields/alarms';
import { application } from '../../../fields/application';
import { optionalAssignee } from '../../../fields/assignee';
import { required } from '../../../fields/field';
import { serviceInterrupted } from '../../../fields/interruption';
import { keyedField, LEVEL, TYPE } from '../../../fields/keyed';
import {
	description,
	linkedIncidentFields,
	linkedIncidentOptions,
} from '../../../fields/linkedIncident';
import { title } from '../../../fields/newIncident';
import { planLinking } from '../../../run/alarmLinks';
import { writing } from '../../../run/write';

/** Makes one incident of alarms (`POST /v1/alarm-mgmt/alarms-linked-incident`). */
export const createAlarmIncident = writing({
	option: {
		name: 'Create Incident',
		value: 'createIncident',
		action: 'Create incident from alarms',
		description: 'Make one incident of one alarm or several',
	},
	fields: {
		alarms,
		title,
		description,
		level: keyedField(LEVEL),
		type: keyedField(TYPE),
		application: required(application),
		serviceInterrupted,
		assignee: optionalAssignee,
		additional: linkedIncidentFields,
		options: linkedIncidentOptions,
	},
	words: {
		about: (those) => `the incident of ${those}`,
		done: 'created',
		iamAction: LINK_ACTION,
		refusedHint:
			'Check the alarm IDs, that level and type exist in your COC, and application, enterprise project and region as well, and that the assignee is among its personnel.',
	},
	subject: { label: 'Alarms', key: 'alarms' },
	subjectOf: alarmsAsEntered,
	// Items may name the same alarm.
	keyOf: () => 'alarms',
	async plan(values, planning) {
		const { additional, options: wanted, ...incident } = values;
		return await planLinking(
			{ ...incident, ...wanted },
			(files) => createAlarmLinkedIncident({ ...incident, ...additional, files }),
			planning.shownOf(values),
			planning,
		);
	},
});
