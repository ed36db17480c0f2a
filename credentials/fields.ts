import type { INodeProperties } from 'n8n-workflow';

/**
 * The credential's fields for each way to authenticate; the stored keys are a public interface. None
 * is `required`: n8n would demand of its user also what an administrator presets for all. What is
 * missing is said by `readCredential`, before anything is sent.
 */
export const tokenFields: INodeProperties[] = shownFor('token', [
	{
		displayName: 'Token',
		name: 'token',
		type: 'string',
		typeOptions: { password: true },
		default: '',
		description:
			'Required. IAM token, sent as X-Auth-Token. IAM returns it in the header X-Subject-Token; it is valid for 24 hours.',
	},
]);

export const iamUserFields: INodeProperties[] = shownFor('iamUser', [
	{
		displayName: 'Account Name',
		name: 'accountName',
		type: 'string',
		default: '',
		description: "Required. Name of the account (IAM's domain) that the user belongs to.",
	},
	{
		displayName: 'User Name',
		name: 'userName',
		type: 'string',
		default: '',
		description:
			'Required. Name of an IAM user with password and without login protection (MFA), best one that is used for nothing else.',
	},
	{
		displayName: 'Password',
		name: 'password',
		type: 'string',
		typeOptions: { password: true },
		default: '',
		description: 'Required. Password of this user.',
	},
	{
		displayName: 'Scope',
		name: 'scope',
		type: 'options',
		options: [
			{ name: 'Account', value: 'account', description: 'A token for the whole account' },
			{ name: 'Project', value: 'project', description: 'A token for one project' },
		],
		default: 'account',
		description: 'What the token is valid for. COC is a global service: try Account first.',
	},
	{
		displayName: 'Project Name',
		name: 'projectName',
		type: 'string',
		default: '',
		placeholder: 'e.g. cn-north-4',
		displayOptions: { show: { scope: ['project'] } },
		description: "Required. Name of the project, in most cases the region's ID.",
	},
]);

export const accessKeyFields: INodeProperties[] = shownFor('accessKey', [
	{
		displayName: 'Access Key ID',
		name: 'accessKeyId',
		type: 'string',
		typeOptions: { password: true },
		default: '',
		description: 'Required. AK, from My Credentials > Access Keys.',
	},
	{
		displayName: 'Secret Access Key',
		name: 'secretAccessKey',
		type: 'string',
		typeOptions: { password: true },
		default: '',
		description: 'Required. SK, shown once when the key is created.',
	},
	{
		displayName: 'Security Token',
		name: 'securityToken',
		type: 'string',
		typeOptions: { password: true },
		default: '',
		description: 'Only for temporary access keys, which expire',
	},
	{
		displayName: 'Account ID',
		name: 'accountId',
		type: 'string',
		default: '',
		description: 'ID of the account that the key belongs to; rarely needed',
	},
	{
		displayName: 'Project ID',
		name: 'projectId',
		type: 'string',
		default: '',
		description: 'ID of the project that the key is used for; rarely needed',
	},
]);

/** For every way to authenticate: an IAM user signs in there, and all pick people from its users. */
export const iamEndpointField: INodeProperties = {
	displayName: 'IAM Endpoint',
	name: 'iamEndpoint',
	type: 'string',
	default: '',
	placeholder: 'e.g. https://iam.myhuaweicloud.com',
	description:
		"Base URL of IAM, which signs IAM users in and lists the users to pick from. Leave it empty with Huawei Cloud's own endpoints of COC: it is derived from them.",
};

/** Where the list of enterprise projects comes from. */
export const epsEndpointField: INodeProperties = {
	displayName: 'EPS Endpoint',
	name: 'epsEndpoint',
	type: 'string',
	default: '',
	placeholder: 'e.g. https://eps.myhuaweicloud.com',
	description:
		"Base URL of Enterprise Project Management, which lists the enterprise projects to pick from. Leave it empty with Huawei Cloud's own endpoints of COC: it is derived from them.",
};

/** Which servers are trusted. A certificate is public: shown, and in a box that keeps its lines. */
export const trustFields: INodeProperties[] = [
	{
		displayName: 'CA Certificate',
		name: 'caCertificate',
		type: 'string',
		typeOptions: { rows: 4 },
		default: '',
		placeholder: 'e.g. -----BEGIN CERTIFICATE----- …',
		description:
			'Only for a private deployment: the certificate of the authority that signed those of its hosts (PEM, one or several). These alone are then trusted, for every host and every request of this credential. An n8n that is too old to use it, as 1.x is, needs the variable NODE_EXTRA_CA_CERTS instead.',
	},
	{
		displayName: 'Ignore SSL Issues (Insecure)',
		name: 'ignoreSslIssues',
		type: 'boolean',
		default: false,
		description:
			"Whether to connect even if the certificate can't be verified. Only for a private deployment whose 'CA Certificate' you don't have; counts for every host and every request of this credential, its test included.",
	},
];

/** For *Report* of alarms alone; whatever the way to authenticate. */
export const integrationKeyField: INodeProperties = {
	displayName: 'Integration Key',
	name: 'integrationKey',
	type: 'string',
	typeOptions: { password: true },
	default: '',
	description:
		"Only to report alarms: the key of a custom data source, from its integration in COC's console. Whoever has it can report alarms in its name.",
};

/** For the COC Notification Trigger, for every way to authenticate; COC itself isn't sent it. */
export const notificationSecretField: INodeProperties = {
	displayName: 'Notification Secret',
	name: 'notificationSecret',
	type: 'string',
	typeOptions: { password: true },
	default: '',
	description:
		"Only for the COC Notification Trigger with 'Accept Unsigned Notifications': 16 to 128 letters, digits, - or _ of your own, which the sender shows in the header X-Notification-Secret or as the last part of the URL",
};

/** An IAM user's session, written by n8n; `expirable` makes n8n get a token when it is empty. */
export const sessionFields: INodeProperties[] = shownFor('iamUser', [
	{
		displayName: 'Session Token',
		name: 'sessionToken',
		type: 'hidden',
		typeOptions: { expirable: true, password: true },
		default: '',
	},
	{
		displayName: 'Session Expires At',
		name: 'sessionExpiresAt',
		type: 'hidden',
		default: '',
	},
	{
		displayName: 'Session User ID',
		name: 'sessionUserId',
		type: 'hidden',
		default: '',
	},
	{
		displayName: 'Session Signed In At',
		name: 'sessionSignedInAt',
		type: 'hidden',
		default: '',
	},
	{
		displayName: 'Session Fingerprint',
		name: 'sessionFingerprint',
		type: 'hidden',
		default: '',
	},
]);

/**
 * What COC or IAM last said of the key or the password, written by n8n for its other processes: no
 * secret, and none can be told from the fingerprint.
 */
export const decisionFields: INodeProperties[] = shownFor(
	['accessKey', 'iamUser'],
	[
		{ displayName: 'Decision', name: 'decision', type: 'hidden', default: '' },
		{ displayName: 'Decided At', name: 'decidedAt', type: 'hidden', default: '' },
		{
			displayName: 'Decision Fingerprint',
			name: 'decisionFingerprint',
			type: 'hidden',
			typeOptions: { password: true },
			default: '',
		},
	],
);

function shownFor(authentication: string | string[], fields: INodeProperties[]): INodeProperties[] {
	return fields.map((field) => ({
		...field,
		displayOptions: {
			show: { authentication: [authentication].flat(), ...field.displayOptions?.show },
		},
	}));
}
