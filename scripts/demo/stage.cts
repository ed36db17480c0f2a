import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { IDataObject } from 'n8n-workflow';
import { runWorkflow, type Packages, type WorkflowJson } from '../../test/engine/index.cts';
import { paint } from '../terminal.cts';

export const root = join(__dirname, '..', '..');

/** Where COC is, and what opens it. */
export interface Access {
	endpoint: string;
	token: string;
}

/** Runs an example workflow on n8n-core's engine; by default over its own pinned items. */
export async function runExample(
	name: string,
	packages: Packages,
	{ endpoint, token }: Access,
	input?: IDataObject[],
) {
	const file = join(root, 'examples', `${name}.json`);
	const run = await runWorkflow({
		workflow: JSON.parse(readFileSync(file, 'utf8')) as WorkflowJson,
		packages,
		credentials: {
			huaweiCloudCoc: {
				id: 'huaweiCloudCoc',
				name: 'Huawei Cloud COC account',
				type: 'huaweiCloudCocApi',
				data: { endpoint, authentication: 'token', token, ignoreSslIssues: false },
			},
		},
		...(input && { input }),
	});
	if (run.executionError) throw new Error(run.executionError.message);
	return run;
}

/** The ticket's status as its detail tells it, without n8n (ShowIncidentDetail). */
export async function readStatus({ endpoint, token }: Access, ticket: string): Promise<string> {
	const path = `/v1/external/incident/${encodeURIComponent(ticket)}`;
	try {
		const response = await fetch(endpoint.trim().replace(/\/+$/, '') + path, {
			headers: { 'X-Auth-Token': token },
			redirect: 'error',
		});
		const { data } = (await response.json()) as { data?: { status?: string } | null };
		return data?.status ?? `not readable (HTTP ${response.status})`;
	} catch {
		return 'not readable';
	}
}

export function heading(text: string): void {
	console.log(`\n${paint('bold', text)}`);
}
