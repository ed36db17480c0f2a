/** An AI agent with a script: n8n's engine runs the tools that it asks for, as for AI Agent 3. */
import type { EngineResponse, IDataObject, INodeType } from 'n8n-workflow';

export interface ToolCall {
	/** The tool's node. */
	tool: string;
	/** What the model fills. */
	fills: IDataObject;
}

/** What a tool told the model. */
export type Told = IDataObject & { error?: string; details?: IDataObject };

/**
 * @param next what the model asks for, once it knows what its calls so far came to; null at the end
 */
export function scriptedAgent(next: (told: Told[]) => ToolCall | null): INodeType {
	return {
		description: {
			...{ displayName: 'agent', name: 'agent', group: ['transform'], version: 1 },
			...{ description: '', defaults: { name: 'agent' }, properties: [] },
			...{ inputs: ['main'], outputs: ['main'] },
		},
		async execute(response?: EngineResponse) {
			const told = (response?.actionResponses ?? []).map(
				({ data }) => (data.data?.ai_tool?.[0]?.[0]?.json ?? {}) as Told,
			);
			const before = (response?.metadata as { told?: Told[] } | undefined)?.told ?? [];
			const all = [...before, ...told];
			const call = next(all);
			if (call === null) return [[{ json: { told: all } }]];
			return await Promise.resolve({
				actions: [
					{
						actionType: 'ExecutionNodeAction' as const,
						nodeName: call.tool,
						input: call.fills,
						type: 'ai_tool' as const,
						id: `call_${all.length}`,
						metadata: {},
					},
				],
				metadata: { told: all },
			});
		},
	};
}
