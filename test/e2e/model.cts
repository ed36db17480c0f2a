import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

/** One call of a tool that the model asks for. */
export interface ToolCall {
	name: string;
	arguments: Record<string, unknown>;
}

interface ChatRequest {
	messages: Array<{ role: string; content: string }>;
	tools?: Array<{ function: { name: string; description: string; parameters: object } }>;
}

/** What a scripted model says when its script is at an end. */
export const SAID = 'The scripted model has nothing more to do.';

/**
 * A language model with a script: it answers the first request of a conversation with the first round of
 * tool calls, all at once, the next one, which brings the tools' answers, with the next round, and the
 * last one with plain text. It speaks as much of OpenAI's chat completions as n8n's AI Agent needs.
 */
export async function startModel(...rounds: ToolCall[][]) {
	const requests: ChatRequest[] = [];
	const server = createServer((request, response) => {
		let body = '';
		request.setEncoding('utf8').on('data', (chunk: string) => (body += chunk));
		request.on('end', () => {
			const chat = JSON.parse(body) as ChatRequest;
			requests.push(chat);
			// Each call comes back in a message of its own, whatever round it was in.
			const answered = chat.messages.filter(({ role }) => role === 'tool').length;
			const at = rounds.findIndex((_, index) => rounds.slice(0, index).flat().length === answered);
			const round = rounds[at];
			const message = round
				? { role: 'assistant', content: null, tool_calls: round.map(toToolCall(at)) }
				: { role: 'assistant', content: SAID };
			const finish_reason = round ? 'tool_calls' : 'stop';
			response.setHeader('content-type', 'application/json').end(
				JSON.stringify({
					id: 'chat',
					object: 'chat.completion',
					created: 0,
					model: 'scripted',
					choices: [{ index: 0, message, finish_reason }],
					usage: { prompt_tokens: 1, completion_tokens: 1, total_tokens: 2 },
				}),
			);
		});
	}).listen(0, '127.0.0.1');
	await new Promise((done) => server.once('listening', done));
	const { port } = server.address() as AddressInfo;
	return {
		url: `http://127.0.0.1:${port}/v1`,
		/** The tools that it was told of. */
		tools: () => (requests[0]?.tools ?? []).map((tool) => tool.function),
		/** What the tools told the model. */
		toolAnswers: () =>
			(requests.at(-1)?.messages ?? [])
				.filter(({ role }) => role === 'tool')
				.map(({ content }) => content),
		close: () => server.close(),
	};
}

function toToolCall(round: number) {
	return (call: ToolCall, index: number) => ({
		id: `call_${round}_${index}`,
		type: 'function',
		function: { name: call.name, arguments: JSON.stringify(call.arguments) },
	});
}
