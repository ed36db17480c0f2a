import assert from 'node:assert/strict';
import { startModel } from '../model.cts';
import type { Scenario } from '../scenario.cts';
import { operator } from '../workflows.cts';
import { withOwnCoc, withServer } from './story.cts';

const NOT_ACCEPTED = 'INCIDENT_STATUS_TRIGGERED';

/** The examples around what can be done with a ticket now, with n8n's own nodes. */
export const actionExamples: Scenario[] = [
	{
		name: 'examples/escalate-unaccepted-incidents.json forwards what nobody accepted, once',
		run: (context) =>
			withOwnCoc(context, async (coc, example) => {
				const add = (minutes: number) =>
					coc.addTicket({
						...{ status: NOT_ACCEPTED, assignee: 'a'.repeat(32) },
						createTime: Date.now() - minutes * 60_000,
					});
				const [late] = [add(16), add(5)];
				const texts: string[] = [];
				const take = (_: unknown, body: string) => {
					texts.push((JSON.parse(body) as { text: string }).text);
					return 200;
				};
				await withServer(take, async (address) => {
					const workflow = example('escalate-unaccepted-incidents', address);
					for (let run = 1; run <= 2; run++) {
						const { status, error } = await context.client.run(workflow);
						assert.equal(status, 'success', error?.message);
					}
				});
				assert.equal(late.assignee, operator);
				assert.equal(texts.length, 1);
				assert.match(texts[0]!, new RegExp(`^${late.number} escalated to .* Its level stays`));
			}),
	},
	{
		name: 'examples/agent-asks-before-it-acts.json asks, acts, and reads what is possible instead',
		run: (context) =>
			withOwnCoc(context, async (coc, example) => {
				const open = coc.addTicket({ status: NOT_ACCEPTED });
				const solved = coc.addTicket();
				const model = await startModel([
					{ name: 'Get_Available_Actions', arguments: { ticket: open.number } },
					{ name: 'Accept', arguments: { ticket: open.number } },
					{ name: 'Add_Remark', arguments: { ticket: open.number, remark: 'Taken over' } },
					{ name: 'Forward', arguments: { ticket: solved.number, comment: 'Please look' } },
				]);
				try {
					const id = await context.client.createCredential('openAiApi', 'Example model', {
						...{ apiKey: 'none', url: model.url, header: false },
					});
					const workflow = example('agent-asks-before-it-acts');
					const at = workflow.nodes.find(({ name }) => name === 'Model')!;
					Object.assign(at, { credentials: { openAiApi: { id, name: 'Example model' } } });
					const trigger = 'When Chat Message Received';
					const message = {
						chatInput: 'Please take it over',
						sessionId: '1',
						action: 'sendMessage',
					};
					workflow.pinData = { [trigger]: [{ json: message }] };
					const { status, error } = await context.client.run(workflow);
					assert.equal(status, 'success', error?.message);
					const told = model.toolAnswers();
					assert.equal(told.length, 4);
					assert.ok(told.some((answer) => answer.includes('"operation":"accept"')));
					const refused = told.find((answer) => answer.includes(solved.number)) ?? '';
					assert.match(refused, /Possible now: Verify/);
					assert.equal(open.status, 'INCIDENT_STATUS_ACKNOWLEDGED');
					assert.equal(solved.status, 'INCIDENT_STATUS_RESOLVED');
				} finally {
					model.close();
				}
			}),
	},
];
