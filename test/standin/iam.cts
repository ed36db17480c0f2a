import { randomBytes } from 'node:crypto';
import { setMaxListeners } from 'node:events';
import { type Answer, json, Refusal } from './answers.cts';
import { deliver } from './deliver.cts';
import { createFaults, type Disturb, type Fault } from './faults.cts';
import {
	createIamUsers,
	iamError,
	IamRefusal,
	type IamUser,
	type IamUserFields,
} from './iamUsers.cts';
import { wait } from './latency.cts';
import { listen, type Received } from './server.cts';
import type { KeyPair } from './tls.cts';
import type { RecordedRequest, StandIn } from './types.cts';

export { iamError, type IamUser, type IamUserFields } from './iamUsers.cts';

const SIGN_IN = '/v3/auth/tokens';
const USERS = '/v3/users';
const DAY = 24 * 60 * 60 * 1000;

export interface IamOptions {
	/** The COC that accepts the tokens given here; its access keys count here as well. */
	coc: Pick<StandIn, 'issueToken' | 'login'>;
	/** HTTPS with a self-signed certificate, or with one that this authority signs. */
	tls?: boolean | KeyPair;
	/** Default: 127.0.0.1. */
	host?: string;
	/** Default: a free one. */
	port?: number;
	/** The API lives below this path, as in a private deployment. */
	basePath?: string;
	/** How long tokens live, in ms. Default: 24 hours. */
	tokenLifeMs?: number;
	now?: () => number;
	/** Called when a request has been read, before anything is done about it. */
	onRequest?: (request: RecordedRequest) => void;
	/** Faults by rule or by chance, beside the queued ones. */
	disturb?: Disturb;
}

export interface Iam {
	/** http(s)://host:port and the base path, no trailing slash. */
	readonly url: string;
	/** PEM, with TLS. */
	readonly certificate: string | null;
	/** Every request that was received completely; `userId` is who was, or had, signed in. */
	readonly requests: RecordedRequest[];
	/** How many tokens were given. */
	readonly signIns: number;
	/** Tests may change it at any time. */
	tokenLifeMs: number;
	addUser(fields: IamUserFields): IamUser;
	/** Queues a fault for the next requests it matches; see `iamError` for IAM's own errors. */
	fault(fault: Fault): void;
	clearFaults(): void;
	/** Ends all sockets at once, those of hanging requests as well. */
	close(): Promise<void>;
}

/** Starts a stand-in for IAM on this machine: it gives tokens for COC, strictly by the contract. */
export async function startIam(options: IamOptions): Promise<Iam> {
	const { coc, now = () => Date.now(), tls = false, host = '127.0.0.1', port = 0 } = options;
	const basePath = (options.basePath ?? '').replace(/\/+$/, '');
	const users = createIamUsers();
	const faults = createFaults(options.disturb);
	const requests: RecordedRequest[] = [];
	const closing = new AbortController();
	const { signal } = closing;
	setMaxListeners(0, signal);

	function answer(record: RecordedRequest): Answer {
		try {
			if (record.method === 'GET' && record.path === USERS) return listUsers(record);
			checkSignIn(record);
			const user = users.signIn(record.json);
			const { userId, userName, accountName, permissions } = user;
			const expiresInMs = iam.tokenLifeMs;
			const token = coc.issueToken({ userId, expiresInMs, ...(permissions && { permissions }) });
			user.tokens.push(token);
			record.userId = userId;
			const body = {
				token: {
					expires_at: isoMicroseconds(now() + expiresInMs),
					issued_at: isoMicroseconds(now()),
					methods: ['password'],
					user: { id: userId, name: userName, domain: { name: accountName } },
				},
			};
			return json(201, body, { 'X-Subject-Token': token });
		} catch (error) {
			if (error instanceof IamRefusal) return error.answer();
			if (error instanceof Refusal) return iamError(400, error.message);
			throw error;
		}
	}

	function listUsers(record: RecordedRequest): Answer {
		const login = coc.login(record);
		if (typeof login === 'string') throw new IamRefusal(401, `Not authenticated: ${login}`);
		record.userId = login.userId;
		if (!login.may('iam:users:listUsers')) {
			throw new IamRefusal(403, 'The user is not allowed to call iam:users:listUsers.');
		}
		const query = new URLSearchParams(record.url.split('?')[1]);
		return json(200, { users: users.list(query, login.userId) });
	}

	async function exchange(received: Received): Promise<void> {
		const { response, reset } = received;
		const record = recorded(received, basePath, now());
		requests.push(record);
		options.onRequest?.(record);
		const { latency, disturbance } = faults.take(record);
		if (latency) await wait(latency, signal);
		const requestId = randomBytes(16).toString('hex');
		response.setHeader('X-Request-Id', requestId);
		await deliver(disturbance, {
			requestId,
			response,
			reset,
			signal,
			handle: () => answer(record),
			settle: (status) => (record.status = status),
		});
	}

	const server = await listen({ tls, host, port }, (received) => {
		exchange(received).catch((error: unknown) => {
			if (signal.aborted) return;
			console.error('The stand-in for IAM itself failed:', error);
			received.response.destroy();
		});
	});

	const iam: Iam = {
		url: `${server.origin}${basePath}`,
		certificate: server.certificate,
		requests,
		get signIns() {
			return requests.filter(({ path, userId }) => path === SIGN_IN && userId !== null).length;
		},
		tokenLifeMs: options.tokenLifeMs ?? DAY,
		addUser: (fields) => users.add(fields),
		fault: (fault) => faults.add(fault),
		clearFaults: () => faults.clear(),
		close() {
			closing.abort();
			return server.close();
		},
	};
	return iam;
}

function checkSignIn({ method, path, url, headers }: RecordedRequest): void {
	if (method !== 'POST' || path !== SIGN_IN) throw new IamRefusal(404, 'The API does not exist.');
	// Without it the answer would hold the catalogue of all services.
	if (!url.endsWith(`${SIGN_IN}?nocatalog=true`)) {
		throw new IamRefusal(400, 'The query must be nocatalog=true.');
	}
	if (!/^application\/json\s*(;\s*charset=utf-?8\s*)?$/i.test(headers['content-type'] ?? '')) {
		throw new IamRefusal(400, 'The header[Content-Type] must be application/json.');
	}
	if (headers['x-auth-token'] !== undefined || headers.authorization !== undefined) {
		throw new IamRefusal(400, 'Whoever signs in has neither a token nor a signature.');
	}
}

function recorded({ request, body }: Received, basePath: string, at: number): RecordedRequest {
	const { method = '', url = '', headers, rawHeaders } = request;
	const fullPath = url.split('?')[0] ?? '';
	const below = fullPath.startsWith(`${basePath}/`);
	const text = body.toString();
	return {
		method,
		url,
		path: below ? fullPath.slice(basePath.length) : fullPath,
		headers,
		rawHeaders,
		body,
		text,
		json: parse(text),
		at,
		ticket: null,
		userId: null,
		status: null,
		applied: false,
	};
}

function parse(text: string): unknown {
	try {
		return JSON.parse(text);
	} catch {
		return undefined;
	}
}

/** As IAM writes times: 2026-11-25T09:00:00.000000Z */
function isoMicroseconds(at: number): string {
	return new Date(at).toISOString().replace('Z', '000Z');
}
