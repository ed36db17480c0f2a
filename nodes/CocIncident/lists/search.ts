import type {
	ILoadOptionsFunctions,
	INode,
	INodeListSearchItems,
	INodeListSearchResult,
	NodeApiError,
	NodeOperationError,
} from 'n8n-workflow';
import { openSession, type Session } from '../../client/session';
import { capitalized } from '../../errors/explain';
import {
	credentialFailure,
	hintText,
	inputFailure,
	unexpectedFailure,
	type Failure,
	type Read,
} from '../../errors/failure';
import { nodeError } from '../../errors/nodeError';

/** What the editor asks for when it fills a list. */
export interface SearchRequest {
	session: Session;
	/** The node's saved setting of this name, or its default. */
	setting(name: string): unknown;
	/** What the user typed, to be found in a name or an ID; empty for all. */
	text: string;
	/** Where the page before ended; null for the first page. */
	from: string | null;
}

/** One page of a list. */
export interface Found {
	items: INodeListSearchItems[];
	next: string | null;
	/** What is left out and why, for the user; empty when nothing is. */
	leftOut: string;
}

export type ListSearch = (
	this: ILoadOptionsFunctions,
	filter?: string,
	paginationToken?: string,
) => Promise<INodeListSearchResult>;

/**
 * The frame of every search: the credential, the page's token, and a list that can't be read says
 * why instead of looking empty.
 *
 * @param things what is listed, in a word
 * @param otherwise what the user can do without the list
 */
export function listSearch(
	things: string,
	otherwise: string,
	find: (wanted: SearchRequest) => Promise<Read<Found>>,
): ListSearch {
	return async function (this, filter, paginationToken) {
		const found = await findSafely(this, find, filter, paginationToken);
		if (!found.ok) throw listError(this.getNode(), things, otherwise, found.failure);
		const { items, next, leftOut } = found.value;
		if (items.length === 0 && next !== null) {
			throw listError(this.getNode(), things, otherwise, noneSoFar(filter));
		}
		const results = leftOut === '' ? items : [...items, noteOf(leftOut)];
		return { results, ...(next !== null && { paginationToken: next }) };
	};
}

async function findSafely(
	context: ILoadOptionsFunctions,
	find: (wanted: SearchRequest) => Promise<Read<Found>>,
	filter?: string,
	paginationToken?: string,
): Promise<Read<Found>> {
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
		// What was thrown may hold secrets: only its kind is shown.
		return { ok: false, failure: unexpectedFailure(error) };
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
		'no match among the first results; searching all of them takes too long',
		filter.trim() === '' ? 'Search for a part of the name or number.' : '',
	);

/**
 * The editor shows message and description. It takes hyphens out of the message, and the server
 * replaces one that says "unique" or "duplicate": whatever is quoted stands in the description.
 */
function listError(
	node: INode,
	things: string,
	otherwise: string,
	failure: Failure,
): NodeApiError | NodeOperationError {
	const { reason, httpStatus, errorCode } = failure;
	// With 401 the editor offers to open the credential; a bare status may be anybody's.
	const isCodeOfService = errorCode !== null && httpStatus !== null && httpStatus >= 400;
	return nodeError(
		node,
		{ ...failure, origin: 'service', httpStatus: isCodeOfService ? httpStatus : null },
		{
			message: `The ${things} can't be listed`,
			description: `${capitalized(reason)}. ${hintText(failure, 'open the list again')} ${otherwise}`,
		},
	);
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
