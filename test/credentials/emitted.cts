import type { StoredCredential } from '../engine/index.cts';
import type { Deployment } from '../support/deployment.cts';
import { everythingOf } from '../support/secretSearch.cts';
import { withLogs } from './support.cts';

/** Runs the node in all modes of *On Error* and presses *Test*: all that comes of it, as one text. */
export async function emittedBy(
	d: Deployment,
	credential: () => StoredCredential,
): Promise<string> {
	const { result, logs } = await withLogs(async () => {
		const modes = ['stopWorkflow', 'continueRegularOutput', 'continueErrorOutput'] as const;
		// At once: what is in trouble is tried again and looked up, which takes its time.
		const runs = await Promise.all(
			modes.map(async (onError) => (await d.verify(credential(), 2, { onError })).dump()),
		);
		return [...runs, await d.test(credential())];
	});
	const texts = result.map((one) => (typeof one === 'string' ? one : everythingOf(one)));
	return [...texts, everythingOf(logs)].join('\n');
}
