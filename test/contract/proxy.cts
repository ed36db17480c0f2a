/** Stands in front of a stand-in, and changes what passes: a COC that differs where the stand-in can't. */
import http from 'node:http';
import type { AddressInfo } from 'node:net';

export interface Passing {
	method: string;
	path: string;
	/** The JSON of the request; undefined without one. */
	body: Json | undefined;
}

export interface PassedBack {
	status: number;
	headers: Record<string, string>;
	body: Json;
}

export type Json = Record<string, unknown>;

export interface Change {
	request?: (passing: Passing) => Passing;
	answer?: (answer: PassedBack, passing: Passing) => PassedBack;
}

/** An endpoint that passes all on to another one, through the changes. */
export async function startProxy(target: string, changes: Change[]) {
	const server = http.createServer((request, response) => {
		void (async () => {
			const chunks: Buffer[] = [];
			for await (const chunk of request as AsyncIterable<Buffer>) chunks.push(chunk);
			const text = Buffer.concat(chunks).toString();
			const asked: Passing = {
				method: request.method ?? '',
				path: request.url ?? '',
				body: text === '' ? undefined : (JSON.parse(text) as Json),
			};
			const passing = changes.reduce((one, change) => change.request?.(one) ?? one, asked);
			const answered = await fetch(target + passing.path, {
				method: passing.method,
				headers: {
					'Content-Type': 'application/json',
					'X-Auth-Token': String(request.headers['x-auth-token']),
				},
				...(passing.body && { body: JSON.stringify(passing.body) }),
			});
			const given: PassedBack = {
				status: answered.status,
				headers: Object.fromEntries(
					['content-type', 'date'].flatMap((name) => {
						const value = answered.headers.get(name);
						return value === null ? [] : [[name, value]];
					}),
				),
				body: (await answered.json()) as Json,
			};
			const back = changes.reduce((one, change) => change.answer?.(one, asked) ?? one, given);
			response.sendDate = false;
			response.writeHead(back.status, back.headers).end(JSON.stringify(back.body));
		})();
	});
	await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
	return {
		url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
		close: () =>
			new Promise((resolve) => {
				server.close(resolve);
				server.closeAllConnections();
			}),
	};
}
