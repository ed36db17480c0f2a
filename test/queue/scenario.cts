import type { Scenario } from '../e2e/scenario.cts';
import type { QueueContext } from './context.cts';

/** What holds across processes, with tallies. */
export interface QueueScenario extends Scenario<QueueContext> {
	/** A plain run has it with the last n8n 1.x as well. */
	alsoN8n1?: boolean;
	/** Restarts a service: not when that is a given one. */
	restarts?: 'redis' | 'postgres';
}
