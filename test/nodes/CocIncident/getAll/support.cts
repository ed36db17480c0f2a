/** The list call, seen from COC. */
import type { INodeParameters } from 'n8n-workflow';
import type { Coc } from '../support.cts';
import { operate } from '../operate.cts';

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
