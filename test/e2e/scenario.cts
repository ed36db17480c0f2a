import type { Context } from './context.cts';

/** One thing that a user of n8n does, named by what holds afterwards. */
export interface Scenario<Shared extends Context = Context> {
	name: string;
	/** Needs something that n8n 1.x hasn't got, or has differently. */
	onlyN8n2?: boolean;
	run: (context: Shared) => Promise<void>;
}
