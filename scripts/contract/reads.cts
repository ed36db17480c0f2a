/** What is asked of any account: reads only. */
import type { Coc } from './coc.cts';
import {
	actionsOf,
	asNonEmptyText,
	historyRecordsOf,
	incidentOf,
	LEVELS,
	listIncidents,
	readIncidents,
	readTotal,
	timeFilters,
	timeOf,
	urlEncoded,
	type CocRequest,
	type JsonRecord,
	type ListPage,
} from './product.cts';

/** So many tickets are looked at closely, of each process status one first. */
const SAMPLES = 8;

/** No ticket has it: it names the first day of 1970. */
const UNKNOWN_TICKET = 'IM197001010000000000000000';

const SORT = { field: 'update_time', direction: 'desc' } as const;

export async function askReads(coc: Coc): Promise<void> {
	const rows = await askList(coc);
	await askUnknown(coc);
	for (const ticket of sampleOf(rows)) await askTicket(coc, 'sample', ticket);
}

/** One ticket by all calls that show it. */
export async function askTicket(coc: Coc, probe: string, ticket: string): Promise<void> {
	await coc.send(`${probe}:detail`, incidentOf(ticket).request);
	await coc.send(`${probe}:tasks`, actionsOf(ticket).request);
	await coc.send(`${probe}:history:v1`, historyRecordsOf(ticket, 'asc').request);
	await coc.send(`${probe}:history:v2`, historyV2(ticket));
}

/** The node asks v1 only; v2 is here to be compared. */
function historyV2(ticket: string): CocRequest {
	const sort_filter = { field: 'start_time', operator: 'asc', values: ['start_time'] };
	return {
		method: 'POST',
		path: `/v2/incidents/${urlEncoded(ticket)}/histories`,
		json: { sort_filter },
	};
}

export function listRequest(page: Partial<ListPage>): CocRequest {
	const whole = { page: 1, perPage: 20, filters: [], sort: SORT, ...page };
	return listIncidents(whole, () => null).request;
}

async function askList(coc: Coc): Promise<JsonRecord[]> {
	const list = async (probe: string, page: Partial<ListPage>) =>
		await coc.send(`list:${probe}`, listRequest(page));
	const first = await list('all', { perPage: 200 });
	const rows = readIncidents(first) ?? [];
	const byCreation = { perPage: 5, sort: { field: 'create_time', direction: 'asc' } } as const;
	await list('page:1', byCreation);
	await list('page:2', { ...byCreation, page: 2 });
	const total = readTotal(first) ?? rows.length;
	// Behind the last page, however few a page may have.
	await list('beyond', { perPage: 200, page: Math.min(total + 2, 1_000_000) });
	await list('oldest', { sort: { field: 'update_time', direction: 'asc' } });

	const middle = timeOf(rows[Math.floor(rows.length / 2)]?.update_time);
	if (middle !== null) {
		const at = { from: middle, to: middle };
		await list('moment', { filters: timeFilters('update_time', at), perPage: 200 });
		const from = timeFilters('update_time', { from: middle });
		await list('from', { filters: from, perPage: 200, sort: { ...SORT, direction: 'asc' } });
	}
	const level = rows.map(({ level_id }) => String(level_id)).find((key) => LEVELS.has(key));
	if (level !== undefined) {
		const by = (value: string) => [
			{ name: 'level', field: 'level_id', operator: 'in' as const, values: [value] },
		];
		await list('key', { filters: by(level) });
		await list('word', { filters: by(LEVELS.get(level)!) });
	}
	return rows;
}

async function askUnknown(coc: Coc): Promise<void> {
	await askTicket(coc, 'unknown', UNKNOWN_TICKET);
}

/** Of each process status the newest, then the next newest. */
function sampleOf(rows: JsonRecord[]): string[] {
	const statuses = new Set<unknown>();
	const isFirst = ({ work_flow_status: status }: JsonRecord) =>
		statuses.size < statuses.add(status).size;
	const firsts = rows.filter(isFirst);
	const others = rows.filter((row) => !firsts.includes(row));
	return [...firsts, ...others]
		.flatMap(({ ticket_id }) => asNonEmptyText(ticket_id) ?? [])
		.slice(0, SAMPLES);
}
