/** Lets the COC Incident node do a planned run, and collects how each of its items ended. */
import type { IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';
import { type Packages, runWorkflow } from '../engine/index.cts';
import type { Judged } from './judge.cts';
import type { PlannedRun } from './plan.cts';
import { outcomesOfStop } from './stop.cts';
import { NODE, workflowOf } from './workflow.cts';
import type { World } from './world.cts';

const TYPE = 'n8n-nodes-huaweicloud-coc.cocIncident';

/** Does a run, and says of each item what the run says of it. */
export type Contestant = (run: PlannedRun, world: World) => Promise<Judged[]>;

type Execute = (this: IExecuteFunctions) => Promise<INodeExecutionData[][]>;
/** What the node gave n8n in its last try. */
type Given = { items: INodeExecutionData[] } | { error: unknown };

export function cocIncident(packages: Packages): Contestant {
	const given = listen(packages);
	return async (run, world) => {
		const credential = world.credentialOf(run);
		const stop = new AbortController();
		if (run.cancelAfter !== undefined) {
			world.afterWrites(run, run.cancelAfter, () => stop.abort());
		}
		const { operation, concurrency, settings } = run;
		const names = [...new Set(run.items.flatMap(({ fields }) => Object.keys(fields)))];
		const { status } = await runWorkflow({
			packages,
			credentials: { [credential.id]: credential },
			input: run.items.map(({ ticket, fields }) => ({ ...fields, ticket, run: run.name })),
			workflow: workflowOf({
				...settings,
				type: TYPE,
				typeVersion: 1,
				parameters: {
					operation,
					ticket: { __rl: true, mode: 'number', value: '={{ $json.ticket }}' },
					...Object.fromEntries(names.map((name) => [name, `={{ $json.${name} }}`])),
					options: { timeout: world.timeoutMs, concurrency },
				},
				credentials: { [credential.type]: { id: credential.id, name: credential.name } },
			}),
			signal: stop.signal,
		});
		// n8n doesn't wait for the node when the execution is cancelled.
		const last = await given(run);
		// It may have ended before its stop: when all retries are used up.
		if (!['success', 'error', 'canceled'].includes(status)) {
			throw new Error(`The run ${run.name} ended as ${status}`);
		}
		const said = 'items' in last ? outcomesOfItems(last.items) : outcomesOfStop(last.error);
		return run.items.map((item, index) => ({
			...item,
			run: run.name,
			index,
			...said(index, item.ticket),
		}));
	};
}

interface Item {
	outcome?: string;
	error?: string;
	details?: { outcome?: string; ticket?: unknown; hint?: unknown };
}

/** How an item ended. */
export type Said = Pick<Judged, 'outcome' | 'error' | 'details'>;

function outcomesOfItems(items: INodeExecutionData[]): (index: number) => Said {
	const byItem = new Map<number, Said>();
	for (const { json, pairedItem } of items) {
		const { item } = pairedItem as { item: number };
		if (byItem.has(item)) throw new Error(`Two output items for item ${item}`);
		const { outcome, error, details } = json as unknown as Item;
		const failed = () => ({ outcome: details?.outcome, error: error!, details: details ?? {} });
		byItem.set(item, error === undefined ? { outcome } : failed());
	}
	return (index) => byItem.get(index) ?? { outcome: undefined };
}

/** Notes what the node gives n8n, by run; hands back a function that waits for the last of it. */
function listen(packages: Packages): (run: PlannedRun) => Promise<Given> {
	const node = packages.getByNameAndVersion(TYPE);
	const original = Reflect.get(node, 'execute') as Execute;
	const running = new Map<unknown, Promise<Given>>();
	node.execute = async function (this: IExecuteFunctions) {
		const outputs = original.call(this);
		running.set(
			this.getInputData()[0]?.json.run,
			outputs.then(
				// A copy: n8n sorts the array itself afterwards.
				([items]) => ({ items: [...(items ?? [])] }),
				(error: unknown) => ({ error }),
			),
		);
		return await outputs;
	};
	return async ({ name }) => {
		for (let last; last !== running.get(name); ) await (last = running.get(name));
		const given = await running.get(name);
		if (!given) throw new Error(`${NODE} was never called in ${name}`);
		return given;
	};
}
