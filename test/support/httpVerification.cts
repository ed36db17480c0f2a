import type { INode } from 'n8n-workflow';

/**
 * n8n's HTTP Request node as one would set it up to verify `$json.ticket` with the COC credential:
 * *Predefined Credential Type*, the body as JSON, no options.
 */
export function httpVerification(endpoint: string, settings: Partial<INode> = {}): INode {
	return {
		id: 'http',
		name: 'HTTP Request',
		type: 'n8n-nodes-base.httpRequest',
		typeVersion: 4.5,
		position: [0, 0],
		parameters: {
			method: 'POST',
			url: `${endpoint}/v1/external/incident/handle`,
			authentication: 'predefinedCredentialType',
			nodeCredentialType: 'huaweiCloudCocApi',
			sendBody: true,
			specifyBody: 'json',
			jsonBody: `={
	"incident_num": {{ JSON.stringify($json.ticket) }},
	"operator": {{ JSON.stringify($json.operator) }},
	"operate_key": "confirm",
	"parameter": {
		"virtual_confirm_result": {{ $json.result }},
		"virtual_confirm_comment": {{ JSON.stringify($json.comment) }}
	}
}`,
			options: {},
		},
		...settings,
	};
}
