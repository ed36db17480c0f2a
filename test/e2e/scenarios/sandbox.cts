import assert from 'node:assert/strict';
import { startSandbox, SANDBOX_PORT } from '../../../scripts/sandbox/sandbox.cts';
import { SAID, startModel } from '../model.cts';
import { newestN8n } from '../prepare.cts';
import type { Item, Workflow } from '../rest.cts';
import type { Scenario } from '../scenario.cts';
import { credentialType, exampleNames, readExample } from '../workflows.cts';
import { listTypes } from './types.cts';

/** Every example as imported: only the credential is chosen, as the editor demands. */
export const sandbox: Scenario[] = [
	{
		name: 'every example runs as imported against the sandbox',
		async run(context) {
			const { client } = context;
			const said: string[] = [];
			const started = await startSandbox({ port: 0, onSaid: (text) => said.push(text) });
			const { endpoint, token } = started.login;
			const stored = { endpoint, authentication: 'token', token };
			const credentialId = await client.createCredential(credentialType, 'Sandbox', stored);
			const model = await startModel();
			const modelId = await client.createCredential('openAiApi', 'Scripted model', {
				...{ apiKey: 'none', url: model.url, header: false },
			});
			try {
				const types = new Set((await listTypes(context, 'nodes')).map(({ name }) => name));
				for (const name of exampleNames) {
					started.reset();
					const before = started.coc.requests.length;
					const workflow = atAddress(readExample(name, credentialId), endpoint);
					const unknown = workflow.nodes.find(({ type }) => !types.has(type));
					if (unknown) {
						assert.notEqual(context.n8n.version, newestN8n, unknown.type);
						console.log(`  ${name} needs a newer n8n, with ${unknown.type}`);
						continue;
					}
					for (const node of workflow.nodes.filter(({ type }) => type.includes('.lmChat'))) {
						node['credentials'] = { openAiApi: { id: modelId, name: 'Scripted model' } };
					}
					const chat = workflow.nodes.find(({ type }) => type.endsWith('.chatTrigger'));
					if (chat) workflow.pinData = { [chat.name]: [{ json: { chatInput: 'Hello' } }] };

					// What answers in a chat waits until the chat shows it; here nobody has opened one.
					if (workflow.nodes.some(({ type }) => type.endsWith('langchain.chat'))) {
						const stored = await client.waiting(await client.start(workflow));
						assert.ok(stored.includes(SAID), `${name}: the agent has not answered`);
						continue;
					}
					const { status, runData, error } = await client.run(workflow);
					assert.deepEqual([name, status, error?.message], [name, 'success', undefined]);
					const failed = Object.values(runData)
						.flat()
						.flatMap(({ data }) => (data?.['main'] ?? []).flatMap((items): Item[] => items ?? []))
						.filter(({ json }) => json['error'] !== undefined);
					assert.deepEqual([name, failed.map(({ json }) => json)], [name, []]);
					const answered = started.coc.requests.slice(before).map(({ status }) => status);
					if (!chat) assert.ok(answered.length > 0, `${name} has sent nothing`);
					const [bad] = answered.filter((status) => status !== 200 && status !== 503);
					assert.deepEqual([name, bad], [name, undefined]);
				}
				for (const sentence of ['escalated to', 'Please join war room WR']) {
					assert.ok(
						said.some((text) => text.includes(sentence)),
						sentence,
					);
				}
			} finally {
				model.close();
				await started.close();
			}
		},
	},
];

/** The sandbox of this run has a free port in place of the usual one. */
function atAddress(workflow: Workflow, endpoint: string): Workflow {
	const text = JSON.stringify(workflow).replaceAll(`http://127.0.0.1:${SANDBOX_PORT}`, endpoint);
	return JSON.parse(text) as Workflow;
}
