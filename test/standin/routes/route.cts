import type { Alarms } from '../alarms.cts';
import type { Answer } from '../answers.cts';
import type { Directory } from '../directory.cts';
import type { Files } from '../files.cts';
import type { FormPart } from '../form.cts';
import type { Quirks } from '../quirks.cts';
import type { Tickets } from '../tickets.cts';
import type { WarRooms } from '../warRooms.cts';

/** A request as a route sees it: authenticated, permitted, its JSON read. */
export interface Call {
	params: Record<string, string>;
	query: URLSearchParams;
	/** The JSON body of a POST, undefined for a GET and a form. */
	body: unknown;
	/** The parts of a form; null when the body is none. */
	form: FormPart[] | null;
	/** The user whose token or access key it is. */
	caller: string;
}

/** What routes work on. */
export interface Coc {
	tickets: Tickets;
	warRooms: WarRooms;
	alarms: Alarms;
	directory: Directory;
	files: Files;
	quirks: Readonly<Quirks>;
	now: () => number;
}

export type Service = 'coc' | 'eps';

/** One call of the API. */
export interface Route {
	/** Default: COC. Another service has an endpoint of its own. */
	service?: Service;
	method: 'GET' | 'POST';
	/** Path below the endpoint; `{name}` is a parameter of one segment. */
	path: string;
	/** Default: JSON, of a POST. */
	takes?: 'form';
	/** The IAM action the caller needs, if the contract names one. */
	permission: string | null;
	/** Answers, or throws a Refusal. */
	answer(call: Call, coc: Coc): Answer;
}
