import assert from 'node:assert/strict';
import { startModel } from '../model.cts';
import type { Context } from '../context.cts';
import type { Scenario } from '../scenario.cts';
import { withOwnCoc } from './story.cts';

const NAME = 'agent-verifies-incidents';
const WAITING = 'INCIDENT_STATUS_RESOLVED';

/** n8n takes other callers for previews of a chat, which press no button. */
const BROWSER =
	'Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0.0.0 Safari/537.36';

/** The example whose writes a person approves: what the model asks for, and what became of the ticket. */
export const agentExample: Scenario[] = [
	{
		name: `examples/${NAME}.json sends a verification once a person has approved it`,
		onlyN8n2: true,
		async run(context) {
			const { before, after, told } = await converse(context, true);
			assert.deepEqual([before, after], [WAITING, 'INCIDENT_STATUS_COMPLETED']);
			assert.match(told.at(-1) ?? '', /"outcome":"applied"/);
		},
	},
	{
		name: `examples/${NAME}.json sends nothing that a person has declined, and tells the agent`,
		onlyN8n2: true,
		async run(context) {
			const { before, after, told } = await converse(context, false);
			assert.deepEqual([before, after], [WAITING, WAITING]);
			assert.match(told.at(-1) ?? '', /declined|denied|rejected|not approved|disapproved/i);
		},
	},
];

/** A chat in which the model reads, asks what is possible, and wants to verify. */
async function converse(context: Context, approves: boolean) {
	const run = { before: '', after: '', told: [] as string[] };
	await withOwnCoc(context, async (coc, example) => {
		const ticket = coc.addTicket({ title: 'Payments fail', status: WAITING });
		const Ticket_Number = ticket.number;
		const verification = {
			...{ Ticket_Number, Resolved: true },
			Finding_in_Up_to_300_Characters: 'Payments work again',
		};
		const model = await startModel(
			[{ name: 'Get_Many', arguments: { Status: 'to be verified' } }],
			[
				{ name: 'Get', arguments: { Ticket_Number } },
				{ name: 'Get_Available_Actions', arguments: { Ticket_Number } },
			],
			[{ name: 'Verify', arguments: { toolParameters: verification, hitlParameters: {} } }],
		);
		try {
			const workflow = example(NAME);
			const id = await context.client.createCredential('openAiApi', 'Reviewed model', {
				...{ apiKey: 'none', url: model.url, header: false },
			});
			const at = workflow.nodes.find(({ name }) => name === 'Model')!;
			Object.assign(at, { credentials: { openAiApi: { id, name: 'Reviewed model' } } });
			const message = { chatInput: 'Please verify', sessionId: '1', action: 'sendMessage' };
			workflow.pinData = { 'When Chat Message Received': [{ json: message }] };
			const execution = await context.client.start(workflow);
			const stored = await context.client.waiting(execution);
			run.before = ticket.status;
			assert.ok(
				stored.includes(`Verify ${Ticket_Number} as resolved`),
				'the person reads what for',
			);
			const link = new RegExp(`https?://[^"\\\\]+approved=${approves}[^"\\\\]*`).exec(stored)?.[0];
			assert.ok(link, 'the person gets two buttons');
			const pressed = await fetch(link, { headers: { 'user-agent': BROWSER } });
			assert.match(await pressed.text(), /recorded/i);
			const stop = Date.now() + 30_000;
			while (model.toolAnswers().length < 4 && Date.now() < stop) {
				await new Promise((done) => setTimeout(done, 100));
			}
			run.after = ticket.status;
			run.told = model.toolAnswers();
			assert.match(run.told[0] ?? '', new RegExp(Ticket_Number));
			assert.match(run.told.join(), /"operation":"verify"/);
			const tools = model.tools();
			assert.deepEqual(tools.map(({ name }) => name).sort(), [
				...['Get', 'Get_Available_Actions', 'Get_Many', 'Verify'],
			]);
			const writes = tools.find(({ name }) => name === 'Verify');
			assert.match(writes?.description ?? '', /^Records whether the handling/);
		} finally {
			model.close();
		}
	});
	return run;
}
