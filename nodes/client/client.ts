import type { Clock } from './clock';
import { createFirstAlone, type FirstAlone } from './firstAlone';
import {
	createHold,
	createRateLimit,
	createSemaphore,
	type Hold,
	type RateLimit,
	type Semaphore,
} from './rateLimit';
import { createRetryBudget, type RetryBudget } from './retryBudget';
import type { Session } from './session';
import { createStopSignal, type StopSignal } from './stop';

/** How fast a run goes, for all its items. */
export interface Speed {
	/** Most items under way at once. */
	concurrency: number;
	/** Most requests in a second; null for no bound. */
	requestsPerSecond: number | null;
}

/** What all requests of a run with one credential share. */
export interface CocClient extends EndpointState {
	session: Session;
	clock: Clock;
	rateLimit: RateLimit;
	firstAlone: FirstAlone;
	/** For reads of which one item may make many; one for the whole run. */
	manyReads: Semaphore;
	/** For answers that are files: never two of them in memory. */
	oneFile: Semaphore;
	/** COC's clock minus ours, in ms, by its answers; null as long as none showed it. */
	clockOffset: number | null;
}

/** What all requests to one endpoint share. */
interface EndpointState {
	stop: StopSignal;
	retryBudget: RetryBudget;
	hold: Hold;
}

/** The clients of a whole run, whose items may have credentials of their own. */
export interface CocClients {
	/** Opened when it is first asked for. */
	of(session: Session): CocClient;
	/** Stops all of them. */
	stop(reason: RunStop): void;
}

/** What stops a run whichever endpoint its items go to: its user, or an item that failed. */
export type RunStop = 'cancelled' | 'stopped';

/** Most of those reads under way at once, however many items make them. */
const MANY_READS = 10;

/** Takes a retry from the endpoint's budget; when it is used up, no more writes start there. */
export function spendRetry({ retryBudget, stop }: CocClient): boolean {
	const isLeft = retryBudget.take();
	if (!isLeft) stop.stop('budgetSpent');
	return isLeft;
}

/** An endpoint in trouble, or one that asks for a pause, holds up no other one. */
export function openClients(speed: Speed, clock: Clock): CocClients {
	const { concurrency } = speed;
	const rateLimit = createRateLimit(speed.requestsPerSecond, concurrency);
	const manyReads = createSemaphore(MANY_READS);
	const oneFile = createSemaphore(1);
	const endpoints = new Map<string, EndpointState>();
	const clients = new Map<Session, CocClient>();
	let stopped: RunStop | null = null;

	function openEndpoint(): EndpointState {
		const stop = createStopSignal(clock);
		if (stopped !== null) stop.stop(stopped);
		return { stop, retryBudget: createRetryBudget(concurrency), hold: createHold() };
	}

	return {
		of(session) {
			const { url } = session.credential.endpoint;
			const shared = endpoints.get(url) ?? openEndpoint();
			endpoints.set(url, shared);
			const client = clients.get(session) ?? {
				...{ session, clock, rateLimit, manyReads, oneFile, ...shared },
				firstAlone: createFirstAlone(session),
				clockOffset: null,
			};
			clients.set(session, client);
			return client;
		},
		stop(reason) {
			stopped = reason;
			for (const { stop } of endpoints.values()) stop.stop(reason);
		},
	};
}

/** The client of a run with one credential. */
export function openClient(session: Session, speed: Speed, clock: Clock): CocClient {
	return openClients(speed, clock).of(session);
}
