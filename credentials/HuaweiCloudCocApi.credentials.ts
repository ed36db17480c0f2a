import {
	UserError,
	type IAuthenticate,
	type ICredentialTestRequest,
	type ICredentialType,
	type IDataObject,
	type IHttpRequestOptions,
	type Icon,
	type INodeProperties,
} from 'n8n-workflow';
import { credentialTest } from '../nodes/shared/contract/credentialTest';
import { readCredential } from '../nodes/shared/contract/credential';
import { COC_ENDPOINTS, originOf } from '../nodes/shared/contract/endpoint';

/** n8n has two request dialects: `url` (with `baseURL`) and, in the HTTP Request node, `uri`. */
type AnyDialect = IHttpRequestOptions & { uri?: string };

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
			],
			default: 'token',
		},
		{
			displayName: 'Token',
			name: 'token',
			type: 'string',
			typeOptions: { password: true },
			default: '',
			displayOptions: { show: { authentication: ['token'] } },
			description:
				'IAM token, sent as X-Auth-Token. IAM returns it in the header X-Subject-Token; it is valid for 24 hours.',
			required: true,
		},
		{
			displayName: 'Ignore SSL Issues (Insecure)',
			name: 'ignoreSslIssues',
			type: 'boolean',
			default: false,
			description:
				"Whether to connect even if the certificate can't be verified. Only for a private deployment with a self-signed certificate; counts for every host and every request of this credential, its test included.",
		},
	];

	/**
	 * Adds the secrets to a request of any node, n8n's HTTP Request node included, but only to a
	 * request to the endpoint's own origin; redirects are off, since n8n would repeat the token to
	 * whatever host a redirect names.
	 */
	authenticate: IAuthenticate = async (stored, requestOptions) => {
		const credential = readCredential(stored);
		if (!credential.ok) throw new UserError(sentence(credential.reason));
		const { endpoint, headers, ignoreSslIssues } = credential.value;

		const { url, uri, baseURL } = requestOptions as AnyDialect;
		// A base counts by itself as well: what URL takes for an absolute address behind it, such as
		// one with a blank in front, n8n appends to the base.
		const origins = [
			...[url, uri].filter(isGiven).map((address) => originOf(address, baseURL)),
			...[baseURL].filter(isGiven).map((address) => originOf(address)),
		];
		if (origins.length === 0 || origins.some((origin) => origin !== endpoint.origin)) {
			throw new UserError(
				`This credential is only for requests to ${endpoint.origin}, its 'Endpoint': the request goes to another host and was not sent`,
			);
		}

		return {
			...requestOptions,
			headers: { ...withoutHeaders(requestOptions.headers, headers), ...headers },
			disableFollowRedirect: true,
			followRedirect: false,
			followAllRedirects: false,
			maxRedirects: 0,
			...(ignoreSslIssues && { skipSslCertificateValidation: true, rejectUnauthorized: false }),
		} as IHttpRequestOptions;
	};

	test: ICredentialTestRequest = credentialTest();
}

function isGiven(address: string | undefined): address is string {
	return address !== undefined && address !== '';
}

function sentence(clause: string): string {
	return clause.charAt(0).toUpperCase() + clause.slice(1);
}

/** The request's own headers without those that the credential sets, whatever their case. */
function withoutHeaders(own: IDataObject | undefined, set: Record<string, string>): IDataObject {
	const names = new Set(Object.keys(set).map((name) => name.toLowerCase()));
	return Object.fromEntries(
		Object.entries(own ?? {}).filter(([name]) => !names.has(name.toLowerCase())),
	);
}
