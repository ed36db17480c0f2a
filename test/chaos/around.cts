/**
 * What is done around a ticket, while everything goes wrong by chance: alarms that are cleared, incidents
 * that are made of alarms, and war rooms. At the end each word is held against what is there.
 */
import { setTimeout as sleep } from 'node:timers/promises';
import type { IDataObject, INode } from 'n8n-workflow';
import { type Packages, runWorkflow } from '../engine/index.cts';
import { type RecordedRequest, startStandIn, type StandIn } from '../standin/index.cts';
import { CLEAR, LINK, WAR_ROOMS } from '../standin/paths.cts';
import { chance, diceFor } from './dice.cts';
import { count } from './tally.cts';
import { troubleFor } from './trouble.cts';
import { NODE, workflowOf } from './workflow.cts';

export interface AroundOptions {
	/** Of each operation. */
	items: number;
	seed: number;
	/** How many of the requests have trouble, 0 … 1. */
	share: number;
	timeoutMs: number;
}

/** How the items of an operation ended, and what that has wrong. */
export interface AroundTally {
	operation: string;
	outcomes: Record<string, number>;
	/** A sentence for each. */
	faults: string[];
}

/** What an item says of one thing that it is about. */
interface Said {
	/** The ticket, or the alarms, as one text. */
	subject: string;
	outcome: string;
	/** The number that comes out of a creation. */
	made: unknown;
	error: string;
}

interface Sort {
	operation: string;
	path: string;
	/** Adds what an item is about; gives what it brings for the node's fields. */
	add(coc: StandIn, index: number): IDataObject;
	parameters: INode['parameters'];
	/** The subject of an output item. */
	subjectOf(json: IDataObject): string;
	/** The field with the number that comes out. */
	made?: string;
	/** What is there for a subject: numbers, or the alarm itself once it is over. */
	there(coc: StandIn, subject: string): string[];
}

const PERSON = '7da46971b7e24eed90cf777cc2ff8b91';
const APPLICATION = '66f0c0000000000000000001';
const alarmsOf = (coc: StandIn, most: number) =>
	Array.from({ length: most }, () => coc.alarms.add().id);

const SORTS: Sort[] = [
	{
		operation: 'alarm/clear',
		path: CLEAR,
		add: (coc, index) => ({ alarms: alarmsOf(coc, 1 + (index % 4)), remarks: 'Over' }),
		parameters: {},
		subjectOf: ({ alarm }) => alarm as string,
		there: (coc, alarm) => (coc.alarms.get(alarm)?.status === 'resolved' ? [alarm] : []),
	},
	{
		operation: 'alarm/createIncident',
		path: LINK,
		add(coc, index) {
			const alarms = alarmsOf(coc, 1 + (index % 3));
			return { alarms, title: alarms.join(', ') };
		},
		parameters: {
			...{ description: 'A storm', level: 'level_20', type: 'inc_type_p_function_issues' },
			...{ application: { __rl: true, mode: 'id', value: APPLICATION }, serviceInterrupted: false },
		},
		subjectOf: ({ alarms }) => [alarms as string | string[]].flat().join(', '),
		made: 'ticket',
		there: (coc, alarms) =>
			coc.tickets.all().flatMap(({ title, number }) => (title === alarms ? [number] : [])),
	},
	{
		operation: 'warRoom/create',
		path: WAR_ROOMS,
		add: (coc) => {
			const status = 'INCIDENT_STATUS_ACKNOWLEDGED';
			return { ticket: coc.addTicket({ status, application: APPLICATION }).number };
		},
		parameters: { administrator: { __rl: true, mode: 'id', value: PERSON } },
		subjectOf: ({ ticket }) => ticket as string,
		made: 'warRoom',
		there: (coc, ticket) =>
			coc.warRooms.all().flatMap((room) => (room.ticket === ticket ? [room.number] : [])),
	},
];

/** Items that one execution has. */
const PER_RUN = 10;
/** Most executions at once. */
const AT_ONCE = 12;

/** Runs each operation, and judges it. */
export async function runAround(
	packages: Packages,
	options: AroundOptions,
): Promise<AroundTally[]> {
	const tallies: AroundTally[] = [];
	for (const sort of SORTS) tallies.push(await runSort(packages, sort, options));
	return tallies;
}

