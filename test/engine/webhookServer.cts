/**
 * Production webhooks as the n8n server has them (its `live-webhooks`, `webhook-helpers` and body
 * parser): each call gets a workflow of its own with what is stored by then, and what is stored
 * afterwards is the copy of whichever call ends last.
 */
import { once } from 'node:events';
import http from 'node:http';
import type { AddressInfo } from 'node:net';
import { HookContext, WebhookContext } from 'n8n-core';
import { Workflow } from 'n8n-workflow';
import type {
	IDataObject,
	IHookFunctions,
	INode,
	INodeExecutionData,
	IWebhookData,
	IWebhookFunctions,
	WorkflowExecuteMode,
} from 'n8n-workflow';
import { createAdditionalData } from './context.cts';
import type { CredentialStore } from './credentialsHelper.cts';
import type { Packages } from './packages.cts';

/** n8n reads no larger body (N8N_PAYLOAD_SIZE_MAX). */
const MAX_BODY = 16 * 1024 * 1024;

export interface WebhookServerOptions {
	packages: Packages;
	credentials: CredentialStore;
	workflowId: string;
	node: INode;
	/** n8n's database: what it has stored of the workflow. */
	store?: { staticData: IDataObject };
	mode?: WorkflowExecuteMode;
}

/** A published workflow whose trigger is a webhook. */
export interface WebhookServer {
	/** The node's URL; a further part of the path is the parameter `secret`. */
	url: string;
	store: { staticData: IDataObject };
	/** The items of each execution that was started, in the order of their starts. */
	executions: INodeExecutionData[][];
	/** What nodes threw: n8n shows each as a failed execution. */
	errors: Error[];
	/** Calls that the node hasn't ended yet, whether answered or not. */
	readonly underWay: number;
	/** Waits until all calls have ended. */
	settled(): Promise<void>;
	close(): Promise<void>;
}

/** Publishes a workflow of one node, as the editor's switch does; throws when the node refuses. */
export async function startWebhookServer(options: WebhookServerOptions): Promise<WebhookServer> {
	const { packages, credentials, workflowId, node, mode = 'webhook' } = options;
	const store = options.store ?? { staticData: {} };
	const nodeType = packages.getByNameAndVersion(node.type, node.typeVersion);
	const webhookDescription = nodeType.description.webhooks![0]!;
	const executions: INodeExecutionData[][] = [];
	const errors: Error[] = [];
	const calls = new Set<Promise<void>>();

	const load = () => {
		const workflow = new Workflow({
			id: workflowId,
			name: 'Workflow',
			nodes: [structuredClone(node)],
			connections: {},
			active: true,
			nodeTypes: packages,
			staticData: structuredClone(store.staticData),
		});
		const additionalData = createAdditionalData(packages, credentials, mode);
		const webhookData: IWebhookData = {
			httpMethod: 'POST',
			node: node.name,
			path: 'coc',
			webhookDescription,
			workflowId,
			workflowExecuteAdditionalData: additionalData,
		};
		const save = () => {
			const { staticData } = workflow;
			if (staticData.__dataChanged !== true) return;
			store.staticData = JSON.parse(JSON.stringify(staticData)) as IDataObject;
		};
		return { workflow, additionalData, webhookData, save };
	};

	async function activate() {
		const { workflow, additionalData, webhookData, save } = load();
		const args = [workflow, workflow.getNode(node.name)!, additionalData] as const;
		const hooks = new HookContext(...args, mode, 'activate', webhookData) as IHookFunctions;
		const methods = nodeType.webhookMethods?.default;
		if (!(await methods?.checkExists.call(hooks))) await methods?.create.call(hooks);
		save();
	}

	async function call(request: Request, response: http.ServerResponse): Promise<void> {
		const { workflow, additionalData, webhookData, save } = load();
		Object.assign(additionalData, { httpRequest: request, httpResponse: response });
		const context = new WebhookContext(
			workflow,
			workflow.getNode(node.name)!,
			additionalData,
			mode,
			webhookData,
			[],
			null,
		) as unknown as IWebhookFunctions;
		try {
			const { workflowData, noWebhookResponse } = await nodeType.webhook!.call(context);
			save();
			if (noWebhookResponse !== true) response.writeHead(200).end('{}');
			const [items] = workflowData ?? [];
			if (items) executions.push(items);
		} catch (error) {
			errors.push(error as Error);
			if (!response.headersSent) response.writeHead(500).end('{}');
		}
	}

	const server = http.createServer((incoming, response) => {
		const ended = read(incoming).then(
			async (request) => {
				if (typeof request === 'number') response.writeHead(request).end('{}');
				else await call(request, response);
			},
			() => void response.destroy(),
		);
		calls.add(ended);
		void ended.finally(() => calls.delete(ended));
	});

	await activate();
	server.listen(0, '127.0.0.1');
	await once(server, 'listening');
	return {
		url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/webhook/coc`,
		...{ store, executions, errors },
		get underWay() {
			return calls.size;
		},
		async settled() {
			while (calls.size > 0) await Promise.all(calls);
		},
		async close() {
			const closed = once(server, 'close');
			server.close();
			server.closeAllConnections();
			await closed;
		},
	};
}

type Request = http.IncomingMessage & {
	rawBody?: Buffer;
	body: unknown;
	params: IDataObject;
	query: IDataObject;
};

/** n8n's body parser; a status when it refuses the request itself. */
async function read(incoming: http.IncomingMessage): Promise<Request | number> {
	const secret = decodeURIComponent(incoming.url?.split('/')[3] ?? '');
	const request = Object.assign(incoming, {
		body: {} as unknown,
		params: (secret === '' ? {} : { secret }) as IDataObject,
		query: {},
	}) as Request;
	const contentType = incoming.headers['content-type']?.split(';')[0] ?? '';
	if (contentType.startsWith('multipart/')) return request;
	const chunks: Buffer[] = [];
	let size = 0;
	for await (const chunk of incoming as AsyncIterable<Buffer>) {
		size += chunk.length;
		if (size <= MAX_BODY) chunks.push(chunk);
	}
	if (size > MAX_BODY) return 413;
	request.rawBody = Buffer.concat(chunks);
	if (size === 0) return request;
	try {
		const text = request.rawBody.toString('utf8');
		if (contentType === 'application/json') request.body = JSON.parse(text) as unknown;
		else if (contentType === 'text/plain') request.body = text;
	} catch {
		return 422;
	}
	return request;
}
