/** What this node is given to do. */
import type { IDataObject, INode } from 'n8n-workflow';
import type { WorkflowRun } from '../../test/engine/index.cts';

type Judge = (run: WorkflowRun, node: string, items: number) => void;

interface Definition {
	change?: (items: IDataObject[]) => IDataObject[];
	options?: IDataObject;
	settings?: Partial<INode>;
	judge?: Judge;
	/** How many writes COC must have got; null when it can't be told. */
	writes: (items: number) => number | null;
}

export type Workload = 'verifications' | 'sameTicket' | 'refusedInput' | 'stopHalfway';

export const workloads: Record<Workload, Definition> = {
	verifications: { writes: (items) => items },
	/** A dry run: COC takes one verification of a ticket. */
	sameTicket: {
		change: (items) => items.map((item) => ({ ...item, ticket: items[0]?.ticket })),
		options: { dryRun: true },
		writes: () => 0,
	},
	refusedInput: {
		change: (items) => items.map((item) => ({ ...item, result: 'perhaps' })),
		settings: { onError: 'continueErrorOutput' },
		judge: (run, node, items) => expect(run.outputs(node, 1).length === items, run),
		writes: () => 0,
	},
	stopHalfway: {
		change: (items) =>
			items.map((item, index) =>
				index === Math.floor(items.length / 2) ? { ...item, result: 'perhaps' } : item,
			),
		judge: (run) => {
			const { message = '', description } = run.executionError ?? {};
			const length = message.length + (description ?? '').length;
			expect(length > 0 && length < 2000, run);
		},
		writes: () => null,
	},
};

export const itemOf = (ticket: string): IDataObject => ({
	ticket,
	operator: '7da46971b7e24eed90cf777cc2ff8b91',
	result: true,
	comment: 'Payments are back, error rate below 0.1 % for 30 minutes',
});

export const allWell: Judge = (run, node, items) => expect(run.outputs(node).length === items, run);

function expect(condition: boolean, { status, executionError }: WorkflowRun): void {
	if (!condition) throw new Error(`Not as expected: ${executionError?.message ?? status}`);
}
