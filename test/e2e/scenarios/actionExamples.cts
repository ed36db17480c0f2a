import assert from 'node:assert/strict';
import type { IncomingMessage } from 'node:http';
import { sandboxAlarms } from '../../../scripts/sandbox/alarms.cts';
import { startModel } from '../model.cts';
import type { Scenario } from '../scenario.cts';
import { operator, output } from '../workflows.cts';
import { withOwnCoc, withServer } from './story.cts';

const NOT_ACCEPTED = 'INCIDENT_STATUS_TRIGGERED';

/** The examples around what can be done with a ticket now, and around it, with n8n's own nodes. */
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
		name: 'examples/war-room-for-alarm-storm.json calls people once, and clears the alarms',
		run: (context) =>
			withOwnCoc(context, async (coc, example) => {
				const alarms = sandboxAlarms(Date.now()).map((alarm) => coc.alarms.add(alarm));
				const texts: string[] = [];
				const take = ({ method }: IncomingMessage, body: string) => {
					if (method === 'POST') texts.push((JSON.parse(body) as { text: string }).text);
					return 200;
				};
				await withServer(take, async (address) => {
					const workflow = example('war-room-for-alarm-storm', address);
					for (const outcome of ['applied', 'existing']) {
						const { status, runData, error } = await context.client.run(workflow);
						assert.equal(status, 'success', error?.message);
						for (const name of ['Create Incident', 'Create War Room']) {
							const [item] = output(runData[name]?.[0]);
							assert.deepEqual([name, item?.json['outcome']], [name, outcome]);
						}
						assert.equal(output(runData['Clear Alarms']?.[0]).length, alarms.length);
					}
				});
				const [ticket, ...others] = coc.tickets.all();
				const rooms = coc.warRooms.all();
				assert.deepEqual([others.length, rooms.length], [0, 1]);
				for (const { status, incident } of alarms) {
					assert.deepEqual([status, incident], ['resolved', ticket?.number]);
				}
				const message = `${ticket?.number}: Payments time out. Please join war room ${rooms[0]?.number}.`;
				assert.deepEqual(texts, [message]);
			}),
	},
	{
		name: 'examples/agent-asks-before-it-acts.json asks, acts, and reads what is possible instead',
		run: (context) =>
			withOwnCoc(context, async (coc, example) => {
				const open = coc.addTicket({ status: NOT_ACCEPTED });
				const solved = coc.addTicket();
				// A round each: what is asked for at once, n8n 1.x does at once.
				const model = await startModel(
					[{ name: 'Get_Available_Actions', arguments: { ticket: open.number } }],
					[{ name: 'Accept', arguments: { ticket: open.number } }],
					[{ name: 'Add_Remark', arguments: { ticket: open.number, remark: 'Taken over' } }],
					[{ name: 'Forward', arguments: { ticket: solved.number, comment: 'Please look' } }],
				);
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
