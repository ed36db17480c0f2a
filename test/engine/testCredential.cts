/** The credential test as the n8n server runs it (its `credentials-tester.service.js`). */
import { ErrorReporter, RoutingNode } from 'n8n-core';
import type { ICredentialType, INodeCredentialTestResult, INodeType } from 'n8n-workflow';
import { createAdditionalData, createExecuteContext } from './context.cts';
import type { StoredCredential } from './credentialsHelper.cts';
import { Container, requireAsCore } from './instance.cts';
import type { Packages } from './packages.cts';

const get = requireAsCore('lodash/get') as (object: unknown, path: string) => unknown;

/**
 * Runs the request in the credential type's `test` in a dummy node and judges it by its rules.
 * Whatever the pre-authentication brings is stored in `credential`.
 */
export async function testCredential(
	packages: Packages,
	credential: StoredCredential,
): Promise<INodeCredentialTestResult> {
	const { id, name, type } = credential;
	const { test } = packages.getCredentialType(type);
	if (!test) return failed('No testing function found for this credential.');

	const additionalData = createAdditionalData(packages, { [id]: credential }, 'internal');
	const { credentialsHelper } = additionalData;
	let data: StoredCredential['data'];
	try {
		data = await credentialsHelper.getDecrypted(additionalData, { id, name }, type, 'internal');
	} catch (error) {
		return failed((error as Error).message);
	}
	// All of the test works on this one object, which renewal changes.
	credentialsHelper.getDecrypted = () => Promise.resolve(data);

	const nodeType = dummyNodeType(packages, type, test);
	const context = createExecuteContext(
		{
			getByName: () => nodeType,
			getByNameAndVersion: () => nodeType,
			getKnownTypes: () => ({}),
		},
		'n8n-nodes-base.noOp',
		{ [type]: { id, name } },
		additionalData,
		'internal',
	);
	try {
		const response = await new RoutingNode(context, nodeType, { id, name, type, data }).runNode();
		return judgeAnswer(response?.[0]?.[0]?.json, test.rules);
	} catch (error) {
		Container.get(ErrorReporter).error(error);
		return judgeError(error as RequestError, test.rules);
	}
}

type CredentialTest = NonNullable<ICredentialType['test']>;

function dummyNodeType(packages: Packages, type: string, { request }: CredentialTest): INodeType {
	const { description } = packages.getByNameAndVersion('n8n-nodes-base.noOp');
	return {
		description: {
			...description,
			credentials: [{ name: type, required: true }],
			properties: [
				{ displayName: 'Temp', name: 'temp', type: 'string', default: '', routing: { request } },
			],
		},
	};
}

/** NodeApiError around what the HTTP library threw. */
interface RequestError {
	message: string;
	cause?: { code?: string; response?: { status: number; statusText: string } };
}

function judgeError({ message, cause }: RequestError, rules: CredentialTest['rules'] = []) {
	if (!cause?.response) return failed(cause?.code ?? message);
	const { status, statusText } = cause.response;
	for (const { type, properties } of rules) {
		if (type === 'responseCode' && properties.value === status) return failed(properties.message);
	}
	return failed(statusText || `Received HTTP status code: ${status}`);
}

function judgeAnswer(answer: unknown, rules: CredentialTest['rules'] = []) {
	for (const rule of rules) {
		if (rule.type !== 'responseSuccessBody') continue;
		if (get(answer, rule.properties.key) === rule.properties.value) {
			return failed(rule.properties.message);
		}
	}
	return { status: 'OK' as const, message: 'Connection successful!' };
}

const failed = (message: string) => ({ status: 'Error' as const, message });
