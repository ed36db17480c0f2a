/** The list call, seen from COC. */
import { createServer } from 'node:http';
import type { INodeParameters } from 'n8n-workflow';
import type { Coc } from '../../../../support/coc.cts';
import { listen } from '../../../../support/loopback.cts';
import { operate } from '../../../../support/operate.cts';

export const LIST = '/v2/incidents/list';

/** The bodies of the list calls that arrived. */
export const bodies = (coc: Coc) =>
	coc
		.requests()
		.filter(({ path }) => path === LIST)
		.map(({ json }) => json as Record<string, unknown>);

/** Runs Get Many for one item; hands back what it gives, which must be no failure. */
export async function list(coc: Coc, parameters: INodeParameters = {}) {
	const run = await operate(coc, 'getAll', [{}], { parameters });
	if (run.failed.length > 0) throw new Error(run.failed[0]?.json.error);
	return run.success.map(({ json }) => json);
}

export const tickets = async (coc: Coc, parameters: INodeParameters = {}) =>
	(await list(coc, { returnAll: true, ...parameters })).map(({ ticket }) => ticket as string);

export const all = (coc: Coc) => coc.standIn.tickets.all().map(({ number }) => number);

export const sorts: Array<[string, INodeParameters]> = [
	['newest first', {}],
	['oldest first', { sort: { direction: 'asc' } }],
	['updated last first', { sort: { field: 'updatedAt' } }],
	['updated first first', { sort: { field: 'updatedAt', direction: 'asc' } }],
];

/** The same for every run of the tests. */
export function randomBy(seed: number): (below: number) => number {
	let state = seed;
	return (below) => {
		state = (state * 1_103_515_245 + 12_345) % 2_147_483_648;
		return Math.floor((state / 2_147_483_648) * below);
	};
}

export type Change = (body: Record<string, unknown>) => object;

/** A server in front of the stand-in, to which the credential leads then: it changes the bodies of list calls. */
export async function answerBehind(coc: Coc, change: Change): Promise<void> {
	const server = createServer((request, response) => {
		const chunks: Buffer[] = [];
		request.on('data', (chunk: Buffer) => chunks.push(chunk));
		request.on('end', () => {
			const body = JSON.parse(Buffer.concat(chunks).toString()) as Record<string, unknown>;
			void fetch(coc.standIn.url + (request.url ?? ''), {
				method: 'POST',
				headers: {
					'Content-Type': 'application/json',
					'X-Auth-Token': String(request.headers['x-auth-token']),
				},
				body: JSON.stringify(change(body)),
			}).then(async (answer) => {
				response.statusCode = answer.status;
				response.end(await answer.text());
			});
		});
	});
	coc.credential.data.endpoint = `http://127.0.0.1:${await listen(server)}`;
}
