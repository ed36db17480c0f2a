/** The examples around what can be done with a ticket now. */
import { beforeEach, describe, expect, test } from '@jest/globals';
import type { Ticket } from '../standin/index.cts';
import { flowNodes } from '../support/flowNodes.cts';
import { scriptedAgent, type ToolCall, type Told } from '../support/scriptedAgent.cts';
import { withTool } from '../support/tools.cts';
import { useQuickTime } from '../support/quickTime.cts';
import { useExamples } from './runExample.cts';

useQuickTime();
const PERSON = '7da46971b7e24eed90cf777cc2ff8b91';
const ANNE = 'a'.repeat(32);
const NOT_ACCEPTED = 'INCIDENT_STATUS_TRIGGERED';
const ACCEPTED = 'INCIDENT_STATUS_ACKNOWLEDGED';

describe('escalate-unaccepted-incidents.json', () => {
	const ifs = ['Still Not Accepted?', 'Change Level Offered?'];
	const examples = useExamples(['Settings', 'Not Escalated Yet', ...ifs]);
	beforeEach(() => {
		Object.assign(examples.packages.baseNodes, flowNodes);
	});

	const waiting = (minutes: number, more: Partial<Ticket> = {}) =>
		examples.coc.addTicket({
			...{ status: NOT_ACCEPTED, assignee: ANNE, level: 'level_30' },
			createTime: Date.now() - minutes * 60_000,
			...more,
		});
	const escalate = async () => {
		const run = await examples.run('escalate-unaccepted-incidents');
		expect(run.executionError).toBeUndefined();
		const said = (node: string, field: string) => run.outputs(node).map(({ json }) => json[field]);
		return {
			run,
			escalated: said('Tell Chat', 'ticket'),
			troubles: said('Tell Chat of Trouble', 'error'),
		};
	};

	test('forwards what nobody accepted in 15 minutes, and says why its level stays', async () => {
		const late = waiting(16);
		const others = [
			waiting(14),
			waiting(60 * 25),
			waiting(16, { status: ACCEPTED }),
			waiting(16, { status: 'INCIDENT_STATUS_RESOLVED' }),
		];
		const { escalated, troubles } = await escalate();
		expect([escalated, troubles]).toEqual([[late.number], []]);
		expect(late).toMatchObject({ assignee: PERSON, level: 'level_30', status: NOT_ACCEPTED });
		expect(late.history.at(-1)).toMatchObject({
			action: 'unAcceptedForward',
			comment:
				'Escalated: nobody accepted it within 15 minutes. Its level stays: COC changes it only once the ticket is accepted.',
		});
		for (const other of others) expect(other.assignee).toBe(ANNE);
	});

	test('never forwards the same ticket twice, however often it runs', async () => {
		const late = waiting(16);
		for (const expected of [[late.number], [], []]) {
			expect((await escalate()).escalated).toEqual(expected);
		}
		expect(late.history.filter(({ action }) => action === 'unAcceptedForward')).toHaveLength(1);
	});

	test('nor when the answer to the first one was lost', async () => {
		const late = waiting(16);
		examples.coc.fault({ kind: 'resetAfter', times: 1, match: { path: /actions$/ } });
		const { run } = await escalate();
		expect(run.outputs('Forward').map(({ json }) => json['outcome'])).toEqual(['recovered']);
		expect((await escalate()).escalated).toEqual([]);
		expect(late.history.filter(({ action }) => action === 'unAcceptedForward')).toHaveLength(1);
	});

	test('leaves alone what somebody accepts right before its turn', async () => {
		const late = waiting(16);
		const { filter } = flowNodes;
		examples.packages.baseNodes['filter'] = {
			description: filter!.description,
			async execute(...given) {
				late.status = ACCEPTED;
				return await filter!.execute!.call(this, ...given);
			},
		};
		const { run, escalated, troubles } = await escalate();
		expect([escalated, troubles]).toEqual([[], []]);
		expect(run.outputs('Accepted Meanwhile').map(({ json }) => json['ticket'])).toEqual([
			late.number,
		]);
		expect(late.assignee).toBe(ANNE);
	});

	/** A COC that offers another level before acceptance, to so many calls. */
	const offerLevel = (times: number) => {
		const operations = ['accepted', 'unAcceptedForward', 'changeLevel'].map((key) => ({
			...{ task_id: 'task', key },
		}));
		const data = [{ type: 'OperateNode', name: 'n', key: 'n', state: 'running', operations }];
		const body = JSON.stringify({ error_code: 'GOM.00000000', error_msg: null, data });
		examples.coc.fault({ ...{ kind: 'raw', status: 200, body, times }, match: { path: /tasks$/ } });
		return body;
	};

	test('raises the level first where COC offers that before acceptance', async () => {
		const late = waiting(16);
		const body = offerLevel(2);
		examples.coc.fault({ ...{ kind: 'raw', status: 200, body }, match: { path: /actions$/ } });
		const { escalated } = await escalate();
		expect(escalated).toEqual([late.number]);
		const actions = examples.coc.requests.filter(({ path }) => path.endsWith('/actions'));
		expect(actions.map(({ json }) => json)).toMatchObject([
			{ action: 'changeLevel', params: { virtual_target_level: 'level_10' } },
			{ action: 'unAcceptedForward' },
		]);
		expect(late.history.at(-1)?.comment).toMatch(/Its level is P1 now\.$/);
	});

	test('forwards all the same when the level can’t be changed', async () => {
		const late = waiting(16);
		offerLevel(1);
		const { escalated, troubles } = await escalate();
		expect([escalated, troubles]).toEqual([[late.number], []]);
		expect(late.history.at(-1)?.comment).toMatch(
			/Its level could not be changed: The new level of ticket /,
		);
	});

	test('says in the chat what could not be forwarded', async () => {
		const late = waiting(16);
		examples.coc.fault({
			...{ kind: 'status', status: 403, times: 9 },
			match: { path: /actions$/ },
		});
		const { escalated, troubles } = await escalate();
		expect(escalated).toEqual([]);
		expect(troubles).toEqual([expect.stringMatching(`Ticket ${late.number} was not forwarded: `)]);
	});
});

