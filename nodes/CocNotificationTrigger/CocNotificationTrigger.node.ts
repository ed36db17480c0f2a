import {
	NodeConnectionTypes,
	type IHookFunctions,
	type INodeType,
	type INodeTypeDescription,
	type IWebhookFunctions,
	type IWebhookResponseData,
} from 'n8n-workflow';
import { CREDENTIAL_TYPE } from '../client/session';
import { activate } from './activation';
import { notificationProperties } from './notificationFields';
import { receiveNotification } from './receive';

/**
 * Starts a workflow when COC notifies of an incident ticket. A notification is only the occasion: what
 * happened is what COC's record shows.
 */
export class CocNotificationTrigger implements INodeType {
	description: INodeTypeDescription = {
		displayName: 'COC Notification Trigger',
		name: 'cocNotificationTrigger',
		icon: {
			light: 'file:cocNotificationTrigger.svg',
			dark: 'file:cocNotificationTrigger.dark.svg',
		},
		group: ['trigger'],
		version: 1,
		subtitle: '={{ $parameter["events"].join(", ") }}',
		description: 'React to notifications of incident tickets from Huawei Cloud COC',
		builderHint: {
			searchHint:
				'Starts the workflow at once when Huawei Cloud COC notifies its webhook that an incident ticket was created, changed its status, waits for verification or was closed. n8n must be reachable from the internet; where it is not, use the COC Incident Trigger.',
			relatedNodes: [
				{
					nodeType: 'n8n-nodes-huaweicloud-coc.cocIncident',
					relationHint: 'Reads and changes the incident that started the workflow',
				},
				{
					nodeType: 'n8n-nodes-huaweicloud-coc.cocIncidentTrigger',
					relationHint: 'Polls instead: needs no way into n8n, and misses nothing',
				},
			],
		},
		defaults: { name: 'COC Notification Trigger' },
		inputs: [],
		outputs: [NodeConnectionTypes.Main],
		credentials: [{ name: CREDENTIAL_TYPE, required: true }],
		webhooks: [
			{ name: 'default', httpMethod: 'POST', responseMode: 'onReceived', path: 'coc' },
			{
				name: 'setup',
				httpMethod: 'POST',
				responseMode: 'onReceived',
				// The same for a sender that can't set a header; unlike the other, a path by itself.
				path: '={{ $webhookId + "/:secret" }}',
				isFullPath: true,
				ndvHideUrl: '={{ !$parameter["acceptUnsignedNotifications"] }}',
			},
		],
		properties: notificationProperties,
	};

	webhookMethods = {
		default: {
			// There is nothing to look for at COC: what has to be checked is checked by `create`.
			checkExists: async () => await Promise.resolve(false),
			async create(this: IHookFunctions): Promise<boolean> {
				await activate(this);
				return true;
			},
			delete: async () => await Promise.resolve(true),
		},
	};

	async webhook(this: IWebhookFunctions): Promise<IWebhookResponseData> {
		return await receiveNotification(this);
	}
}
