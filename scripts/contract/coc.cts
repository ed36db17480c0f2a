/** The way to COC, with the product's own signature and sign-in; each exchange is written down masked. */
import type { Access } from './access.cts';
import { exchange, type Received } from './http.cts';
import { createMask, type Mask } from './mask.cts';
import {
	readAnswer,
	readSignIn,
	signInRequest,
	signRequest,
	type Answer,
	type CocRequest,
} from './product.cts';
import type { Exchange } from './transcript.cts';

export interface Clock {
	now: () => number;
	sleep: (ms: number) => Promise<void>;
}

export interface Coc {
	/** Sends once. */
	send(probe: string, request: CocRequest): Promise<Answer>;
	readonly clock: Clock;
	readonly exchanges: Exchange[];
	readonly mask: Mask;
	/** The caller's IAM user ID, where the sign-in told it. */
	readonly userId: string | null;
	/** What must not be shown. */
	readonly hidden: string[];
}

/** Between requests: COC's limits aren't documented. */
const PAUSE_MS = 50;

export const realClock: Clock = {
	now: () => Date.now(),
	sleep: (ms) => new Promise((resolve) => setTimeout(resolve, ms)),
};

/** Signs in, where that is needed; throws with IAM's reason. */
export async function connect({ credential, hidden }: Access, clock = realClock): Promise<Coc> {
	const { authentication, endpoint, trust } = credential;
	const { ignoreSslIssues } = trust;
	const mask = createMask();
	const exchanges: Exchange[] = [];
	const secrets = [...hidden];
	const start = clock.now();
	const plain = { 'Content-Type': 'application/json', Accept: 'application/json' };
	let headersFor: (method: string, url: string, body?: string) => Record<string, string>;
	let userId: string | null = null;

	if (authentication.kind === 'accessKey') {
		const { key } = authentication;
		headersFor = (method, url, body) => {
			const bytes = body === undefined ? {} : { body: Buffer.from(body) };
			return {
				...plain,
				...signRequest({ method, url, headers: plain, ...bytes }, key, new Date()),
			};
		};
	} else {
		let token: string;
		if (authentication.kind === 'token') ({ token } = authentication);
		else {
			const { login } = authentication;
			const { url, body } = signInRequest(login);
			const sent = { method: 'POST', url, headers: plain, body: JSON.stringify(body) } as const;
			const received = await exchange(sent, ignoreSslIssues);
			if (received.status === 0) throw new Error(`IAM doesn't answer: ${received.problem}`);
			const session = readSignIn(rawOf(url, received), login, Date.now());
			if (!session.ok) throw new Error(session.reason);
			({ token, userId } = session.value);
			secrets.push(
				token,
				login.iam.url,
				new URL(login.iam.url).host,
				new URL(login.iam.url).hostname,
			);
		}
		headersFor = () => ({ ...plain, 'X-Auth-Token': token });
	}

	return {
		clock,
		exchanges,
		mask,
		userId,
		hidden: secrets,
		async send(probe, { method, path, json }) {
			const url = endpoint.url + path;
			const body = json === undefined ? undefined : JSON.stringify(json);
			await clock.sleep(PAUSE_MS);
			const headers = headersFor(method, url, body);
			const received = await exchange(
				{ method, url, headers, ...(body !== undefined && { body }) },
				ignoreSslIssues,
			);
			const given = jsonOf(received.text);
			exchanges.push({
				probe,
				at: Math.round(clock.now() - start),
				request: {
					method,
					path: mask.path(path),
					...(json !== undefined && { body: mask.document(JSON.parse(body ?? '{}')) }),
				},
				answer: {
					status: received.status,
					headers: mask.headers(received.headers),
					...(given === undefined
						? { instead: received.problem ?? (received.text === '' ? 'nothing' : 'no JSON') }
						: { body: mask.document(given) }),
				},
			});
			const answer = readAnswer(rawOf(url, received), [], Date.now());
			// Not once more: some refused signatures in a row lock an access key.
			if (answer.refused !== null) {
				throw new Error(`COC refuses the credential: ${answer.code}, HTTP ${answer.httpStatus}`);
			}
			return answer;
		},
	};
}

function rawOf(url: string, { status, headers, text }: Received) {
	return { url, httpStatus: status, headers, body: text };
}

function jsonOf(text: string): unknown {
	try {
		return JSON.parse(text);
	} catch {
		return undefined;
	}
}
