/** COC's record of a ticket, its history and its detail, as plain or as odd as wanted. */
import { LETTERS, type Random } from '../../support/random.cts';
import { oddEnvelope, plainEnvelope } from './envelope.cts';
import { anyJson, anyName, objectOf, spelled } from './json.cts';

export interface Entry {
	ticket: string;
	action: string;
	operator: string;
	comment: string;
	/** ms since 1970 */
	at: number;
	/** The ticket's status at that step. */
	status?: string;
	/** The field that holds the action's key. */
	field?: 'sub_action' | 'final_sub_action';
}

export interface Ticket {
	number: string;
	status: string;
	/** Oldest first. */
	history: Entry[];
	/** What else the detail shows, as JSON. */
	fields?: Record<string, string>;
}

export const STATUS = {
	draft: 'incident_draft',
	triggered: 'INCIDENT_STATUS_TRIGGERED',
	rejected: 'INCIDENT_STATUS_REJECTED',
	acknowledged: 'INCIDENT_STATUS_ACKNOWLEDGED',
	resolved: 'INCIDENT_STATUS_RESOLVED',
	completed: 'INCIDENT_STATUS_COMPLETED',
} as const;

/** The answer to list-histories, newest first as asked for. */
export function historyBody(random: Random, { history }: Ticket, isOdd: boolean): string {
	const entries = history.map((entry) => entryText(random, entry, isOdd && random.once(2)));
	entries.reverse();
	if (!isOdd) return plainEnvelope(random, listText(entries, String(entries.length)));
	if (random.once(3)) spoil(random, entries, history);
	const total = random.pick(['null', '"3"', '"x"', '[]', '{}', '""', 'true', '-1', '1e400', '1.5']);
	const count = String(entries.length + random.pick([0, 0, 0, 0, 0, 0, 1, -1, 1000]));
	const list = listText(entries, random.once(8) ? total : count);
	const data = random.once(8) ? random.pick([`[${list}]`, anyJson(random)]) : list;
	return random.once(6) ? oddEnvelope(random, data) : plainEnvelope(random, data);
}

/** The answer to the detail call. */
export function detailBody(
	random: Random,
	{ number, status, fields = {} }: Ticket,
	isOdd: boolean,
): string {
	const more = Object.entries(fields).map(([name, value]) => [
		JSON.stringify(name),
		isOdd && random.once(12) ? anyJson(random, 2) : value,
	]);
	const detail = (value: string) =>
		objectOf([['"incident_num"', JSON.stringify(number)], ['"status"', value], ...more]);
	if (!isOdd) return plainEnvelope(random, detail(JSON.stringify(status)));
	const data = random.pick([
		detail(oddStatus(random, status)),
		detail(oddStatus(random, status)),
		detail(oddStatus(random, random.pick(Object.values(STATUS)))),
		`{"Status":${JSON.stringify(status)}}`,
		`{"__proto__":{"status":${JSON.stringify(status)}}}`,
		`[${detail(JSON.stringify(status))}]`,
		`{"status":${anyJson(random)}}`,
		anyJson(random),
	]);
	return random.once(6) ? oddEnvelope(random, data) : plainEnvelope(random, data);
}

function oddStatus(random: Random, status: string): string {
	return random.pick([
		spelled(random, status),
		spelled(random, status.toLowerCase()),
		JSON.stringify(` ${status}\n`),
		JSON.stringify(status.replace('INCIDENT_STATUS_', '')),
		JSON.stringify([status]),
		'"INCIDENT_STATUS_PENDING"',
		'"constructor"',
		'""',
		'5',
	]);
}

function listText(entries: string[], total: string): string {
	return objectOf([
		['"total"', total],
		['"info"', `[${entries.join(',')}]`],
	]);
}

function entryText(random: Random, entry: Entry, isOdd: boolean): string {
	const { ticket, action, operator, comment, at, status = 'done', field } = entry;
	const fields: Record<string, string> = {
		id: '"1"',
		ticket_id: JSON.stringify(ticket),
		action: field === undefined ? JSON.stringify(action) : '"process"',
		sub_action: 'null',
		...(field !== undefined && { [field]: JSON.stringify(action) }),
		operator: JSON.stringify(operator),
		status: JSON.stringify(status),
		comment: JSON.stringify(comment),
		start_time: String(at),
		is_deteted: 'false',
	};
	if (isOdd) distort(random, fields, entry);
	return objectOf(Object.entries(fields).map(([name, value]) => [JSON.stringify(name), value]));
}

function distort(
	random: Random,
	fields: Record<string, string>,
	{ ticket, action, comment, at }: Entry,
) {
	const changes: Array<() => void> = [
		() => {
			const one = ['IM0', ` ${ticket} `, ticket.toLowerCase(), ''].map((text) =>
				JSON.stringify(text),
			);
			fields.ticket_id = random.pick([...one, 'null', '5', `[${JSON.stringify(ticket)}]`]);
		},
		() => {
			fields.start_time = random.pick([
				...[`"${at}"`, String(Math.floor(at / 1000)), String(at - 3_600_000), `${at}.5`, 'null'],
				...[`"${new Date(at).toISOString()}"`, '-1', '1e400', '""', 'true', `[${at}]`, '"１"'],
			]);
		},
		() => {
			fields.action = random.pick([
				'"Confirm"',
				'"verify"',
				'null',
				'["confirm"]',
				'"agreed"',
				'""',
			]);
		},
		() => {
			fields.action = '"process"';
			fields[random.pick(['sub_action', 'final_sub_action'])] = JSON.stringify(action);
		},
		() => {
			fields.operator = random.pick(['"another"', 'null', '5', `[${fields.operator}]`, '""']);
		},
		() => {
			const spaced = JSON.stringify(` ${comment}\n`);
			fields.comment = random.pick(['"Something else"', 'null', '5', spaced, '{}', '""']);
		},
		() => {
			delete fields[random.pick(Object.keys(fields))];
		},
		() => {
			fields[JSON.parse(anyNameText(random)) as string] = anyJson(random, 1);
		},
	];
	random.pick(changes)();
	if (random.once(3)) random.pick(changes)();
}

/** Lone halves and the like stay out of here: this name is parsed and written again. */
function anyNameText(random: Random): string {
	return random.once(2) ? JSON.stringify(random.text(5, LETTERS)) : anyName(random);
}

/** Other lists than the ticket's own: entries twice, thousands, of other tickets, or none at all. */
function spoil(random: Random, entries: string[], history: Entry[]) {
	const entry = history.length > 0 ? random.pick(history) : undefined;
	switch (random.below(6)) {
		case 0:
			if (entries[0] !== undefined) entries.push(entries[0]);
			break;
		case 1:
			entries.push(random.pick(['null', '5', '"confirm"', '[]', 'true', '{}', '{"__proto__":{}}']));
			break;
		case 2:
			entries.length = 0;
			break;
		case 3:
			if (entry) {
				const other = entryText(random, { ...entry, ticket: 'IM999' }, false);
				for (let count = random.pick([1, 10, random.once(20) ? 3000 : 1]); count > 0; count--) {
					entries.push(other);
				}
			}
			break;
		case 4:
			if (entry) entries.push(entryText(random, entry, true));
			break;
		default:
			entries.reverse();
	}
}
