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
	iamEndpointField,
	iamUserFields,
	sessionFields,
	tokenFields,
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

	documentationUrl =
		'https://github.com/n8n-nodes-huaweicloud-coc/n8n-nodes-huaweicloud-coc#credential';

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
					name: 'Token',
					value: 'token',
					description: 'An IAM token of your own, valid for 24 hours',
				},
				{
					name: 'IAM User, Renewed Automatically',
					value: 'iamUser',
					description: 'User name and password of an IAM user; n8n gets and renews the token',
				},
				{
					name: 'Access Key (AK/SK)',
					value: 'accessKey',
					description: 'Every request is signed; nothing expires',
				},
			],
			default: 'token',
		},
		...tokenFields,
		...iamUserFields,
		...accessKeyFields,
		iamEndpointField,
		{
			displayName: 'Ignore SSL Issues (Insecure)',
			name: 'ignoreSslIssues',
			type: 'boolean',
			default: false,
			description:
				"Whether to connect even if the certificate can't be verified. Only for a private deployment with a self-signed certificate; counts for every host and every request of this credential, its test included.",
		},
		...sessionFields,
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
