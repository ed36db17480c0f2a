import { randomBytes } from 'node:crypto';
import type { Login } from './auth.cts';
import type { CheckLogin } from './logins.cts';
import { findRoute } from './routes/index.cts';
import type { Route, Service } from './routes/route.cts';
import type { Received } from './server.cts';
import type { RecordedRequest } from './types.cts';

/** A request, understood: what tests see of it, and what the gateway judges. */
export interface Incoming {
	requestId: string;
	record: RecordedRequest;
	tooLarge: boolean;
	/** None when there is no such API. */
	found: { route: Route; params: Record<string, string> } | undefined;
	/** Whom the token or the signature speaks for, or what is wrong with it. */
	login: Login | string;
}

interface Surroundings {
	service: Service;
	basePath: string;
	login: CheckLogin;
	now: () => number;
}

/** Reads a request as COC would, below `basePath`. */
export function understand(
	{ request, body, tooLarge }: Received,
	{ service, basePath, login: check, now }: Surroundings,
): Incoming {
	const { method = '', url = '', headers, rawHeaders } = request;
	const fullPath = url.split('?')[0] ?? '';
	const below = fullPath.startsWith(`${basePath}/`);
	const path = below ? fullPath.slice(basePath.length) : fullPath;
	const found = below ? findRoute(method, path, service) : undefined;
	// A signature can't be judged without the body.
	const login = tooLarge ? 'the body is too large.' : check({ method, url, headers, body });
	const json = parse(body);
	const record: RecordedRequest = {
		method,
		url,
		path,
		headers,
		rawHeaders,
		body,
		text: body.toString(),
		json,
		at: now(),
		ticket: found?.params.incident_num ?? found?.params.incident_id ?? ticketIn(json),
		userId: typeof login === 'string' ? null : login.userId,
		status: null,
		applied: false,
	};
	return { requestId: randomBytes(16).toString('hex'), record, tooLarge, found, login };
}

/** The JSON of a body; undefined when it is none, or not UTF-8. */
function parse(body: Buffer): unknown {
	try {
		return JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(body));
	} catch {
		return undefined;
	}
}

/** The ticket that a body names, itself or as the only one that its filters let through. */
function ticketIn(json: unknown): string | null {
	const body = json as
		| {
				incident_num?: unknown;
				incident_number?: unknown;
				string_filters?: unknown;
		  }
		| null
		| undefined;
	const filters = Array.isArray(body?.string_filters) ? (body.string_filters as unknown[]) : [];
	const wanted = filters.flatMap((filter) => {
		const { field, values } = (filter ?? {}) as { field?: unknown; values?: unknown };
		return field === 'ticket_id' && Array.isArray(values) ? (values as unknown[]) : [];
	});
	const number =
		body?.incident_num ?? body?.incident_number ?? (wanted.length === 1 ? wanted[0] : null);
	return typeof number === 'string' ? number : null;
}
