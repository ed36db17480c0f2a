import type { RecordedRequest } from './types.cts';

/** Whether COC handles the request before the fault shows: its change then counts. */
interface Applicable {
	/** Default: false. */
	apply?: boolean;
}

/** What can go wrong. */
type Kind =
	/**
	 * Waits, then goes on normally or with the next fault. With `together` the wait ends for good
	 * once so many requests are in it at once, which doesn't depend on how fast the machine is.
	 */
	| { kind: 'latency'; ms: number; together?: number }
	/**
	 * A TCP reset before, or after, COC handled the request. With `applyAfterMs` the request was on
	 * its way already: COC handles it so much later, when its answer reaches nobody.
	 */
	| { kind: 'resetBefore'; applyAfterMs?: number }
	| { kind: 'resetAfter' }
	/** Never answers. */
	| ({ kind: 'hang' } & Applicable)
	/** The gateway's refusal or trouble; `code` defaults to the one documented for the status. */
	| ({
			kind: 'status';
			status: number;
			code?: string;
			message?: string;
			retryAfter?: string;
	  } & Applicable)
	/** A web page, or nothing, where JSON should be. Default status: 200. */
	| ({ kind: 'html'; status?: number } & Applicable)
	| ({ kind: 'empty'; status?: number } & Applicable)
	/** The answer breaks off: the connection is lost, or with `complete` only the JSON is broken. */
	| ({ kind: 'truncated'; complete?: boolean } & Applicable)
	/** A body that never ends, as fast as the client reads. */
	| ({ kind: 'endless' } & Applicable)
	/** The answer byte by byte. */
	| ({ kind: 'drip'; everyMs: number } & Applicable)
	/** COC's envelope with an error code. Default status: 200. */
	| ({ kind: 'errorCode'; code: string; message: string; status?: number } & Applicable)
	/** Default status: 302. */
	| ({ kind: 'redirect'; location: string; status?: number } & Applicable)
	/** The token counts as expired for this request. Default: 401 APIGW.0301. */
	| { kind: 'expiredToken'; code?: string; status?: number }
	/** Exactly this, without X-Request-Id. */
	| ({
			kind: 'raw';
			status: number;
			headers?: Record<string, string>;
			body: string | Buffer;
	  } & Applicable);

export type Fault = Kind & {
	/** Default: every request. A text is the whole path. */
	match?: { method?: string; path?: string | RegExp; ticket?: string };
	/** How many requests it hits. Default: 1. */
	times?: number;
};
export type Latency = Extract<Fault, { kind: 'latency' }>;
/** A fault that decides what the client gets. */
export type Disturbance = Exclude<Fault, Latency>;

export interface Faults {
	add(fault: Fault): void;
	clear(): void;
	/** Takes what is next for this request: a latency, a disturbance, or a latency and the disturbance behind it. */
	take(request: RecordedRequest): { latency?: Latency; disturbance?: Disturbance };
}

/**
 * Decides for each request what goes wrong with it, by chance for example: at most one latency and
 * one disturbance. Asked only when no queued fault hits the request.
 */
export type Disturb = (request: RecordedRequest) => Array<Latency | Disturbance>;

/** An empty queue of faults. */
export function createFaults(disturb: Disturb = () => []): Faults {
	let queue: Array<{ fault: Fault; left: number }> = [];

	return {
		add(fault) {
			queue.push({ fault, left: fault.times ?? 1 });
		},
		clear() {
			queue = [];
		},
		take(request) {
			const taken: { latency?: Latency; disturbance?: Disturbance } = {};
			for (const entry of queue) {
				const { fault } = entry;
				if (!matches(fault, request)) continue;
				if (fault.kind !== 'latency') taken.disturbance = fault;
				else if (!taken.latency) taken.latency = fault;
				else continue;
				entry.left--;
				if (taken.disturbance) break;
			}
			queue = queue.filter(({ left }) => left > 0);
			if (taken.latency || taken.disturbance) return taken;
			for (const fault of disturb(request)) {
				if (fault.kind === 'latency') taken.latency = fault;
				else taken.disturbance = fault;
			}
			return taken;
		},
	};
}

function matches({ match = {} }: Fault, request: RecordedRequest): boolean {
	const { method, path, ticket } = match;
	return (
		(method === undefined || method === request.method) &&
		(path === undefined ||
			(typeof path === 'string' ? path === request.path : path.test(request.path))) &&
		(ticket === undefined || ticket === request.ticket)
	);
}
