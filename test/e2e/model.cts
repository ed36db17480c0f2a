import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

/** One call of a tool that the model asks for. */
export interface ToolCall {
	name: string;
	arguments: Record<string, unknown>;
}

interface ChatRequest {
	messages: Array<{ role: string; content: string }>;
}

/**
 * A language model with a script: it answers the first request of a conversation with the given tool
 * calls, all at once, and the next one, which brings the tools' answers, with plain text. It speaks
 * as much of OpenAI's chat completions as n8n's AI Agent needs.
 */
export async function startModel(script: ToolCall[]) {
	const requests: ChatRequest[] = [];
	const server = createServer((request, response) => {
		let body = '';
		request.setEncoding('utf8').on('data', (chunk: string) => (body += chunk));
		request.on('end', () => {
			const chat = JSON.parse(body) as ChatRequest;
			requests.push(chat);
			const answered = chat.messages.some(({ role }) => role === 'tool');
			const message = answered
				? { role: 'assistant', content: 'Done' }
				: { role: 'assistant', content: null, tool_calls: script.map(toToolCall) };
			const finish_reason = answered ? 'stop' : 'tool_calls';
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
		/** What the tools told the model. */
		toolAnswers: () =>
			(requests.at(-1)?.messages ?? [])
				.filter(({ role }) => role === 'tool')
				.map(({ content }) => content),
		close: () => server.close(),
	};
}

function toToolCall(call: ToolCall, index: number) {
	return {
		id: `call_${index}`,
		type: 'function',
		function: { name: call.name, arguments: JSON.stringify(call.arguments) },
	};
}
