/** A COC of one ticket, that answers as oddly as wanted; nothing goes over a wire. */
import type { Random } from '../../support/random.cts';
import { isHttpDate, type Came } from '../oracle.cts';
import { anyBody, plainEnvelope } from './envelope.cts';
import { anyHeaders, anyStatus } from './headers.cts';
import { SECRET } from './json.cts';

export type Kind = 'write' | 'history' | 'detail' | 'tasks';

/** What there is of COC behind the answers. */
export interface World {
	/** COC gets a write; it may act or not. */
	act(sent: unknown): void;
	/** What happens before a request comes. */
	pass?(kind: Kind): void;
	/** What COC says of the ticket. */
	body(kind: Exclude<Kind, 'write'>, isOdd: boolean): string;
	/** Whether COC refuses the credential's token now. */
	refusesToken?(): boolean;
}

/** One request, and what became of it. */
export interface Exchanged {
	kind: Kind;
	/** When it was sent, in ms since 1970. */
	at: number;
	/** The whole answer, or how it failed. */
	came: Came | 'neverSent' | 'lost';
	/** Whether the answer told the time. */
	isDated: boolean;
	/** Whether a client may have been unable to read it. */
	mayBeLost: boolean;
	/** How it came over a connection. */
	style?: string;
	/** The body of a write, and the user whose token went along. */
	sent?: unknown;
	user?: string | undefined;
}

/** What n8n's request helper gives or throws. */
export interface Given {
	statusCode: number;
	headers: Record<string, unknown>;
	body: Iterable<Uint8Array> | AsyncIterable<Uint8Array>;
}

const LOST = [
	{ code: 'ECONNRESET' },
	{ cause: { cause: { code: 'EPIPE' } } },
	{ code: 'HPE_INVALID_CONSTANT' },
	...[null, undefined, 'reset', 5, new Error(`socket hang up ${SECRET}`)],
];

export interface Deployment {
	/** Every request and what came of it. */
	log: Exchanged[];
	/** Answers a request, or throws as n8n's helper does. */
	answer(kind: Kind, sent?: unknown, user?: string): Given;
}

/**
 * @param oddity how many of the answers are odd, from 0 to 1
 * @param isReachable whether every connection is accepted
 */
export function createDeployment(
	random: Random,
	world: World,
	now: () => number,
	{ oddity = random.pick([0, 0.1, 0.4, 1]), isReachable = false } = {},
): Deployment {
	const oddly = () => random.below(1000) < oddity * 1000;
	const log: Exchanged[] = [];

	function answer(kind: Kind, sent?: unknown, user?: string): Given {
		world.pass?.(kind);
		const exchanged: Exchanged = {
			kind,
			at: now(),
			came: 'lost',
			isDated: false,
			mayBeLost: false,
			...(sent !== undefined && { sent, user }),
		};
		log.push(exchanged);
		if (!isReachable && random.once(kind === 'write' ? 30 : 60)) {
			exchanged.came = 'neverSent';
			throw Object.assign(new Error('refused'), { code: 'ECONNREFUSED', syscall: 'connect' });
		}
		const isLost = kind === 'write' ? random.once(2) : oddly() && random.once(10);
		if (kind === 'write' && (isLost || random.once(2))) world.act(sent);
		// eslint-disable-next-line @typescript-eslint/only-throw-error -- no code can trust what is thrown
		if (isLost && random.once(2)) throw random.pick(LOST);

		const came = bodyFor(kind, isLost);
		const headers = oddly() ? anyHeaders(random) : {};
		// Nonsense or the truth: nobody can tell that a clock is wrong.
		const isNonsense = 'date' in headers && !isHttpDate(String(headers.date));
		if (!isNonsense) headers.date = new Date(now()).toUTCString();
		exchanged.isDated = !isNonsense;
		const bytes = Buffer.from(came.body);
		if (isLost && kind !== 'write')
			return { statusCode: came.status, headers, body: broken(bytes) };
		// Bytes that are no UTF-8 have become other characters.
		exchanged.came = { status: came.status, body: bytes.toString() };
		const at = random.below(bytes.length + 1);
		const body = [bytes.subarray(0, at), bytes.subarray(at)];
		return { statusCode: came.status, headers, body };
	}

	function bodyFor(kind: Kind, isLost: boolean): Came {
		const isOdd = oddly();
		if (world.refusesToken?.()) return { status: 401, body: TOKEN_REFUSED };
		if (kind !== 'write') {
			const refused = random.once(100) || (isOdd && random.once(20));
			if (refused) return { status: isOdd ? anyStatus(random) : 400, body: NO_SUCH_TICKET };
			const status = isOdd && random.once(4) ? anyStatus(random) : 200;
			return { status, body: world.body(kind, isOdd) };
		}
		if (isOdd) return { status: anyStatus(random), body: anyBody(random) };
		if (isLost) return { status: random.pick([500, 502, 504, 408]), body: '' };
		return random.pick([
			{ status: 200, body: plainEnvelope(random, 'null') },
			{ status: 400, body: '{"error_code":"GOM.00007256","error_msg":"wrong state"}' },
			{ status: 429, body: '{"error_code":"APIGW.0308"}' },
		]);
	}

	return { log, answer };
}

const TOKEN_REFUSED = '{"error_code":"APIGW.0301","error_msg":"Incorrect IAM authentication"}';
const NO_SUCH_TICKET = '{"error_code":"COC.00067003","error_msg":"not found"}';

// eslint-disable-next-line @typescript-eslint/require-await -- a body is read asynchronously
async function* broken(bytes: Uint8Array) {
	yield bytes;
	throw Object.assign(new Error('aborted'), { code: 'ECONNRESET' });
}
