import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { iamUserData, newUser } from '../../e2e/scenarios/iamUser.cts';
import { credentialType } from '../../e2e/workflows.cts';
import { HANDLE, addTickets, recorded, startBurst, tally } from '../burst.cts';
import type { QueueScenario } from '../scenario.cts';

/** A credential that is refused is known to all processes before it is locked. */
export const credentials: QueueScenario[] = [
	{
		name: '40 executions with a wrong access key are refused once by each process at most',
		async run(context) {
			const { client, coc, secrets } = context;
			const { accessKeyId, secretAccessKey } = coc.issueAccessKey();
			const wrong = randomBytes(30).toString('base64url');
			secrets.push(accessKeyId, secretAccessKey, wrong);
			const credentialId = await client.createCredential(credentialType, 'COC', {
				endpoint: coc.url,
				authentication: 'accessKey',
				...{ accessKeyId, secretAccessKey: wrong },
			});
			const burst = await startBurst(context, credentialId);
			coc.fault({ kind: 'latency', ms: 1000, match: { path: HANDLE }, times: 100 });
			const heard = await burst.ask(addTickets(context, 40));
			const refused = burst.writes().length;
			context.note(`callers heard: ${tally(heard.map(({ outcome }) => outcome))}`);
			context.note(`refused signatures: ${refused}; a sixth would lock the key`);
			assert.ok(refused >= 1 && refused <= 2, `${refused} refused signatures`);

			// The stand-in counts refusals in a row, and locks the key after five.
			await client.editCredential(credentialId, { secretAccessKey });
			const corrected = await burst.ask(addTickets(context, 20));
			context.note(`with the right secret: ${tally(corrected.map(({ outcome }) => outcome))}`);
			assert.ok(corrected.every(({ outcome }) => outcome === 'applied'));
		},
	},
	{
		name: 'a token refused under both workers is renewed once by each at most',
		async run(context) {
			const { coc, iam } = context;
			const { credentialId, asked, expire } = await newUser(context);
			const burst = await startBurst(context, credentialId);
			await burst.ask(addTickets(context, 10));
			const signIns = asked();
			expire();
			coc.fault({ kind: 'latency', ms: 1000, match: { path: HANDLE }, times: 20 });
			iam.fault({ kind: 'latency', ms: 1000, times: 20 });
			const tickets = addTickets(context, 40);
			const heard = await burst.ask(tickets);
			context.note(`callers heard: ${tally(heard.map(({ outcome }) => outcome))}`);
			context.note(`sign-ins: ${signIns} at first, ${asked() - signIns} for the renewal`);
			assert.ok(heard.every(({ outcome }) => outcome === 'applied'));
			const times = recorded(burst);
			assert.deepEqual(
				tickets.map((ticket) => times.get(ticket)),
				tickets.map(() => 1),
			);
			assert.ok(signIns <= 2, `${signIns} sign-ins`);
			assert.ok(asked() - signIns <= 2, `${asked() - signIns} sign-ins for the renewal`);
		},
	},
	{
		name: 'a wrong password is asked about once by each process at most, in two minutes',
		async run(context) {
			const { client, iam } = context;
			const user = context.addUser();
			const credentialId = await client.createCredential(credentialType, 'COC', {
				...iamUserData(context, user),
				password: context.newPassword(),
			});
			const burst = await startBurst(context, credentialId);
			const before = iam.requests.length;
			// A webhook every three seconds.
			const heard = await burst.ask(addTickets(context, 40), { everyMs: 3000 });
			const asked = iam.requests.length - before;
			context.note(`callers heard: ${tally(heard.map(({ outcome }) => outcome))}`);
			context.note(`IAM was asked ${asked} times; the fifth would lock the user`);
			assert.ok(asked >= 1 && asked <= 2, `IAM was asked ${asked} times`);
			assert.ok(!user.locked);

			await client.editCredential(credentialId, { password: user.password });
			const corrected = await burst.ask(addTickets(context, 10));
			context.note(`with the right password: ${tally(corrected.map(({ outcome }) => outcome))}`);
			assert.ok(corrected.every(({ outcome }) => outcome === 'applied'));
		},
	},
];
