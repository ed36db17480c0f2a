/**
 * What COC's record allows to be concluded about a change of a ticket: a second reading of the contract
 * of v2's actions, and of v1's pages for those that go that way.
 */
import { ACTIONS, KNOWN_KEYS, type Action } from './contract.cts';
import type { ActionItem } from './item.cts';
import { dataOf, own, type Came, type Fields } from './oracle.cts';
import {
	actionsOf,
	CLOCKS_DIFFER_BY,
	entriesOf,
	isLike,
	plain,
	statusOf,
	timeOf,
	type Look,
} from './recordOracle.cts';

/** A change as it is looked for. */
export interface Sought {
	item: ActionItem;
	action: Action;
	/** Null when the operation has none. */
	text: string | null;
	/** When its first send began, in ms since 1970. */
	since: number;
	/** The ticket right before; undefined when nobody read it. */
	before: Came | undefined;
	/** Its entries right before; none when nobody read them. */
	earlier: Fields[];
}

export function soughtOf(
	item: ActionItem,
	since: number,
	before: Came | undefined,
	history: Came | undefined,
): Sought {
	const { name, fields, ticket } = item.asked;
	const earlier = (history && entriesOf(history, ticket)) ?? [];
	const action: Action = ACTIONS[name];
	const text = action.text === null ? null : String(fields[action.text]);
	return { item, action, text, since, before, earlier };
}

const isKind = (entry: Fields, { action }: Sought) =>
	actionsOf(entry).some((key) => action.keys.includes(key as string));
const isKnown = (entry: Fields) => actionsOf(entry).some((key) => KNOWN_KEYS.has(key));
const isOf = (one: string | undefined, all: readonly string[]) =>
	all.some((status) => plain(status) === plain(one));

/** Entries that may be it, as far as their own fields say. */
function maybes(entries: Fields[], sought: Sought): Fields[] {
	const { item, text, since } = sought;
	const { actor } = item;
	// What was there before the first send is older, whatever the clocks say.
	const known = sought.earlier.map(printOf);
	return entries.filter((entry) => {
		const place = known.indexOf(printOf(entry));
		if (place >= 0) {
			known.splice(place, 1);
			return false;
		}
		const at = timeOf(entry);
		if (at !== undefined && at < since - CLOCKS_DIFFER_BY) return false;
		const operator = own(entry, 'operator');
		const isOwn = actor === null || isLike(operator, actor);
		const comment = own(entry, 'comment');
		const isTold = text !== null && isLike(comment, text);
		if (isKind(entry, sought)) return isOwn || isTold;
		if (isKnown(entry) || !isOwn) return false;
		return text === null || isTold || plain(comment) === '';
	});
}

const printOf = (entry: Fields) =>
	JSON.stringify([
		actionsOf(entry).filter((action) => KNOWN_KEYS.has(action)),
		...['operator', 'comment', 'start_time'].map((name) => plain(own(entry, name)) ?? null),
	]);

/** The history without any entry that may be it; all of it must be there. */
export function isAbsentFrom(history: Came, sought: Sought): boolean {
	const entries = entriesOf(history, sought.item.asked.ticket);
	return entries !== undefined && maybes(entries, sought).length === 0;
}

/** Whether the record shows an entry that can be nothing else. */
export function shows({ history, detail }: Look, sought: Sought): boolean {
	const { item, action, text, since } = sought;
	const entries = entriesOf(history, item.asked.ticket);
	const status = statusOf(detail);
	if (entries === undefined || status === undefined) return false;
	const [entry, ...more] = maybes(entries, sought);
	if (entry === undefined || more.length > 0 || !isKind(entry, sought)) return false;
	const at = timeOf(entry);
	if (at === undefined || at < since - CLOCKS_DIFFER_BY) return false;
	const step = own(entry, 'status');
	const isStatus = typeof step === 'string' && isOf(step, Object.values(ALL));
	if (isStatus && !isOf(step, action.at)) return false;
	if (!isOf(status, action.after)) return false;

	const comment = own(entry, 'comment');
	const isTold = text !== null && isLike(comment, text);
	if (item.actor === null) return isTold;
	if (!isLike(own(entry, 'operator'), item.actor)) return false;
	if (isTold || text === null) return true;
	if (typeof comment === 'string' && comment.includes(text)) return true;
	const isBlank = typeof comment !== 'string' || comment.trim() === '';
	return isBlank && isLed(detail, sought);
}

const ALL = {
	...{ draft: 'incident_draft', triggered: 'INCIDENT_STATUS_TRIGGERED' },
	...{ rejected: 'INCIDENT_STATUS_REJECTED', acknowledged: 'INCIDENT_STATUS_ACKNOWLEDGED' },
	...{ resolved: 'INCIDENT_STATUS_RESOLVED', completed: 'INCIDENT_STATUS_COMPLETED' },
};

/** Whether the ticket, its status aside, shows what the contract names, and didn't before. */
function isLed(detail: Came, { item, before }: Sought): boolean {
	const { name, fields } = item.asked;
	const shown = (came: Came, field: string) => textIn(own(dataOf(came) ?? {}, field));
	switch (name) {
		case 'addRemark':
			// Nothing but its text shows it.
			return false;
		case 'changeLevel':
			return shown(detail, 'incident_level') === fields.level;
		case 'forward': {
			const target = fields.assignee;
			if (target === undefined) return true;
			if (before && shown(before, 'incident_assignee') === target) return false;
			return shown(detail, 'incident_assignee') === target;
		}
		default:
			return true;
	}
}

/** What a change looks at before it is sent, and whether that is still so. */
const STATE = [
	...['status', 'incident_level', 'incident_assignee', 'assignee_scene', 'assignee_role'],
	'handle_time',
] as const;

/** The first part of the state that isn't as before; null when all of it is. */
export function changedPart(now: Came, before: Came): string | null {
	const part = (came: Came, name: string) => plain(textIn(own(dataOf(came) ?? {}, name)));
	return STATE.find((name) => part(now, name) !== part(before, name)) ?? null;
}

function textIn(value: unknown): string | undefined {
	const first: unknown = Array.isArray(value) ? value[0] : value;
	const text = typeof first === 'number' ? String(first) : first;
	return typeof text === 'string' && text.trim() !== '' ? text.trim() : undefined;
}

/**
 * Whether the record proves that a write whose answer was lost did nothing, and can't any more: a status
 * to which it can't have led, or another one of its kind that explains the status.
 */
export function isUndone({ history, detail }: Look, sought: Sought): boolean {
	if (!isAbsentFrom(history, sought)) return false;
	const status = statusOf(detail);
	if (status === undefined || !isOf(status, Object.values(ALL))) return false;
	if (!isOf(status, sought.action.after)) return true;
	const entries = entriesOf(history, sought.item.asked.ticket) ?? [];
	return entries.some((entry) => isKind(entry, sought));
}
