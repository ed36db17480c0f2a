import assert from 'node:assert/strict';
import { startIam } from '../../standin/iam.cts';
import { startStandIn, type StandIn } from '../../standin/index.cts';
import type { Context } from '../context.cts';
import type { Scenario } from '../scenario.cts';
import { credential, credentialType, node, nodeType, output, overTickets } from '../workflows.cts';

const [waiting, accepted, solved] = ['Not Accepted', 'Accepted', 'To Be Verified'];

/** What two people do with a ticket, one node each, and what its history then says. */
const steps: Step[] = [
	{
		...{ who: 'lead', operation: 'create', recorded: 'Create', status: waiting },
		fields: {
			...{ title: 'Payments fail', level: 'level_30', type: 'inc_type_p_function_issues' },
			options: { waitUntilAvailable: true },
		},
	},
	{
		...{ who: 'lead', operation: 'forward', recorded: 'Forward', status: waiting },
		fields: { comment: 'Please look at the database', analysis: 'The network is fine' },
	},
	{ ...{ who: 'handler', operation: 'accept', recorded: 'Accept', status: accepted }, fields: {} },
	{
		...{ who: 'handler', operation: 'changeLevel', recorded: 'Change level', status: accepted },
		fields: { level: 'level_50', reason: 'Only one shop is concerned' },
	},
	{
		...{ who: 'lead', operation: 'approve', recorded: 'Agree', status: accepted },
		fields: { comment: 'P5 is right' },
	},
	{
		...{ who: 'handler', operation: 'pause', recorded: 'Pause', status: accepted },
		fields: { until: '2035-03-22T15:15:06Z', reason: 'The disk arrives on Monday' },
	},
	{
		...{ who: 'lead', operation: 'approve', recorded: 'Agree', status: accepted },
		fields: { comment: 'Fine until Monday', request: 'pause' },
	},
	{ ...{ who: 'handler', operation: 'resume', recorded: 'Resume', status: accepted }, fields: {} },
	{
		...{ who: 'handler', operation: 'addRemark', recorded: 'Add remark', status: accepted },
		fields: { remark: 'The disk is there' },
	},
	solution('Disk replaced'),
	verification(false, 'Still fails', accepted),
	solution('The other disk replaced as well'),
	verification(true, 'Payments work again', 'Completed'),
];

export const life: Scenario[] = [
	{
		name: 'a whole life: every step of two people is applied once, and the history tells them all',
		run: (context) =>
			withPeople(context, async ({ coc, credentials, ids }) => {
				const names = steps.map(({ operation }, index) => `${index + 1} ${operation}`);
				const workflow = overTickets(
					['none yet'],
					...steps.map(({ who, operation, fields }, index) =>
						operate(names[index] ?? '', credentials[who], operation, {
							...(operation === 'create' && { assignee: person(ids.lead) }),
							...(operation === 'forward' && { assignee: person(ids.handler) }),
							...fields,
						}),
					),
					operate('History', credentials.lead, 'getHistory', {
						...{ returnAll: true, sort: { direction: 'asc' } },
					}),
				);
				workflow.name = 'A whole life';
				const { status, runData, error } = await context.client.run(workflow);
				assert.equal(status, 'success', error?.message);
				const outcomes = names.map((name) => output(runData[name]?.[0])[0]?.json['outcome']);
				assert.deepEqual(
					outcomes,
					names.map(() => 'applied'),
				);

				const [ticket] = coc.tickets.all();
				const entries = output(runData['History']?.[0]).map(({ json }) => json);
				assert.deepEqual(
					entries.map((entry) => [
						...[entry['action'], entry['operatorName'], entry['comment'], entry['status']],
					]),
					steps.map(({ who, recorded, fields, status }) => [
						...[recorded, people[who], saidIn(fields), status],
					]),
				);
				const times = entries.map(({ startedAt }) => String(startedAt));
				assert.deepEqual(times, [...times].sort());
				for (const entry of entries) {
					assert.deepEqual([entry['ticket'], entry['complete']], [ticket?.number, true]);
				}
				const { level, assignee, paused, approval } = ticket ?? {};
				assert.deepEqual(
					{ level, assignee, paused, approval },
					{ level: 'level_50', assignee: ids.handler, paused: false, approval: null },
				);
			}),
	},
	{
		name: 'a step that is not possible now: its item names those that are, as Get Available Actions does',
		run: (context) =>
			withPeople(context, async ({ coc, credentials, ids }) => {
				const { number } = coc.addTicket({
					...{ status: 'INCIDENT_STATUS_ACKNOWLEDGED', assignee: ids.handler },
				});
				const refused = operate('Resume', credentials.handler, 'resume', {});
				const onError = 'continueRegularOutput';
				const { status, runData, error } = await context.client.run(
					overTickets(
						[number],
						operate('Actions', credentials.handler, 'getActions', {}),
						Object.assign(refused, { onError }),
					),
				);
				assert.equal(status, 'success', error?.message);
				assert.ok(coc.requests.every(({ applied }) => !applied));
				const [found] = output(runData['Actions']?.[0]).map(({ json }) => json);
				const actions = found?.['actions'] as Array<{ operation: string }>;
				const possible = ['submitSolution', 'forward', 'changeLevel', 'pause', 'addRemark'];
				assert.deepEqual(
					[found?.['ticket'], found?.['status'], actions.map(({ operation }) => operation)],
					[number, 'Accepted', possible],
				);
				const [item] = output(runData['Resume']?.[0]).map(({ json }) => json);
				const details = item?.['details'] as Record<string, unknown>;
				assert.deepEqual([details['outcome'], details['possible']], ['notSent', possible]);
				assert.match(String(item?.['error']), /"Accepted".*Possible now: Submit Solution/);
			}),
	},
];

