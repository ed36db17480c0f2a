import { createBrake, type Brake } from './stop';
import { createBudget, type Budget } from './retryBudget';
import type { Clock } from './clock';
import { createGate, type Gate } from './semaphore';
import { createPace, type Pace } from './rateLimit';
import type { Session } from './session';
import { createTrial, type Trial } from './firstAlone';

/** How fast a run goes, for all its items. */
export interface Speed {
	/** Most items under way at once. */
	concurrency: number;
	/** Most requests in a second; null for no bound. */
	requestsPerSecond: number | null;
}

/** What all requests of a run with one credential share. */
export interface Traffic extends EndpointTraffic {
	session: Session;
	clock: Clock;
	trial: Trial;
	/** For reads of which one item may make many; one for the whole run. */
	manyReads: Gate;
	/** COC's clock minus ours, in ms, by its answers; null as long as none was given. */
	clockOffset: number | null;
}

/** What all requests to one endpoint share. */
interface EndpointTraffic {
	brake: Brake;
	budget: Budget;
	pace: Pace;
}

/** The traffic of a whole run, whose items may have credentials of their own. */
export interface RunTraffic {
	/** Opened when it is first asked for. */
	of(session: Session): Traffic;
	/** Stops all of it. */
	pull(why: Stop): void;
}

/** What stops a run whichever endpoint its items go to: its user, or an item that failed. */
export type Stop = 'cancelled' | 'stopped';

/** Most of those reads under way at once, however many items make them. */
const MANY_READS = 10;

/** Takes a repeat from the endpoint's budget; when it is spent, no more writes start there. */
export function spend({ budget, brake }: Traffic): boolean {
	const isLeft = budget.take();
	if (!isLeft) brake.pull('budgetSpent');
	return isLeft;
}

/** An endpoint in trouble, or one that asks for a pause, holds up no other one. */
export function openRunTraffic(speed: Speed, clock: Clock): RunTraffic {
	const { concurrency } = speed;
	const pace = createPace(speed.requestsPerSecond, concurrency);
	const manyReads = createGate(MANY_READS);
	const endpoints = new Map<string, EndpointTraffic>();
	const traffics = new Map<Session, Traffic>();
	let stopped: Stop | null = null;

	function openEndpoint(): EndpointTraffic {
		const { held, holdUntil } = createPace(null, concurrency);
		const brake = createBrake(clock);
		if (stopped !== null) brake.pull(stopped);
		return {
			brake,
			budget: createBudget(concurrency),
			pace: { ...pace, held, holdUntil },
		};
	}

	return {
		of(session) {
			const { url } = session.credential.endpoint;
			const shared = endpoints.get(url) ?? openEndpoint();
			endpoints.set(url, shared);
			const traffic = traffics.get(session) ?? {
				...{ session, clock, ...shared },
				trial: createTrial(session),
				manyReads,
				clockOffset: null,
			};
			traffics.set(session, traffic);
			return traffic;
		},
		pull(why) {
			stopped = why;
			for (const { brake } of endpoints.values()) brake.pull(why);
		},
	};
}

/** The traffic of a run with one credential. */
export function openTraffic(session: Session, speed: Speed, clock: Clock): Traffic {
	return openRunTraffic(speed, clock).of(session);
}