describe('agent-asks-before-it-acts.json', () => {
	const examples = useExamples(['Agent']);

	/** What the tools told a model that takes these steps. */
	async function converse(next: (told: Told[]) => ToolCall | null): Promise<Told[]> {
		const { packages } = examples;
		packages.baseNodes['agent'] = scriptedAgent(next);
		examples.packages = withTool(packages);
		const run = await examples.run('agent-asks-before-it-acts', [{ chatInput: 'Take it over' }]);
		examples.packages = packages;
		expect(run.executionError).toBeUndefined();
		return (run.outputs('Agent')[0]?.json['told'] ?? []) as Told[];
	}

	const possibleIn = (told: Told | undefined) =>
		((told?.['actions'] ?? []) as Array<{ operation: string }>).map(({ operation }) => operation);

	test('accepts a ticket once COC says that this is possible', async () => {
		const ticket = examples.coc.addTicket({ status: NOT_ACCEPTED });
		const fills = { ticket: ticket.number };
		const told = await converse((before) => {
			if (before.length === 0) return { tool: 'Get Available Actions', fills };
			if (before.length > 1) return null;
			return possibleIn(before[0]).includes('accept') ? { tool: 'Accept', fills } : null;
		});
		expect(told[0]).toMatchObject({ ticket: ticket.number, status: 'Not Accepted' });
		expect(possibleIn(told[0])).toEqual(['accept', 'reject', 'forward', 'addRemark']);
		expect(told[1]).toMatchObject({ ticket: ticket.number, outcome: 'applied' });
		expect(ticket.status).toBe(ACCEPTED);
	});

	test('hands a ticket over with what it has read and noted', async () => {
		const ticket = examples.coc.addTicket({ status: ACCEPTED, assignee: ANNE });
		const fills = { ticket: ticket.number };
		const steps: ToolCall[] = [
			{ tool: 'Get Available Actions', fills },
			{ tool: 'Get', fills },
			{ tool: 'Add Remark', fills: { ...fills, remark: 'The network is fine' } },
			{ tool: 'Forward', fills: { ...fills, comment: 'Please look at the database' } },
		];
		const told = await converse((before) => steps[before.length] ?? null);
		expect(told[1]).toMatchObject({ ticket: ticket.number, assignee: ANNE });
		expect(told.slice(2).map(({ outcome }) => outcome)).toEqual(['applied', 'applied']);
		expect(ticket.assignee).toBe(PERSON);
		expect(ticket.history.slice(-2).map(({ action, comment }) => [action, comment])).toEqual([
			['addRemark', 'The network is fine'],
			['acceptedForward', 'Please look at the database'],
		]);
	});

	test('is told what is possible when it asks for what isn’t, and can go on from there', async () => {
		const ticket = examples.coc.addTicket({ status: 'INCIDENT_STATUS_RESOLVED' });
		const fills = { ticket: ticket.number };
		const told = await converse((before) => {
			if (before.length === 0) return { tool: 'Forward', fills: { ...fills, comment: 'Please' } };
			const possible = before[0]?.details?.['possible'] as string[];
			if (before.length > 1 || !possible.includes('addRemark')) return null;
			return { tool: 'Add Remark', fills: { ...fills, remark: 'It waits for verification' } };
		});
		expect(told[0]?.details).toMatchObject({
			outcome: 'notSent',
			possible: ['verify', 'addRemark'],
		});
		expect(told[0]?.error).toMatch(
			/the ticket's status is "To Be Verified".* Possible now: Verify/,
		);
		expect(told[1]).toMatchObject({ outcome: 'applied' });
	});
});
