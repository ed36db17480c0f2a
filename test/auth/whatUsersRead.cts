/** A sign-in that fails, seen by all who read about it. */
import { expect } from '@jest/globals';
import type { StoredCredential } from '../engine/index.cts';
import { LIST, type Deployment } from '../support/deployment.cts';

/** The place of *Test* among what users read. */
export const TESTED = 4;

/** Everything that speaks to a user: an item, a stopped workflow, *Test*, other nodes. */
export async function whatUsersRead(
	d: Deployment,
	make: () => StoredCredential,
): Promise<string[]> {
	const said: string[] = [];
	const message = (error: unknown) => {
		const { message, description } = error as { message: string; description?: string };
		return `${message} ${description ?? ''}`;
	};
	const { failed } = await d.verify(make(), 3);
	expect(failed.map(({ details }) => details.outcome)).toEqual(Array(3).fill('notSent'));
	said.push(...failed.map(({ error }) => error));
	expect(d.iam.requests.length).toBeLessThanOrEqual(1);

	const stopped = await d.verify(make(), 3, { onError: 'stopWorkflow' });
	said.push(message(stopped.executionError));
	const tested = await d.test(make());
	expect(tested.status).toBe('Error');
	said.push(tested.message);
	const url = d.coc.url + LIST;
	const calls = [
		d.request(make(), { url }),
		d.call(make(), { helper: 'requestWithAuthentication', options: { uri: url } }),
		d.call(make(), { helper: 'httpRequestWithAuthentication', options: { url } }),
	];
	for (const call of calls) said.push(await call.then(() => 'Nothing was thrown', message));
	// Nor any of those who came a moment later, nor twice for one request.
	expect(d.iam.requests.length).toBeLessThanOrEqual(1);
	expect(d.coc.requests).toEqual([]);
	return said;
}