async function runSort(
	packages: Packages,
	sort: Sort,
	{ items, seed, share, timeoutMs }: AroundOptions,
): Promise<AroundTally> {
	let underWay = 0;
	const asked = new Map<string, number>();
	const coc = await startStandIn({
		// Whether COC makes a second incident of alarms isn't documented: here it does.
		quirks: { linksAgain: true },
		onRequest: () => underWay++,
		onAnswer: () => underWay--,
		disturb: (record) => trouble(record),
	});
	function trouble(record: RecordedRequest) {
		const name = `${record.method} ${record.path} ${record.text}`;
		const nth = (asked.get(name) ?? 0) + 1;
		asked.set(name, nth);
		const dice = diceFor(seed, `${name} ${nth}`);
		const refusals = record.path === sort.path ? 0.15 : 0.02;
		const found = troubleFor(dice, Date.now(), { share, timeoutMs, refusals });
		return found?.faults ?? [{ kind: 'latency' as const, ms: dice.below(15) }];
	}
	const data = { endpoint: coc.url, token: coc.issueToken() };
	const credential = { id: 'a', name: 'COC', type: 'huaweiCloudCocApi', data };
	const [resource, operation] = sort.operation.split('/') as [string, string];

	async function execute(input: IDataObject[]): Promise<Said[]> {
		const names = Object.keys(input[0]!);
		const locator = (value: string) => ({ __rl: true, mode: 'number', value });
		const own = names.map((name): [string, string | object] => {
			const value = `={{ $json.${name} }}`;
			return [name, name === 'ticket' ? locator(value) : value];
		});
		const parameters = { resource, operation, ...sort.parameters, ...Object.fromEntries(own) };
		const run = await runWorkflow({
			packages,
			credentials: { [credential.id]: credential },
			input,
			workflow: workflowOf({
				type: 'n8n-nodes-huaweicloud-coc.cocIncident',
				typeVersion: 1,
				onError: 'continueErrorOutput',
				parameters: { ...parameters, options: { timeout: timeoutMs, concurrency: 5 } },
				credentials: { [credential.type]: { id: credential.id, name: credential.name } },
			} as Parameters<typeof workflowOf>[0]),
		});
		return [...run.outputs(NODE), ...run.outputs(NODE, 1)].map(({ json }) => {
			const { error = '', details = json } = json as { error?: string; details?: IDataObject };
			const subject = sort.subjectOf(details);
			return { subject, outcome: details.outcome as string, made: json[sort.made ?? ''], error };
		});
	}

	try {
		const runs = Array.from({ length: Math.ceil(items / PER_RUN) }, (_, run) => {
			const dice = diceFor(seed, `${sort.operation} ${run}`);
			const input: IDataObject[] = [];
			for (let index = 0; index < PER_RUN; index++) {
				// Some are about what an earlier one is about.
				const isAgain = index > 0 && chance(dice, 0.15);
				input.push(isAgain ? dice.pick(input) : sort.add(coc, run * PER_RUN + index));
			}
			return input;
		});
		const said: Said[] = [];
		const next = runs.values();
		const work = async () => {
			for (const input of next) said.push(...(await execute(input)));
		};
		await Promise.all(Array.from({ length: AT_ONCE }, work));
		// What COC does after a client's time-out counts as well.
		while (underWay > 0) await sleep(20);
		const wanted = runs.flat().flatMap((item) => subjectsOf(sort, item));
		const outcomes = count(said.map(({ outcome }) => outcome));
		return { operation: sort.operation, outcomes, faults: judge(sort, coc, wanted, said) };
	} finally {
		await coc.close();
	}
}

/** What an item must say something of: each alarm that it clears, else the item as a whole. */
function subjectsOf(sort: Sort, item: IDataObject): string[] {
	if (sort.path === CLEAR) return item.alarms as string[];
	return [sort.subjectOf(item)];
}

const CLAIMS = ['applied', 'recovered', 'existing'];

function judge(sort: Sort, coc: StandIn, wanted: string[], said: Said[]): string[] {
	const faults: string[] = [];
	for (const subject of new Set(wanted)) {
		const own = said.filter((one) => one.subject === subject);
		const there = sort.there(coc, subject);
		const add = (fault: string) => faults.push(`${fault}: ${subject}, ${JSON.stringify(own)}`);
		if (own.length !== wanted.filter((one) => one === subject).length) add('without outcome');
		if (there.length > 1) add('doubled');
		const claims = own.filter(({ outcome }) => CLAIMS.includes(outcome));
		if (claims.length > 0 && there.length === 0) add('falsely claimed');
		for (const { made } of claims) {
			// Its number may be missing, never wrong.
			if (typeof made === 'string' && !there.includes(made)) add('another number');
		}
		const isOpen = own.some(({ outcome }) => outcome === 'unknown');
		if (there.length > 0 && claims.length === 0 && !isOpen) add('lost');
		for (const { outcome, error } of own) {
			const isLabelled = subject.split(', ').every((id) => error.includes(id));
			if (outcome === 'unknown' && !isLabelled) add('unlabelled');
		}
	}
	return faults;
}

/** A line for each operation. */
export function describeAround(tallies: AroundTally[]): string {
	return tallies
		.map(({ operation, outcomes, faults }) => {
			const each = Object.entries(outcomes).map(([outcome, times]) => `${times} ${outcome}`);
			return [`${operation}: ${each.join(', ')}; ${faults.length} faults`, ...faults].join('\n  ');
		})
		.join('\n');
}
