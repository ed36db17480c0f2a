import type { Answer } from '../answers.cts';
import type { Tickets } from '../tickets.cts';

/** A request as a route sees it: authenticated, permitted, its JSON read. */
export interface Call {
	params: Record<string, string>;
	query: URLSearchParams;
	/** The JSON body of a POST, undefined for a GET. */
	body: unknown;
}

/** What routes work on. */
export interface Coc {
	tickets: Tickets;
	now: () => number;
}

/** One call of the COC API. */
export interface Route {
	method: 'GET' | 'POST';
	/** Path below the endpoint; `{name}` is a parameter of one segment. */
	path: string;
	/** The IAM action the caller needs. */
	permission: string;
	/** Answers, or throws a Refusal. */
	answer(call: Call, coc: Coc): Answer;
}
