// Credentials whose fields are expressions: each item with its own endpoint and token.
import { afterEach, beforeEach } from '@jest/globals';
import { startStandIn, type StandIn } from '../standin/index.cts';
import { HANDLE, useDeployment } from '../support/deployment.cts';

/** The tickets and tokens of the writes that arrived. */
export const handled = (standIn: StandIn) =>
	standIn.requests
		.filter(({ path }) => path === HANDLE)
		.map(({ ticket, headers }) => [ticket, headers['x-auth-token']]);

/** A deployment, and another COC beside it. */
export function useItemCredentials() {
	const d = useDeployment();
	let other: StandIn;
	beforeEach(async () => {
		other = await startStandIn();
	});
	afterEach(() => other.close());
	return {
		d,
		other: () => other,
		/** A credential whose endpoint and token are each item's own. */
		byItem: () =>
			d.credential('token', { endpoint: '={{ $json.endpoint }}', token: '={{ $json.token }}' }),
	};
}