const people = { lead: 'Lena Lead', handler: 'Hanno Handler' };
type Who = keyof typeof people;

interface Step {
	who: Who;
	operation: string;
	/** The node's parameters beside the ticket. */
	fields: Record<string, unknown>;
	/** What the history calls it. */
	recorded: string;
	/** The ticket's status after it. */
	status: string | undefined;
}

function solution(text: string): Step {
	return {
		...{ who: 'handler', operation: 'submitSolution', recorded: 'Submit solution', status: solved },
		fields: { type: 'inc_type_p_reliability_issues', cause: 'A disk failed', solution: text },
	};
}

function verification(result: boolean, comment: string, status: string | undefined): Step {
	const step = { who: 'lead', operation: 'verify', recorded: 'Verify' } as const;
	return { ...step, status, fields: { result, comment } };
}

/** What the history repeats of a step's texts. */
function saidIn({ comment, reason, remark }: Step['fields']): unknown {
	return comment ?? reason ?? remark ?? null;
}

function person(id: string) {
	return { __rl: true, mode: 'id', value: id };
}

function operate(name: string, credentialId: string, operation: string, fields: object) {
	const ticket = { __rl: true, mode: 'number', value: '={{ $json.ticket }}' };
	const parameters = { resource: 'incident', operation, ticket, ...fields };
	return node(name, nodeType, 1, parameters, credential(credentialId));
}

interface People {
	coc: StandIn;
	/** Ids of saved credentials, and of IAM users. */
	credentials: Record<Who, string>;
	ids: Record<Who, string>;
}

/**
 * A COC where nobody does another one's task, the lead approves what has to be approved, and a new
 * ticket takes its time; and the credentials of two IAM users of it.
 */
async function withPeople(context: Context, use: (people: People) => Promise<void>): Promise<void> {
	const coc = await startStandIn({ quirks: { cutsTasks: true, refusesOthers: true } });
	const iam = await startIam({ coc });
	const join = async (who: Who) => {
		const login = { accountName: 'account', userName: who, password: context.newPassword() };
		const user = iam.addUser(login);
		context.users.push(user);
		coc.people.set(user.userId, people[who]);
		const fields = { authentication: 'iamUser', endpoint: coc.url, iamEndpoint: iam.url };
		const data = { ...fields, ...login };
		const id = await context.client.createCredential(credentialType, people[who], data);
		return [user.userId, id] as const;
	};
	try {
		const [[lead, leads], [handler, handlers]] = [await join('lead'), await join('handler')];
		const approvers = { people: [lead], all: false };
		Object.assign(coc.quirks, {
			...{ pauseApproval: approvers, deEscalationApproval: approvers },
			...{ creationMs: 1000, emptyTasksMs: 1500 },
		});
		await use({
			coc,
			credentials: { lead: leads, handler: handlers },
			ids: { lead, handler },
		});
	} finally {
		await Promise.all([coc.close(), iam.close()]);
	}
}
