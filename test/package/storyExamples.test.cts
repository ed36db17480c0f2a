/**
 * The examples around a ticket's story, on the engine: our node is real, as is COC's stand-in. Of
 * n8n's own nodes stands here only what the engine needs; the end-to-end run has the real ones.
 */
import { expect, test } from '@jest/globals';
import type { INodeType } from 'n8n-workflow';
import type { TicketStatus } from '../standin/index.cts';
import { useQuickTime } from '../support/quickTime.cts';
import { useExamples } from './runExample.cts';

useQuickTime();
const PERSON = '7da46971b7e24eed90cf777cc2ff8b91';
const examples = useExamples(['Health Check', 'Check Service']);

test('from-incident-to-verification.json takes a ticket from its creation to its end', async () => {
	examples.coc.quirks.creationMs = 1500;
	const run = await examples.run('from-incident-to-verification');
	expect(run.executionError).toBeUndefined();
	const [created] = run.outputs('Create');
	expect(created?.json).toMatchObject({ outcome: 'applied', available: true });
	const [read] = run.outputs('Get');
	expect(read?.json).toMatchObject({ ticket: created?.json['ticket'], status: 'Completed' });
	expect(run.outputs('Get Many').map(({ json }) => json['ticket'])).toEqual([read?.json['ticket']]);
	const [ticket] = examples.coc.tickets.all();
	expect(ticket).toMatchObject({ status: 'INCIDENT_STATUS_COMPLETED', creator: PERSON });
	expect(ticket?.history.map(({ action }) => action)).toEqual([
		'create',
		'acceptedIncident1',
		'commitSolution1',
		'confirm',
	]);
});

test('create-incident-from-alarm.json creates what the alarm says', async () => {
	const run = await examples.run('create-incident-from-alarm');
	expect(run.executionError).toBeUndefined();
	expect(run.outputs('Created').map(({ json }) => json['available'])).toEqual([true]);
	expect(examples.coc.tickets.all()).toMatchObject([
		{
			level: 'level_10',
			title: 'Payments time out',
			source: 'incident_source_alarm',
			isServiceInterrupt: true,
			startTime: Date.parse('2026-03-22T15:15:06Z'),
			assignee: PERSON,
		},
	]);
});

test('create-incident-from-alarm.json creates one ticket when the answer is lost, and says so', async () => {
	examples.coc.fault({
		kind: 'resetAfter',
		times: 9,
		match: { path: '/v1/external/incident/create' },
	});
	const run = await examples.run('create-incident-from-alarm');
	const outcomes = run.outputs('Not Created').map(({ json }) => json['details']);
	expect(outcomes).toMatchObject([{ outcome: 'unknown' }]);
	expect(examples.coc.tickets.all()).toHaveLength(1);
});

test('verify-by-health-check.json verifies by what the monitoring says, and only then', async () => {
	const add = (minutes: number) =>
		examples.coc.addTicket({ createTime: Date.now() - minutes * 60_000 }).number;
	const answers = new Map([
		[add(1), 200],
		[add(2), 503],
		[add(3), 404],
	]);
	examples.coc.addTicket({ status: 'INCIDENT_STATUS_ACKNOWLEDGED' });
	examples.packages.baseNodes['httpRequest'] = answering(answers);
	const run = await examples.run('verify-by-health-check');
	expect(run.executionError).toBeUndefined();
	const tickets = [...answers.keys()];
	expect(run.outputs('Verified').map(({ json }) => [json['ticket'], json['result']])).toEqual([
		[tickets[0], true],
		[tickets[1], false],
	]);
	expect(run.outputs('Verified')[1]?.json['comment']).toBe(
		'Health check still fails (HTTP 503): the answer',
	);
	expect(run.outputs('Not Verified').map(({ json }) => json['details'])).toMatchObject([
		{ ticket: tickets[2], outcome: 'notSent' },
	]);
	expect(examples.coc.tickets.get(tickets[2]!)?.status).toBe('INCIDENT_STATUS_RESOLVED');
});

