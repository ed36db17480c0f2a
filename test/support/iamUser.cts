/** The credential of an IAM user, whose ID the node knows: the actor of v2's actions. */
import { afterEach, beforeEach } from '@jest/globals';
import { type Iam, type IamUserFields, startIam } from '../standin/iam.cts';
import type { Coc } from './coc.cts';
import { OPERATOR } from './coc.cts';

let users = 0;

/** Call it after `useCoc`: gives what makes the node's credential one of an IAM user. */
export function useIamUser(coc: Coc): (fields?: Partial<IamUserFields>) => void {
	let iam: Iam;
	beforeEach(async () => {
		iam = await startIam({ coc: coc.standIn });
	});
	afterEach(() => iam.close());
	return (fields) => {
		// Sign-ins are remembered by n8n's process: no test must meet those of another one.
		const login = { accountName: 'account', userName: `actor-${++users}`, password: 'made up' };
		iam.addUser({ ...login, userId: OPERATOR, ...fields });
		coc.credential = {
			...coc.credential,
			id: `iam-${users}`,
			data: {
				...{ endpoint: coc.standIn.url, authentication: 'iamUser', iamEndpoint: iam.url },
				...login,
			},
		};
	};
}
