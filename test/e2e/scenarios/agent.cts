import assert from 'node:assert/strict';
import { startModel, type ToolCall } from '../model.cts';
import type { Context } from '../context.cts';
import { newestN8n } from '../prepare.cts';
import type { Scenario } from '../scenario.cts';
import { credential, node, operator, toolType, to } from '../workflows.cts';

/** How the editor stores a field that it lets the model fill. */
function fromModel(field: string, type = 'string'): string {
	return `={{ /*n8n-auto-generated-fromAI-override*/ $fromAI('${field}', \`\`, '${type}') }}`;
}

/** 3 lets n8n's engine run the tool's node; 2.2 calls the tool from within the agent. */
const versions = [3, 2.2];

/** The tool variant, called by n8n's AI Agent. */
export const agent: Scenario[] = [
	...versions.flatMap((version): Scenario[] => [
		{
			name: `AI Agent ${version}: two calls for two tickets are both sent, and close nothing unasked`,
			async run(context) {
				const tickets = [context.coc.addTicket(), context.coc.addTicket()];
				const answers = await ask(
					context,
					{ version },
					tickets.map(({ number }) => ({ ticket: number, comment: 'Still failing' })),
				);
				assert.deepEqual(
					tickets.map(({ status }) => status),
					['INCIDENT_STATUS_ACKNOWLEDGED', 'INCIDENT_STATUS_ACKNOWLEDGED'],
				);
				for (const answer of answers) assert.match(answer, /"outcome":"applied"/);
			},
		},
		{
			name: `AI Agent ${version}: the model fills 'Result', and reads why COC refuses`,
			run: (context) =>
				assertRefusalIsTold(context, { version, settings: { onError: 'continueRegularOutput' } }),
		},
	]),
	{
		name: 'AI Agent 3: the model reads why COC refuses when the tool has no On Error setting',
		async run(context) {
			try {
				await assertRefusalIsTold(context, { version: 3 });
			} catch (error) {
				// An older n8n ends the agent's run with it.
				assert.notEqual(context.n8n.version, newestN8n, String(error));
				assert.match(String(error), /was not verified: .*INCIDENT_STATUS_ACKNOWLEDGED/);
				console.log('  this n8n ends the run with it, and tells the model nothing');
			}
		},
	},
];

async function assertRefusalIsTold(context: Context, agentOptions: AgentOptions): Promise<void> {
	const ready = context.coc.addTicket();
	const early = context.coc.addTicket({ status: 'INCIDENT_STATUS_ACKNOWLEDGED' });
	const answers = await ask(
		context,
		{ ...agentOptions, parameters: { result: fromModel('result', 'boolean') } },
		[ready, early].map(({ number }) => ({ ticket: number, comment: 'Ok', result: true })),
	);
	assert.equal(ready.status, 'INCIDENT_STATUS_COMPLETED');
	assert.equal(early.status, 'INCIDENT_STATUS_ACKNOWLEDGED');
	const told = answers.find((answer) => answer.includes(early.number)) ?? '';
	assert.match(told, /not verified/);
}

interface AgentOptions {
	version: number;
	/** Of the tool's node. */
	parameters?: object;
	settings?: object;
}

/** One agent run in which the model calls the tool with these arguments; returns the tool's answers. */
async function ask(
	{ client, credentialId }: Context,
	{ version, parameters, settings }: AgentOptions,
	calls: Array<ToolCall['arguments']>,
): Promise<string[]> {
	const model = await startModel(calls.map((args) => ({ name: 'Verify', arguments: args })));
	try {
		const modelId = await client.createCredential('openAiApi', 'Model', {
			apiKey: 'none',
			url: model.url,
			header: false,
		});
		const execution = await client.run({
			name: `Agent ${version}`,
			nodes: [
				node('Start', 'n8n-nodes-base.manualTrigger', 1),
				node('Agent', '@n8n/n8n-nodes-langchain.agent', version, {
					promptType: 'define',
					text: 'Verify the tickets',
					options: { enableStreaming: false },
				}),
				node(
					'Model',
					'@n8n/n8n-nodes-langchain.lmChatOpenAi',
					1.2,
					{ model: { __rl: true, mode: 'id', value: 'scripted' }, options: {} },
					{ credentials: { openAiApi: { id: modelId, name: 'Model' } } },
				),
				node(
					'Verify',
					toolType,
					1,
					{
						resource: 'incident',
						operation: 'verify',
						ticket: { __rl: true, mode: 'number', value: fromModel('ticket') },
						operator,
						comment: fromModel('comment'),
						...parameters,
					},
					{ ...credential(credentialId), ...settings },
				),
			],
			connections: {
				Start: { main: [to('Agent')] },
				Model: { ai_languageModel: [to('Agent', 'ai_languageModel')] },
				Verify: { ai_tool: [to('Agent', 'ai_tool')] },
			},
		});
		assert.equal(execution.status, 'success', execution.error?.message);
		return model.toolAnswers();
	} finally {
		model.close();
	}
}
