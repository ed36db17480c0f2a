/** Runs a workflow as exported from n8n's editor on n8n's own engine. */
import { inspect } from 'node:util';
import { WorkflowExecute } from 'n8n-core';
import { Workflow, WorkflowDataProxy } from 'n8n-workflow';
import type {
	ExecutionError,
	ExecutionStatus,
	IBinaryKeyData,
	IDataObject,
	INodeExecutionData,
	IRun,
	IRunData,
	IWorkflowBase,
	WorkflowExecuteMode,
} from 'n8n-workflow';
import { createAdditionalData } from './context.cts';
import type { CredentialStore } from './credentialsHelper.cts';
import { listenToLogs, type LogEntry } from './instance.cts';
import type { Packages } from './packages.cts';

/** A workflow in n8n's export format. */
export type WorkflowJson = Pick<IWorkflowBase, 'nodes' | 'connections'> & Partial<IWorkflowBase>;

export interface RunOptions {
	workflow: WorkflowJson;
	packages: Packages;
	/** Stored credentials by the id that the workflow's nodes refer to. */
	credentials?: CredentialStore;
	/** The trigger's items (json), given to n8n as its pinned data; default: one empty item. */
	input?: IDataObject[];
	/** The files of these items. */
	files?: Array<IBinaryKeyData | undefined>;
	executionMode?: WorkflowExecuteMode;
	/** Cancels the execution like the editor's stop button. */
	signal?: AbortSignal;
	onLog?: (entry: LogEntry) => void;
}

/** What an execution left behind. */
export interface WorkflowRun {
	status: ExecutionStatus;
	/** The error that stopped the workflow: message, description, node … */
	executionError: ExecutionError | undefined;
	/** By node name, one entry a run of that node. */
	runData: IRunData;
	/** The items that a node gave out. */
	outputs: (node: string, output?: number, run?: number) => INodeExecutionData[];
	/** The item of an earlier node that an output item is paired with; throws as n8n does. */
	pairedWith: (earlier: string, node: string, index: number, output?: number) => INodeExecutionData;
	logs: LogEntry[];
	/** All that the run left in data, errors and logs, as one text to search for secrets. */
	dump: () => string;
}

/** Runs a workflow to its end, be it good, bad or cancelled; throws only for unknown node types. */
export async function runWorkflow(options: RunOptions): Promise<WorkflowRun> {
	const { packages, credentials = {}, executionMode = 'manual', signal } = options;
	const json = structuredClone(options.workflow);
	const workflow = new Workflow({
		id: 'workflow',
		name: 'Workflow',
		...json,
		active: false,
		nodeTypes: packages,
	});
	const pinData = executionMode === 'manual' ? { ...json.pinData } : {};
	const startNode = workflow.getStartNode();
	if (startNode && options.input) {
		pinData[startNode.name] = options.input.map((item, index) => {
			const binary = options.files?.[index];
			return { json: item, ...(binary && { binary }) };
		});
	}
	const logs: LogEntry[] = [];
	const stopListening = listenToLogs((entry) => {
		logs.push(entry);
		options.onLog?.(entry);
	});
	try {
		const additionalData = createAdditionalData(packages, credentials, executionMode, json);
		const execution = new WorkflowExecute(additionalData, executionMode).run({ workflow, pinData });
		const cancel = () => execution.cancel();
		signal?.addEventListener('abort', cancel);
		if (signal?.aborted) cancel();
		try {
			return describe(await execution, workflow, logs);
		} finally {
			signal?.removeEventListener('abort', cancel);
		}
	} catch (error) {
		// The workflow itself has issues: the server saves an execution that holds only the error.
		return describe(failedRun(error as ExecutionError, executionMode), workflow, logs);
	} finally {
		stopListening();
	}
}

const failedRun = (error: ExecutionError, mode: WorkflowExecuteMode) =>
	({ status: 'error', mode, data: { resultData: { runData: {}, error } } }) as unknown as IRun;

function describe(run: IRun, workflow: Workflow, logs: LogEntry[]): WorkflowRun {
	const { runData, error } = run.data.resultData;
	return {
		status: run.status,
		executionError: error,
		runData,
		outputs: (node, output = 0, runIndex = 0) =>
			runData[node]?.[runIndex]?.data?.main?.[output] ?? [],
		pairedWith: (earlier, node, index, output = 0) => {
			const source = { previousNode: node, previousNodeOutput: output, previousNodeRun: 0 };
			const proxy = new WorkflowDataProxy(workflow, run.data, 0, 0, node, [], {}, run.mode, {});
			const { $getPairedItem } = proxy.getDataProxy();
			return $getPairedItem(earlier, source, { item: index }) as INodeExecutionData;
		},
		logs,
		dump: () =>
			inspect(
				{ run, logs },
				{
					depth: null,
					maxArrayLength: null,
					maxStringLength: null,
					showHidden: true,
					customInspect: false,
				},
			),
	};
}
