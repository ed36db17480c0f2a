import {
	NodeConnectionTypes,
	type IExecuteFunctions,
	type INodeExecutionData,
	type INodeType,
	type INodeTypeDescription,
} from 'n8n-workflow';
import { CREDENTIAL_TYPE } from '../client/session';
import { readRunParameter } from '../fields/input';
import { readSpeed } from '../fields/options';
import { runItems } from '../run/runItems';
import { listSearches } from './lists/listSearches';
import { chosenOperation } from './chosenOperation';
import { nodeProperties } from './properties';

/**
 * Incident tickets of Huawei Cloud COC.
 *
 * Programmatic, not declarative: n8n's declarative style sends the requests of all items at once
 * and throws the results of those that succeeded away when one fails. A ticket's change can't be
 * taken back, so that every item needs an outcome of its own, a write is never sent twice, and what
 * may have been applied has to be distinguished from what certainly wasn't.
 */
export class CocIncident implements INodeType {
	description: INodeTypeDescription = {
		displayName: 'COC Incident',
		name: 'cocIncident',
		icon: { light: 'file:cocIncident.svg', dark: 'file:cocIncident.dark.svg' },
		group: ['transform'],
		version: 1,
		subtitle: '={{ $parameter["operation"] + ": " + $parameter["resource"] }}',
		description: 'Handle incident tickets in Huawei Cloud COC (Cloud Operations Center)',
		builderHint: {
			searchHint:
				'Handles incident tickets of Huawei Cloud COC: create, read, list, accept, forward, escalate, solve, verify and close them. To start a workflow when an incident changes, use the COC Incident Trigger.',
			relatedNodes: [
				{
					nodeType: 'n8n-nodes-huaweicloud-coc.cocIncidentTrigger',
					relationHint: 'Starts the workflow when an incident changes',
				},
				{
					nodeType: 'n8n-nodes-huaweicloud-coc.cocNotificationTrigger',
					relationHint: 'Starts the workflow at once when COC notifies of an incident',
				},
			],
		},
		// n8n ends the description of a tool with it: "Verify incident in …".
		defaults: { name: 'Huawei Cloud COC' },
		usableAsTool: true,
		inputs: [NodeConnectionTypes.Main],
		outputs: [NodeConnectionTypes.Main],
		credentials: [{ name: CREDENTIAL_TYPE, required: true }],
		properties: nodeProperties,
	};

	methods = { listSearch: listSearches };

	async execute(this: IExecuteFunctions): Promise<INodeExecutionData[][]> {
		const [operation, resource] = chosenOperation(
			readRunParameter(this, 'resource'),
			readRunParameter(this, 'operation'),
		);
		return [await runItems(this, operation, resource, readSpeed(this))];
	}
}
