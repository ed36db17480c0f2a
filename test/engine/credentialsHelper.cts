/**
 * The credentials helper of the n8n server (its `credentials-helper.js`), over plain objects
 * instead of a database: what a node gets to see of a stored credential, and when
 * `preAuthentication` and `authenticate` are called. OAuth, external secrets and credentials per
 * end user are left out.
 */
import { Credentials, getAdditionalKeys } from 'n8n-core';
import { getCredentialOwnRequestAllowedDomains, isExpression, NodeHelpers } from 'n8n-workflow';
import { UnexpectedError, UserError, Workflow } from 'n8n-workflow';
import type {
	ICredentialDataDecryptedObject as CredentialData,
	ICredentialsExpressionResolveValues,
	ICredentialsHelper,
	IDataObject,
	IHttpRequestOptions,
	INode,
	INodeCredentialsDetails,
	INodeProperties,
} from 'n8n-workflow';
import type { Packages } from './packages.cts';

/** A credential as the server stores it, only not encrypted, and how often it was used. */
export interface StoredCredential {
	id: string;
	name: string;
	type: string;
	data: CredentialData;
	decryptions?: number;
	preAuthentications?: number;
}

/** The stored credentials by their id; tests may read and change them at any time. */
export type CredentialStore = Record<string, StoredCredential>;

