import {
	NodeConnectionTypes,
	type INodeExecutionData,
	type INodeType,
	type INodeTypeDescription,
	type IPollFunctions,
} from 'n8n-workflow';
import { collectionOf } from '../fields/collection';
import { traitsField } from '../fields/filters';
import { OPTIONS, timeout } from '../fields/options';
import { simplifyField } from '../fields/simplifyOutput';
import { searchUsers } from '../CocIncident/lists/users';
import { CREDENTIAL_TYPE } from '../client/session';
import { eventsField } from './events';
import { pollCoc } from './poll';

/**
 * Starts a workflow when something happens to an incident ticket of Huawei Cloud COC. COC has no
 * subscription in its API, so that it is polled.
 */
export class CocIncidentTrigger implements INodeType {
	description: INodeTypeDescription = {
		displayName: 'COC Incident Trigger',
		name: 'cocIncidentTrigger',
		icon: { light: 'file:cocIncidentTrigger.svg', dark: 'file:cocIncidentTrigger.dark.svg' },
		group: ['trigger'],
		version: 1,
		subtitle: '={{ $parameter["events"].join(", ") }}',
		description:
			'Starts the workflow when an incident in Huawei Cloud COC (Cloud Operations Center) is created, changes its status, waits for verification or is closed',
		defaults: { name: 'COC Incident Trigger' },
		polling: true,
		inputs: [],
		outputs: [NodeConnectionTypes.Main],
		credentials: [{ name: CREDENTIAL_TYPE, required: true }],
		properties: [eventsField, traitsField, simplifyField, collectionOf(OPTIONS, [timeout.field])],
	};

	methods = { listSearch: { searchUsers } };

	async poll(this: IPollFunctions): Promise<INodeExecutionData[][] | null> {
		return await pollCoc(this);
	}
}
