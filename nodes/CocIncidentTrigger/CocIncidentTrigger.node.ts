import {
	NodeConnectionTypes,
	type INodeExecutionData,
	type INodeType,
	type INodeTypeDescription,
	type IPollFunctions,
} from 'n8n-workflow';
import { CREDENTIAL_TYPE } from '../client/session';
import { searchUsers } from '../CocIncident/lists/users';
import { pollCoc, triggerProperties } from './poll';

/**
 * Starts a workflow when something happens to an incident ticket of Huawei Cloud COC. COC's API has
 * no subscription, so that it is polled.
 */
export class CocIncidentTrigger implements INodeType {
	description: INodeTypeDescription = {
		displayName: 'COC Incident Trigger',
		name: 'cocIncidentTrigger',
		icon: { light: 'file:cocIncidentTrigger.svg', dark: 'file:cocIncidentTrigger.dark.svg' },
		group: ['trigger'],
		version: 1,
		// "waiting for verification" of `waitingForVerification`.
		subtitle:
			'={{ $parameter["events"].map((event) => event.replace(/([A-Z])/g, " $1").toLowerCase()).join(", ") }}',
		// n8n shows it for the whole package.
		description: 'React to incident tickets in Huawei Cloud COC',
		builderHint: {
			searchHint:
				'Polls Huawei Cloud COC and starts the workflow when an incident ticket is created, changes its status, waits for verification or is closed. To read or change tickets, use the COC Incident node.',
			relatedNodes: [
				{
					nodeType: 'n8n-nodes-huaweicloud-coc.cocIncident',
					relationHint: 'Reads and changes the incident that started the workflow',
				},
				{
					nodeType: 'n8n-nodes-huaweicloud-coc.cocNotificationTrigger',
					relationHint: 'Starts the workflow at once, when COC can reach n8n',
				},
			],
		},
		defaults: { name: 'COC Incident Trigger' },
		polling: true,
		inputs: [],
		outputs: [NodeConnectionTypes.Main],
		credentials: [{ name: CREDENTIAL_TYPE, required: true }],
		properties: triggerProperties,
	};

	methods = { listSearch: { searchUsers } };

	async poll(this: IPollFunctions): Promise<INodeExecutionData[][] | null> {
		return await pollCoc(this);
	}
}
