import { createRequire } from 'node:module';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { PreparedN8n } from './prepare.cts';

/** One item of a node's output, as n8n stores it. */
export interface Item {
	json: Record<string, unknown>;
	pairedItem?: { item: number } | number | Array<{ item: number }>;
}

/** One run of a node: its outputs by connection type, or the error that stopped it. */
export interface NodeRun {
	data?: Record<string, Array<Item[] | null>>;
	error?: { message: string; description?: string | null; [key: string]: unknown };
	executionStatus: string;
	executionTime: number;
}

/** A finished execution. */
export interface Execution {
	id: string;
	status: string;
	runData: Record<string, NodeRun[]>;
	error?: { message: string; description?: string | null };
}

/** A workflow as the editor saves it. */
export interface Workflow {
	name: string;
	nodes: Array<Record<string, unknown> & { name: string; type: string }>;
	connections: Record<string, unknown>;
	pinData?: Record<string, unknown>;
	settings?: Record<string, unknown>;
}

export type CredentialData = Record<string, unknown>;
export type N8nClient = Awaited<ReturnType<typeof signIn>>;

/** The owner of the test instance. */
export const owner = {
	email: 'owner@example.com',
	firstName: 'Test',
	lastName: 'Owner',
	password: 'End2End-only',
};

/** Sets the owner up and signs in; the client then does over REST what the editor does. */
export async function signIn(url: string, n8n: PreparedN8n) {
	// n8n stores executions in this format and ships the library that reads it.
	const flatted = createRequire(join(n8n.directory, 'package.json'))('flatted') as {
		parse(text: string): unknown;
	};
	const cookies = new Map<string, string>();
	const cookieHeader = () => [...cookies].map(([name, value]) => `${name}=${value}`).join('; ');

	async function call<T>(method: string, path: string, body?: unknown): Promise<T> {
		const response = await fetch(`${url}/rest${path}`, {
			method,
			headers: {
				'content-type': 'application/json',
				'browser-id': 'end-to-end',
				cookie: cookieHeader(),
			},
			...(body !== undefined && { body: JSON.stringify(body) }),
		});
		for (const cookie of response.headers.getSetCookie()) {
			const [pair = ''] = cookie.split(';');
			cookies.set(pair.slice(0, pair.indexOf('=')), pair.slice(pair.indexOf('=') + 1));
		}
		const text = await response.text();
		if (!response.ok) throw new Error(`${method} ${path}: ${response.status} ${text}`);
		return (JSON.parse(text) as { data: T }).data;
	}

	await call('POST', '/owner/setup', owner);
	await call('POST', '/login', { emailOrLdapLoginId: owner.email, password: owner.password });

	/** What n8n stores of an execution. n8n 2.20 stumbles over one that has nothing yet. */
	async function stored(id: string): Promise<{ status: string; data: string }> {
		try {
			return await call('GET', `/executions/${id}`);
		} catch (error) {
			if (!/: 500 .*undefined \(reading 'resultData'\)/.test(String(error))) throw error;
			return { status: 'running', data: '' };
		}
	}

	async function execution(id: string): Promise<Execution> {
		const { status, data } = await stored(id);
		const { resultData } = flatted.parse(data) as { resultData: Omit<Execution, 'id' | 'status'> };
		return { id, status, ...resultData };
	}

	return {
		call,
		cookieHeader,

		/** Saves a credential and returns its id. */
		async createCredential(type: string, name: string, data: CredentialData): Promise<string> {
			return (await call<{ id: string }>('POST', '/credentials', { type, name, data })).id;
		},

		/** Changes fields of a saved credential; the editor sends the others back as it got them. */
		async editCredential(id: string, changes: CredentialData): Promise<void> {
			const { name, type, data } = await call<{ name: string; type: string; data: CredentialData }>(
				'GET',
				`/credentials/${id}?includeData=true`,
			);
			const body = { name, type, data: { ...data, ...changes } };
			await call('PATCH', `/credentials/${id}`, body);
		},

		/** Saves a credential and returns what the editor shows after *Test*. */
		async testCredential(type: string, data: CredentialData) {
			const name = 'Under test';
			const id = await this.createCredential(type, name, data);
			return await call<{ status: string; message: string }>('POST', '/credentials/test', {
				credentials: { id, name, type, data },
			});
		},

		/** Imports a workflow and returns it as n8n saved it. */
		async createWorkflow(workflow: Workflow) {
			return await call<Workflow & { id: string; versionId: string }>('POST', '/workflows', {
				active: false,
				settings: { executionOrder: 'v1' },
				...workflow,
			});
		},

		/** Runs a workflow from its trigger as *Execute workflow* does, until it has finished. */
		async run(workflow: Workflow): Promise<Execution> {
			return await this.finished(await this.start(workflow));
		},

		/** Starts a run in the same way; its execution's ID. */
		async start(workflow: Workflow): Promise<string> {
			return await this.startSaved(await this.createWorkflow(workflow));
		},

		/** Starts a run of a saved workflow in the same way. */
		async startSaved(saved: Workflow & { id: string }): Promise<string> {
			const trigger = saved.nodes.find(({ type }) => /(trigger|\.webhook)$/i.test(type));
			const { executionId } = await call<{ executionId: string }>(
				'POST',
				`/workflows/${saved.id}/run`,
				{ workflowData: saved, triggerToStartFrom: { name: trigger?.name } },
			);
			return executionId;
		},

		/** Waits until an execution waits for a person, and gives what n8n stored of it. */
		async waiting(id: string): Promise<string> {
			const deadline = Date.now() + 60_000;
			while (Date.now() < deadline) {
				const { status, data } = await stored(id);
				if (status === 'waiting') return data;
				if (!['new', 'running'].includes(status)) {
					throw new Error(`Execution ${id} did not wait: ${status} ${data}`);
				}
				await sleep(50);
			}
			throw new Error(`Execution ${id} doesn't wait`);
		},

		/** Waits for an execution's end. */
		async finished(id: string): Promise<Execution> {
			const deadline = Date.now() + 60_000;
			while (Date.now() < deadline) {
				const { status } = await stored(id);
				if (!['new', 'running', 'waiting'].includes(status)) return await execution(id);
				await sleep(50);
			}
			throw new Error(`Execution ${id} has no end`);
		},

		/** Puts a workflow into production, as n8n 2.x and 1.x each do it. */
		async publish({ id, versionId }: { id: string; versionId: string }): Promise<void> {
			if (n8n.version.startsWith('1.')) await call('PATCH', `/workflows/${id}`, { active: true });
			else await call('POST', `/workflows/${id}/activate`, { versionId });
		},

		async unpublish(id: string): Promise<void> {
			if (n8n.version.startsWith('1.')) await call('PATCH', `/workflows/${id}`, { active: false });
			else await call('POST', `/workflows/${id}/deactivate`);
		},

		/** The executions of a workflow once they have ended, in their order; all, or those with a status. */
		async executionsOf(workflowId: string, status?: string[]): Promise<Execution[]> {
			const filter = encodeURIComponent(JSON.stringify({ workflowId, status }));
			const { results } = await call<{ results: Array<{ id: string }> }>(
				'GET',
				`/executions?filter=${filter}&limit=100`,
			);
			const ids = results.map(({ id }) => id).sort((a, b) => Number(a) - Number(b));
			return await Promise.all(ids.map((id) => this.finished(id)));
		},

		/** How many executions of a workflow n8n shows in each status. */
		async countByStatus(workflowId: string): Promise<Record<string, number>> {
			const counts: Record<string, number> = {};
			for (const status of [
				'new',
				'running',
				'waiting',
				'success',
				'error',
				'crashed',
				'canceled',
			]) {
				const filter = encodeURIComponent(JSON.stringify({ workflowId, status: [status] }));
				const found = await call<{ count: number; results: Array<{ status: string }> }>(
					'GET',
					`/executions?filter=${filter}&limit=1`,
				);
				counts[status] = found.count;
			}
			return counts;
		},

		/** The stored text of every execution; n8n numbers them from 1. */
		async storedExecutions(): Promise<string[]> {
			const { count } = await call<{ count: number }>('GET', '/executions');
			const ids = Array.from({ length: count }, (_, index) => index + 1);
			return await Promise.all(
				ids.map(async (id) => JSON.stringify(await call('GET', `/executions/${id}`))),
			);
		},
	};
}
