import {
	NodeApiError,
	type ILoadOptionsFunctions,
	type INode,
	type INodeListSearchItems,
	type INodeListSearchResult,
	type JsonObject,
} from 'n8n-workflow';
import {
	credentialFailure,
	inputFailure,
	unexpectedFailure,
	type Failure,
} from '../../errors/failure';
import { openSession, type Session } from '../../client/session';

/** What the editor asks for when it fills a list. */
export interface Wanted {
	session: Session;
	/** The node's saved setting of this name, or its default. */
	setting(name: string): unknown;
	/** What the user typed, to be found in a name or an ID; empty for all. */
	text: string;
	/** Where the page before ended; null for the first page. */
	from: string | null;
}

/** One page of a list, or why there is none. */
export type Found =
	| {
			ok: true;
			items: INodeListSearchItems[];
			next: string | null;
			/** What is left out and why, for the user; empty when nothing is. */
			leftOut: string;
	  }
	| { ok: false; failure: Failure };

export type ListSearch = (
	this: ILoadOptionsFunctions,
	filter?: string,
	paginationToken?: string,
) => Promise<INodeListSearchResult>;

/**
 * The frame of every search: the credential, the page's token, and a list that can't be had tells
 * why instead of looking empty.
 *
 * @param things what is listed, in a word
 * @param otherwise what the user can do without the list
 */
export function listSearch(
	things: string,
	otherwise: string,
	find: (wanted: Wanted) => Promise<Found>,
): ListSearch {
	return async function (this, filter, paginationToken) {
		const found = await findSafely(this, find, filter, paginationToken);
		if (!found.ok) throw listError(this.getNode(), things, otherwise, found.failure);
		const { items, next, leftOut } = found;
		if (items.length === 0 && next !== null) {
			throw listError(this.getNode(), things, otherwise, noneSoFar(filter));
		}
		const results = leftOut === '' ? items : [...items, noteOf(leftOut)];
		return { results, ...(next !== null && { paginationToken: next }) };
	};
}

async function findSafely(
	context: ILoadOptionsFunctions,
	find: (wanted: Wanted) => Promise<Found>,
	filter?: string,
	paginationToken?: string,
): Promise<Found> {
	const session = await openSession(context);
	if (!session.ok) return { ok: false, failure: credentialFailure(session) };
	try {
		return await find({
			session: session.value,
			setting: (name) => context.getNodeParameter(name, ''),
			text: filter?.trim() ?? '',
			from: paginationToken ? String(paginationToken) : null,
		});
	} catch (error) {
		// What was thrown may hold secrets: only its kind is told.
		return { ok: false, failure: { ...unexpectedFailure(error, WORDS), hint: AGAIN } };
	}
}

/**
 * A list has no place for words but its entries, of which the editor shows each value once. This one
 * can't be meant: the node refuses a number or an ID with a space in it, before anything is sent.
 */
function noteOf(leftOut: string): INodeListSearchItems {
	return { name: leftOut, value: leftOut };
}

/** Of those that a service lists without their ID. */
export function withoutId(count: number): string {
	if (count === 0) return '';
	return `Not shown: ${count === 1 ? '1 entry' : `${count} entries`} without an ID`;
}

/** The editor would show an empty list, as if there were nothing. */
const noneSoFar = (filter = '') =>
	inputFailure(
		'none of those that were looked at can be chosen here, and looking at all takes too long',
		filter.trim() === '' ? 'Search for a part of the name or number.' : '',
	);

const WORDS = { done: 'listed', effect: 'list', iamAction: '', refusedHint: '' };
const AGAIN = 'Open the list again.';

/**
 * The editor shows message and description. It takes hyphens out of the message, and the server
 * replaces one that says "unique" or "duplicate": whatever is quoted stands in the description.
 */
function listError(
	node: INode,
	things: string,
	otherwise: string,
	{ reason, hint, httpStatus, errorCode, requestId }: Failure,
): NodeApiError {
	const message = `The ${things} can't be listed`;
	const what = reason.startsWith('n8n') ? reason : reason.charAt(0).toUpperCase() + reason.slice(1);
	const again = hint.replace(/\b(r)un (?:this item|these items) again/gi, (_, r: string) =>
		r === 'R' ? 'Open the list again' : 'open the list again',
	);
	const error = new NodeApiError(node, { errorCode, httpStatus, requestId } as JsonObject, {
		message,
		description: `${what}. ${again} ${otherwise}`,
		// With 401 the editor offers to open the credential; a bare status may be anybody's.
		...(httpStatus !== null &&
			httpStatus >= 400 &&
			errorCode !== null && { httpCode: String(httpStatus) }),
	});
	error.message = message;
	return error;
}

const collator = new Intl.Collator('en', { numeric: true, sensitivity: 'base' });

/** Items in whose name or ID the text occurs, each once, sorted by name. */
export function sortedBy(text: string, items: INodeListSearchItems[]): INodeListSearchItems[] {
	return [...new Map(items.map((item) => [item.value, item])).values()]
		.filter(({ name, value }) => occurs(text, name, String(value)))
		.sort((a, b) => collator.compare(a.name, b.name));
}

/** Whether a text occurs in one of these, whatever the case of its letters. */
export function occurs(text: string, ...values: string[]): boolean {
	const wanted = text.toLowerCase();
	return values.some((value) => value.toLowerCase().includes(wanted));
}
