/** The example around an alarm storm, on the engine: our node is real, as is COC's stand-in. */
import { beforeEach, expect, test } from '@jest/globals';
import type { INodeType } from 'n8n-workflow';
import { sandboxAlarms } from '../../scripts/sandbox/alarms.cts';
import { LINK, WAR_ROOMS } from '../standin/paths.cts';
import { flowNodes } from '../support/flowNodes.cts';
import { useQuickTime } from '../support/quickTime.cts';
import { useExamples } from './runExample.cts';

useQuickTime();
const PERSON = '7da46971b7e24eed90cf777cc2ff8b91';
const ACCEPTED = 'INCIDENT_STATUS_ACKNOWLEDGED';
const ifs = ['Not Accepted?', 'New War Room?', 'Back?'];
const examples = useExamples([...ifs, 'Health Check']);
/** What the monitoring still answers; then 200. */
let health: number[];

beforeEach(() => {
	health = [];
	Object.assign(examples.packages.baseNodes, flowNodes, { httpRequest: monitoring() });
	for (const alarm of sandboxAlarms(Date.now())) examples.coc.alarms.add(alarm);
});

/** The HTTP Request node with its full response. */
function monitoring(onAsked: () => unknown = () => undefined): INodeType {
	return {
		description: examples.packages.getByNameAndVersion('n8n-nodes-base.httpRequest', 4.2)
			.description,
		execute() {
			onAsked();
			const statusCode = health.shift() ?? 200;
			const items = this.getInputData().map((_, item) => ({
				json: { statusCode },
				pairedItem: { item },
			}));
			return Promise.resolve([items]);
		},
	};
}

async function storm() {
	const run = await examples.run('war-room-for-alarm-storm');
	expect(run.executionError).toBeUndefined();
	const said = (node: string, field: string) => run.outputs(node).map(({ json }) => json[field]);
	return {
		run,
		said,
		told: said('Tell Chat', 'warRoom'),
		troubles: said('Tell Chat of Trouble', 'error'),
	};
}

const statuses = () => examples.coc.alarms.all().map(({ status }) => status);
const sent = (path: string) => examples.coc.requests.filter((request) => request.path === path);

test('makes one incident and one war room of a storm, tells the chat, and clears the alarms', async () => {
	const { told, troubles } = await storm();
	const { tickets, warRooms, alarms } = examples.coc;
	expect(troubles).toEqual([]);
	expect(tickets.all()).toMatchObject([
		{ title: 'Payments time out', source: 'incident_source_alarm', status: ACCEPTED },
	]);
	const [ticket] = tickets.all();
	expect(ticket?.description).toMatch(/^Payments take longer than 10 s \(ALM\d+\); The error rate/);
	expect(alarms.all().map(({ incident }) => incident)).toEqual(Array(3).fill(ticket?.number));
	expect(warRooms.all()).toMatchObject([
		{ title: 'Payments time out', ticket: ticket?.number, admin: PERSON, notificationModes: [] },
	]);
	expect(told).toEqual(warRooms.all().map(({ number }) => number));
	expect(statuses()).toEqual(Array(3).fill('resolved'));
	expect(alarms.all()[0]?.remarks).toBe(`The service answers again: ${ticket?.number}`);
});

test('is harmless a second time: nothing new, and nobody is told again', async () => {
	await storm();
	const { said, told, troubles } = await storm();
	expect(said('Create Incident', 'outcome')).toEqual(['existing']);
	expect(said('Create War Room', 'outcome')).toEqual(['existing']);
	expect([told, troubles]).toEqual([[], []]);
	expect([examples.coc.tickets.all().length, examples.coc.warRooms.all().length]).toEqual([1, 1]);
});

test('ends the alarms only once the monitoring is green', async () => {
	const seen: string[][] = [];
	examples.packages.baseNodes['httpRequest'] = monitoring(() => seen.push(statuses()));
	health = [503, 404];
	await storm();
	expect(seen).toEqual(Array(3).fill(Array(3).fill('alarming')));
	expect(statuses()).toEqual(Array(3).fill('resolved'));
});

test('goes on when somebody accepts the incident meanwhile', async () => {
	const { if: decide } = flowNodes;
	examples.packages.baseNodes['if'] = {
		description: decide!.description,
		async execute(...given) {
			const outputs = await decide!.execute!.call(this, ...given);
			const [ticket] = examples.coc.tickets.all();
			if (ticket && this.getNode().name === 'Not Accepted?') ticket.status = ACCEPTED;
			return outputs;
		},
	};
	const { run, told, troubles } = await storm();
	expect(run.outputs('Accept', 1)).toHaveLength(1);
	expect([told.length, troubles]).toEqual([1, []]);
});

test('tells the chat that people may have been called, and opens no second war room', async () => {
	examples.coc.quirks.listLagMs = 60_000;
	examples.coc.fault({ kind: 'resetAfter', times: 9, match: { path: WAR_ROOMS } });
	const { told, troubles } = await storm();
	expect([told, troubles]).toEqual([[], [expect.stringMatching(/may have been called already/)]]);
	expect(examples.coc.warRooms.all()).toHaveLength(1);
	expect(statuses()).toEqual(Array(3).fill('alarming'));
});

test('creates one incident when the answer is lost', async () => {
	examples.coc.fault({ kind: 'resetAfter', times: 1, match: { path: LINK } });
	const { said, told, troubles } = await storm();
	expect(said('Create Incident', 'outcome')).toEqual(['recovered']);
	expect([told.length, troubles]).toEqual([1, []]);
	expect([examples.coc.tickets.all().length, sent(LINK).length]).toEqual([1, 1]);
});
