import { createBrake, type Brake } from '../retry/brake';
import { createBudget, type Budget } from '../retry/budget';
import type { Clock } from '../retry/clock';
import { createGate, type Gate } from '../retry/gate';
import { createPace, type Pace } from '../retry/pace';
import type { Session } from './session';
import { createTrial, type Trial } from './trial';

/** How fast a run goes, for all its items. */
export interface Speed {
	/** Most items under way at once. */
	concurrency: number;
	/** Most requests in a second; null for no bound. */
	requestsPerSecond: number | null;
}

/** What all requests of a run share. */
export interface Traffic {
	session: Session;
	clock: Clock;
	brake: Brake;
	budget: Budget;
	pace: Pace;
	trial: Trial;
	/** For reads of which one item may make many. */
	manyReads: Gate;
	/** COC's clock minus ours, in ms, by its answers; null as long as none was given. */
	clockOffset: number | null;
}

/** Most of those reads under way at once, however many items make them. */
const MANY_READS = 10;

/** Takes a repeat from the run's budget; when it is spent, no more writes start. */
export function spend({ budget, brake }: Traffic): boolean {
	const isLeft = budget.take();
	if (!isLeft) brake.pull('budgetSpent');
	return isLeft;
}

export function openTraffic(session: Session, speed: Speed, clock: Clock): Traffic {
	return {
		session,
		clock,
		brake: createBrake(clock),
		budget: createBudget(speed.concurrency),
		pace: createPace(speed.requestsPerSecond, speed.concurrency),
		trial: createTrial(session),
		manyReads: createGate(MANY_READS),
		clockOffset: null,
	};
}
