/** A COC of one ticket, that answers as oddly as wanted; nothing goes over a wire. */
import type { Random } from '../../support/random.cts';
import { isHttpDate, type Came } from '../oracle.cts';
import type { Wanted } from '../recordOracle.cts';
import { anyBody, plainEnvelope } from './envelope.cts';
import { anyHeaders, anyStatus } from './headers.cts';
import { SECRET } from './json.cts';
import { detailBody, historyBody, STATUS, type Ticket } from './record.cts';

export type Kind = 'write' | 'history' | 'detail';

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
	answer(kind: Kind): Given;
}

/**
 * @param oddity how many of the answers are odd, from 0 to 1
 * @param isReachable whether every connection is accepted
 */
export function createDeployment(
	random: Random,
	wanted: Wanted,
	now: () => number,
	{ oddity = random.pick([0, 0.1, 0.4, 1]), isReachable = false } = {},
): Deployment {
	const oddly = () => random.below(1000) < oddity * 1000;
	const ticket = anyTicket(random, wanted, now());
	const log: Exchanged[] = [];

	function answer(kind: Kind): Given {
		const exchanged: Exchanged = {
			kind,
			at: now(),
			came: 'lost',
			isDated: false,
			mayBeLost: false,
		};
		log.push(exchanged);
		if (!isReachable && random.once(kind === 'write' ? 30 : 60)) {
			exchanged.came = 'neverSent';
			throw Object.assign(new Error('refused'), { code: 'ECONNREFUSED', syscall: 'connect' });
		}
		const isLost = kind === 'write' ? random.once(2) : oddly() && random.once(10);
		if (kind === 'write' && (isLost || random.once(2))) verify(random, ticket, wanted, now());
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
		if (kind !== 'write') {
			const refused = random.once(100) || (isOdd && random.once(20));
			if (refused) return { status: isOdd ? anyStatus(random) : 400, body: NO_SUCH_TICKET };
			const status = isOdd && random.once(4) ? anyStatus(random) : 200;
			const write = kind === 'history' ? historyBody : detailBody;
			return { status, body: write(random, ticket, isOdd) };
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

const NO_SUCH_TICKET = '{"error_code":"COC.00067003","error_msg":"not found"}';

// eslint-disable-next-line @typescript-eslint/require-await -- a body is read asynchronously
async function* broken(bytes: Uint8Array) {
	yield bytes;
	throw Object.assign(new Error('aborted'), { code: 'ECONNRESET' });
}

/** A ticket that waits for verification or doesn't, with verifications behind it or none. */
function anyTicket(random: Random, { ticket, operator, comment }: Wanted, now: number): Ticket {
	const hour = 3_600_000;
	const entry = { ticket, operator: 'a1b2', comment: '' };
	const history = [
		{ ...entry, action: 'acceptedIncident1', at: now - 9 * hour },
		{ ...entry, action: 'commitSolution1', comment: 'Restarted', at: now - 8 * hour },
	];
	for (let ago = random.pick([0, 0, 1, 2]) * 2; ago > 0; ago -= 2) {
		const before = { ...entry, action: 'confirm', comment: 'No', at: now - ago * hour };
		history.push(random.once(2) ? { ...before, operator, comment } : before);
		if (random.once(2)) {
			const at = now - (ago - 1) * hour;
			history.push({ ...entry, action: 'commitSolution1', comment: 'Again', at });
		}
	}
	const statuses = Object.values(STATUS);
	const status = random.once(4) ? random.pick(statuses) : STATUS.resolved;
	return { number: ticket, status, history };
}

/** COC acts; sometimes the handler answers an *Unresolved* at once, and sometimes COC lags. */
function verify(random: Random, ticket: Ticket, wanted: Wanted, now: number) {
	if (ticket.status !== STATUS.resolved) return;
	const { operator, comment, result } = wanted;
	const entry = { ticket: ticket.number, action: 'confirm', operator, comment, at: now };
	if (!random.once(10)) ticket.history.push(entry);
	if (random.once(10)) return;
	ticket.status = result ? STATUS.completed : STATUS.acknowledged;
	if (!result && random.once(4)) ticket.status = STATUS.resolved;
}
