/** One thing that can go wrong between the node and COC, and what must be said about it. */
import type { Fault } from '../../standin/index.cts';

export interface FaultRow {
	name: string;
	fault: Fault;
	/** Default: none. */
	errorCode?: string;
	httpStatus: number | null;
	/** Default: the one of the header, which the stand-in makes up. */
	requestId?: string | null;
	/** What the message must contain besides ticket, hint and item. */
	says?: Array<string | RegExp>;
	/** Whether COC has verified the ticket nevertheless. */
	applied?: boolean;
	/** n8n's word for the cause, on the error. */
	failure?: { cause: string; retryAfterMs?: number };
	/** How often it is sent before that is the outcome; default: once. */
	sends?: number;
	/** The node's option, where the row needs a short one. */
	timeout?: number;
}

/** Exactly this answer, without X-Request-Id; what is no text goes as JSON. */
export const raw = (
	status: number,
	body: unknown,
	headers: Record<string, string> = {},
): Fault => ({
	kind: 'raw',
	status,
	headers: { 'Content-Type': 'application/json', ...headers },
	body: typeof body === 'string' || Buffer.isBuffer(body) ? body : JSON.stringify(body),
});