/** The helper over these credential types and this store. */
export function createCredentialsHelper(
	packages: Packages,
	store: CredentialStore,
): ICredentialsHelper {
	const find = ({ id }: INodeCredentialsDetails, type: string): StoredCredential => {
		const stored = store[id ?? ''];
		if (stored?.type === type) return stored;
		throw new UserError(`Credential with ID "${id}" does not exist for type "${type}".`);
	};

	const helper: ICredentialsHelper = {
		/** Only declared and displayed properties survive, with defaults and expressions resolved. */
		async getDecrypted(additionalData, reference, type, mode, executeData, raw, values) {
			const stored = find(reference, type);
			stored.decryptions = (stored.decryptions ?? 0) + 1;
			const storedData = structuredClone(stored.data);
			if (raw) return storedData;

			const properties = helper.getCredentialsProperties(type);
			const parameters = storedData as INode['parameters'];
			const data = NodeHelpers.getNodeParameters(properties, parameters, true, false, null, null)!;
			const keys = getAdditionalKeys(additionalData, mode, null, { isCredential: true });
			const { workflow, node, runExecutionData, runIndex, itemIndex, connectionInputData } =
				values ?? mockValues(packages);
			const { expression } = workflow;
			const resolve = () =>
				expression.getParameterValue(
					data,
					runExecutionData,
					runIndex,
					itemIndex,
					node.name,
					connectionInputData,
					mode,
					keys,
					executeData,
					false,
					data,
				);
			try {
				return (await expression.withIsolate(() => Promise.resolve(resolve()))) as CredentialData;
			} catch (error) {
				if (values) (error as Error).message += ' [Error resolving credentials]';
				throw error;
			}
		},

		async authenticate(credentials, typeName, requestOptions, workflow, node) {
			const options = requestOptions as IHttpRequestOptions & IDataObject;
			const { authenticate } = packages.getCredentialType(typeName);
			if (typeof authenticate === 'function') return await authenticate(credentials, options);
			if (!authenticate) return options;
			const resolve = (value: string) => {
				if (!isExpression(value)) return value;
				const keys = { $credentials: credentials };
				const { expression } = workflow!;
				const resolved = expression.getSimpleParameterValue(node!, value, 'internal', keys);
				return resolved ? (resolved as string | number | boolean).toString() : '';
			};
			options.headers ??= {};
			for (const [part, entries] of Object.entries(authenticate.properties)) {
				for (const [key, value] of Object.entries(entries as Record<string, string>)) {
					options[part] ||= {};
					(options[part] as IDataObject)[resolve(key)] = resolve(value);
				}
			}
			return options;
		},

		/**
		 * Logs in when the credential has a hidden `expirable` property and that is empty, has
		 * expired, or the credential is being tested; what comes back is stored in the credential.
		 */
		async preAuthentication(helpers, credentials, typeName, node, credentialsExpired) {
			const { name, properties, preAuthentication } = packages.getCredentialType(typeName);
			const expirable = properties.find(
				({ type, typeOptions }) => type === 'hidden' && typeOptions?.expirable === true,
			)?.name;
			if (expirable === undefined || !preAuthentication) return undefined;
			const isTest = node.parameters.temp === '' && node.type === 'n8n-nodes-base.noOp';
			if (credentials[expirable] !== '' && !credentialsExpired && !isTest) return undefined;

			const reference = node.credentials?.[name];
			if (reference) {
				const stored = find(reference, name);
				stored.preAuthentications = (stored.preAuthentications ?? 0) + 1;
			}
			const output = (await helper.runPreAuthentication(helpers, credentials, typeName))!;
			if (output[expirable] === undefined || !reference) return undefined;
			const data = { ...find(reference, name).data };
			for (const [key, value] of Object.entries(output)) {
				if (key === expirable || !isExpression(data[key])) data[key] = value;
			}
			await helper.updateCredentials(reference, name, data);
			return Object.assign(credentials, output);
		},

		/** A credential that a user restricted to certain domains logs in at these only. */
		async runPreAuthentication({ helpers }, credentials, typeName) {
			const { preAuthentication } = packages.getCredentialType(typeName);
			const allowedDomains = getCredentialOwnRequestAllowedDomains(credentials);
			const httpRequest = async (options: IHttpRequestOptions) => {
				if (allowedDomains === undefined) return (await helpers.httpRequest(options)) as unknown;
				if (options.allowedDomains !== undefined) {
					throw new UserError('This credential restricts requests to specific domains');
				}
				return (await helpers.httpRequest({ ...options, allowedDomains })) as unknown;
			};
			const output = await preAuthentication?.call({ helpers: { httpRequest } }, credentials);
			return output as CredentialData | undefined;
		},

		updateCredentials(reference, type, data) {
			find(reference, type).data = structuredClone(data);
			return Promise.resolve();
		},

		getCredentials(reference, type) {
			const { id, name } = find(reference, type);
			return Promise.resolve(new Credentials({ id, name }, type));
		},

		getParentTypes(type) {
			const parents = packages.getCredentialType(type).extends ?? [];
			return [...parents, ...parents.flatMap((parent) => helper.getParentTypes(parent))];
		},

		getCredentialsProperties(type) {
			const { extends: parents, properties } = packages.getCredentialType(type);
			if (!parents) return properties;
			const combined: INodeProperties[] = [];
			for (const parent of parents) {
				NodeHelpers.mergeNodeProperties(combined, helper.getCredentialsProperties(parent));
			}
			NodeHelpers.mergeNodeProperties(combined, properties);
			return combined;
		},

		isCredentialUsableByNode(type, nodeType) {
			const { restrictToSupportedNodes } = packages.getCredentialType(type);
			return !restrictToSupportedNodes || packages.getSupportedNodes(type).includes(nodeType);
		},

		updateCredentialsOauthTokenData() {
			throw new UnexpectedError('OAuth is not part of this harness');
		},
	};
	return helper;
}

/** In a credential test there is no workflow: a mock one resolves the credential's expressions. */
function mockValues(nodeTypes: Packages): ICredentialsExpressionResolveValues {
	const type = 'n8n-nodes-base.noOp';
	const node: INode = { id: '', name: '', type, typeVersion: 1, position: [0, 0], parameters: {} };
	const workflow = new Workflow({ nodes: [node], connections: {}, active: false, nodeTypes });
	const nothing = { runExecutionData: null, runIndex: 0, itemIndex: 0, connectionInputData: [] };
	return { node, workflow, ...nothing };
}
