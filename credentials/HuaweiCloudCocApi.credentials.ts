import type {
	IAuthenticate,
	Icon,
	ICredentialDataDecryptedObject,
	ICredentialTestRequest,
	ICredentialType,
	IHttpRequestHelper,
	INodeProperties,
} from 'n8n-workflow';
import { authenticateRequest, sessionToStore } from '../nodes/auth/authenticate';
import { credentialTest } from '../nodes/auth/credentialTest';
import { COC_ENDPOINTS } from '../nodes/coc/url';
import {
	accessKeyFields,
	decisionFields,
	epsEndpointField,
	iamEndpointField,
	iamUserFields,
	integrationKeyField,
	notificationSecretField,
	sessionFields,
	tokenFields,
	trustFields,
} from './fields';

/**
 * Access to COC: where it is and how a request proves who asks. Stored keys are a public interface;
 * further ways to authenticate join as values of `authentication` with fields of their own.
 */
export class HuaweiCloudCocApi implements ICredentialType {
	name = 'huaweiCloudCocApi';

	displayName = 'Huawei Cloud COC API';

	icon: Icon = {
		light: 'file:../nodes/CocIncident/cocIncident.svg',
		dark: 'file:../nodes/CocIncident/cocIncident.dark.svg',
	};

	// Without a fragment, to which n8n would append its own query.
	documentationUrl =
		'https://github.com/n8n-nodes-huaweicloud-coc/n8n-nodes-huaweicloud-coc/blob/main/docs/credentials.md';

	httpRequestNode = {
		name: 'Huawei Cloud COC',
		docsUrl: 'https://support.huaweicloud.com/api-coc/HandleCocIncident.html',
		apiBaseUrl: COC_ENDPOINTS.china,
	};

	properties: INodeProperties[] = [
		{
			displayName: 'Endpoint',
			name: 'endpoint',
			type: 'string',
			default: COC_ENDPOINTS.china,
			placeholder: `e.g. ${COC_ENDPOINTS.international}`,
			description: `Base URL of COC. China: ${COC_ENDPOINTS.china}, international: ${COC_ENDPOINTS.international}, Europe: ${COC_ENDPOINTS.europe}. A private deployment may have its own host, port and path prefix.`,
			required: true,
		},
		{
			displayName: 'Authentication',
			name: 'authentication',
			type: 'options',
			options: [
				{
					name: 'Access Key (AK/SK)',
					value: 'accessKey',
					description: 'Every request is signed; nothing expires',
				},
				{
					name: 'IAM User, Renewed Automatically',
					value: 'iamUser',
					description: 'User name and password of an IAM user; n8n gets and renews the token',
				},
				{
					name: 'Token',
					value: 'token',
					description: 'An IAM token of your own, valid for 24 hours',
				},
			],
			default: 'token',
		},
		...tokenFields,
		...iamUserFields,
		...accessKeyFields,
		iamEndpointField,
		epsEndpointField,
		integrationKeyField,
		notificationSecretField,
		...trustFields,
		...sessionFields,
		...decisionFields,
	];

	/** See `authenticateRequest`: bound to the endpoint's origin, redirects off. */
	authenticate: IAuthenticate = async (stored, requestOptions) =>
		authenticateRequest(stored, requestOptions);

	/** See `sessionToStore`: signs an IAM user in; the other ways need nothing beforehand. */
	async preAuthentication(this: IHttpRequestHelper, stored: ICredentialDataDecryptedObject) {
		return await sessionToStore(this.helpers, stored);
	}

	test: ICredentialTestRequest = credentialTest();
}