test('verify-by-health-check.json isn’t held up by old tickets without a verdict', async () => {
	const day = 86_400_000;
	const add = (days: number) =>
		examples.coc.addTicket({ createTime: Date.now() - days * day }).number;
	const old = Array.from({ length: 30 }, () => add(9));
	const [ancient, recent] = [add(31), add(1)];
	const answers = [
		...old.map((one) => [one, 404] as const),
		[recent, 200],
		[ancient, 200],
	] as const;
	examples.packages.baseNodes['httpRequest'] = answering(new Map(answers));
	const run = await examples.run('verify-by-health-check');
	expect(run.outputs('Verified').map(({ json }) => json['ticket'])).toEqual([recent]);
	expect(run.outputs('Not Verified')).toHaveLength(old.length);
});

test('verify-when-monitoring-is-green.json verifies only by what the monitoring says', async () => {
	const answers = new Map([
		[examples.coc.addTicket().number, 200],
		[examples.coc.addTicket().number, 503],
		[examples.coc.addTicket().number, 401],
		[examples.coc.addTicket().number, undefined],
	]);
	examples.packages.baseNodes['httpRequest'] = answering(answers);
	const tickets = [...answers.keys()];
	const events = tickets.map((ticket) => ({ event: 'waitingForVerification', ticket }));
	const run = await examples.run('verify-when-monitoring-is-green', events);
	expect(run.executionError).toBeUndefined();
	expect(run.outputs('Verify').map(({ json }) => [json['ticket'], json['result']])).toEqual([
		[tickets[0], true],
		[tickets[1], false],
	]);
	expect(run.outputs('Verify', 1).map(({ json }) => json['details'])).toMatchObject([
		{ ticket: tickets[2], outcome: 'notSent' },
		{ ticket: tickets[3], outcome: 'notSent' },
	]);
	expect(tickets.map((ticket) => examples.coc.tickets.get(ticket)?.status.slice(16))).toEqual([
		'COMPLETED',
		'ACKNOWLEDGED',
		'RESOLVED',
		'RESOLVED',
	]);
});

test('verify-from-other-system.json verifies once, however often the other system sends', async () => {
	const ticket = examples.coc.addTicket();
	const body = { event: 'resolved', key: 'OPS-7', cocTicket: ticket.number, resolution: 'Fixed' };
	for (const outcome of ['applied', 'alreadyVerified']) {
		const run = await examples.run('verify-from-other-system', [{ body }]);
		expect(run.executionError).toBeUndefined();
		expect(run.outputs('Verified').map(({ json }) => json['outcome'])).toEqual([outcome]);
	}
	const verified = ticket.history.filter(({ action }) => action === 'confirm');
	expect(verified.map(({ comment }) => comment)).toEqual(['OPS-7: Fixed']);
});

test('report-open-incidents.json finds the open P1 and P2, the oldest first', async () => {
	const day = 86_400_000;
	const add = (level: string, status: TicketStatus, age: number) =>
		examples.coc.addTicket({ level, status, createTime: Date.now() - age * day }).number;
	const newer = add('level_10', 'INCIDENT_STATUS_ACKNOWLEDGED', 1);
	const older = add('level_20', 'INCIDENT_STATUS_TRIGGERED', 9);
	add('level_10', 'INCIDENT_STATUS_COMPLETED', 2);
	add('level_30', 'INCIDENT_STATUS_TRIGGERED', 3);
	add('level_10', 'INCIDENT_STATUS_TRIGGERED', 120);
	const run = await examples.run('report-open-incidents');
	expect(run.executionError).toBeUndefined();
	expect(run.outputs('Open P1 and P2').map(({ json }) => [json['ticket'], json['level']])).toEqual([
		[older, 'P2'],
		[newer, 'P1'],
	]);
});

test('report-open-incidents.json goes on when there is none', async () => {
	const run = await examples.run('report-open-incidents');
	expect(run.outputs('Open P1 and P2').map(({ json }) => json)).toEqual([{}]);
	expect(run.outputs('Send')).toHaveLength(1);
});

/** The HTTP Request node with its full response: a status for each ticket, or an error without one. */
function answering(statuses: Map<string, number | undefined>): INodeType {
	return {
		description: examples.packages.getByNameAndVersion('n8n-nodes-base.httpRequest', 4.2)
			.description,
		execute() {
			const items = this.getInputData().map(({ json }, item) => {
				const statusCode = statuses.get(json['ticket'] as string);
				const answer =
					statusCode === undefined ? { error: 'none' } : { statusCode, data: 'the answer' };
				return { json: answer, pairedItem: { item } };
			});
			return Promise.resolve([items, []]);
		},
	};
}
