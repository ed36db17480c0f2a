/** What surrounds a node while it runs. */
import { ExecuteContext, ExecutionLifecycleHooks, ExternalSecretsProxy } from 'n8n-core';
import { createEmptyRunExecutionData, LoggerProxy, Workflow } from 'n8n-workflow';
import type {
	INode,
	INodeCredentials,
	INodeTypes,
	IWorkflowBase,
	IWorkflowExecuteAdditionalData,
	WorkflowExecuteMode,
} from 'n8n-workflow';
import { createCredentialsHelper, type CredentialStore } from './credentialsHelper.cts';
import { Container } from './instance.cts';
import type { Packages } from './packages.cts';

const notHere = () => {
	throw new Error('Sub-workflows, agents and task runners are not part of this harness');
};

/** What the server gives every execution (its `getBase`): credentials, hooks, its own addresses. */
export function createAdditionalData(
	packages: Packages,
	credentials: CredentialStore,
	mode: WorkflowExecuteMode,
	workflow: Partial<IWorkflowBase> = {},
): IWorkflowExecuteAdditionalData {
	// n8n builds URLs from these addresses; nobody calls them.
	const url = 'http://localhost:5678/';
	return {
		currentNodeExecutionIndex: 0,
		executionId: '1',
		credentialsHelper: createCredentialsHelper(packages, credentials),
		hooks: new ExecutionLifecycleHooks(mode, '1', workflow as IWorkflowBase),
		externalSecretsProxy: Container.get(ExternalSecretsProxy),
		variables: {},
		instanceBaseUrl: url,
		restApiUrl: `${url}rest`,
		formBaseUrl: `${url}form`,
		formWaitingBaseUrl: `${url}form-waiting`,
		formTestBaseUrl: `${url}form-test`,
		webhookBaseUrl: `${url}webhook`,
		webhookWaitingBaseUrl: `${url}webhook-waiting`,
		webhookTestBaseUrl: `${url}webhook-test`,
		mcpBaseUrl: `${url}mcp`,
		mcpTestBaseUrl: `${url}mcp-test`,
		setExecutionStatus: () => {},
		sendDataToUI: (type, data) => LoggerProxy.info(`Sent to the editor: ${type}`, { data }),
		logAiEvent: () => {},
		executeWorkflow: notHere,
		getRunExecutionData: notHere,
		getRuntimeCredential: notHere,
		startRunnerTask: notHere,
	};
}

/** The `this` of a node that runs alone, with one empty item: for calls outside a workflow. */
export function createExecuteContext(
	nodeTypes: INodeTypes,
	type: string,
	credentials: INodeCredentials,
	additionalData: IWorkflowExecuteAdditionalData,
	mode: WorkflowExecuteMode,
	signal?: AbortSignal,
): ExecuteContext {
	const node: INode = {
		id: '1',
		name: 'Node',
		type,
		typeVersion: 1,
		position: [0, 0],
		parameters: {},
		credentials,
	};
	const workflow = new Workflow({ nodes: [node], connections: {}, active: false, nodeTypes });
	const data = { main: [[{ json: {} }]] };
	return new ExecuteContext(
		workflow,
		node,
		additionalData,
		mode,
		createEmptyRunExecutionData(),
		0,
		[],
		data,
		{ node, data, source: null },
		[],
		signal,
	);
}
