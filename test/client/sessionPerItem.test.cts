/** A credential whose fields are expressions: each item with its own endpoint, token or user. */
import { describe, expect, test } from '@jest/globals';
import { HANDLE } from '../support/deployment.cts';
import { closedPort, endServersAfterEach } from '../support/loopback.cts';
import { handled, useItemCredentials } from './itemCredentials.cts';
import { useQuickTime } from '../support/quickTime.cts';

useQuickTime();
const { d, other, byItem } = useItemCredentials();
endServersAfterEach();

describe('each item goes to the endpoint of its own credential, with the token of its own', () => {
	test('in the order and pairing of the input', async () => {
		const tokens = [d.coc.issueToken(), other().issueToken()];
		const items = Array.from({ length: 6 }, (_, index) => {
			const coc = index % 2 === 0 ? d.coc : other();
			return {
				ticket: coc.addTicket().number,
				endpoint: coc.url,
				token: tokens[index % 2],
			};
		});
		const run = await d.verify(byItem(), items);
		expect(run.failed).toEqual([]);
		expect(run.success.map(({ ticket, outcome }) => [ticket, outcome])).toEqual(
			items.map(({ ticket }) => [ticket, 'applied']),
		);
		expect(handled(d.coc).sort()).toEqual(
			[0, 2, 4].map((index) => [items[index]?.ticket, tokens[0]]).sort(),
		);
		expect(handled(other()).sort()).toEqual(
			[1, 3, 5].map((index) => [items[index]?.ticket, tokens[1]]).sort(),
		);
		for (let index = 0; index < items.length; index++) {
			expect(run.pairedWith('Tickets', 'COC Incident', index).json.ticket).toBe(
				items[index]?.ticket,
			);
		}
	});

	test('also when the first failure stops the run', async () => {
		const items = [
			{ ticket: d.coc.addTicket().number, endpoint: d.coc.url, token: d.token },
			{ ticket: other().addTicket().number, endpoint: other().url, token: other().issueToken() },
			{ ticket: 'IM404', endpoint: other().url, token: other().issueToken() },
		];
		const options = { options: { concurrency: 1 } };
		const run = await d.verify(byItem(), items, {
			onError: 'stopWorkflow',
			parameters: {
				...verifyParameters,
				...options,
			},
		});
		expect(run.status).toBe('error');
		expect(run.executionError?.description).toContain('2 applied (items 0, 1');
		expect(handled(d.coc)).toEqual([[items[0]?.ticket, d.token]]);
		expect(handled(other()).map(([ticket]) => ticket)).toEqual([items[1]?.ticket, 'IM404']);
	});

	test('and a look at the record of a lost answer goes there, too', async () => {
		other().fault({ kind: 'resetAfter', match: { path: HANDLE } });
		const items = [d.coc, other()].map((coc) => ({
			ticket: coc.addTicket().number,
			endpoint: coc.url,
			token: coc.issueToken(),
		}));
		const run = await d.verify(byItem(), items);
		expect(run.success.map(({ outcome }) => outcome)).toEqual(['applied', 'recovered']);
		expect(d.coc.requests).toHaveLength(1);
	});
});

const verifyParameters = {
	ticket: { __rl: true, mode: 'number', value: '={{ $json.ticket }}' },
	operator: '={{ $json.operator }}',
	result: '={{ $json.result }}',
	comment: '={{ $json.comment }}',
};

describe('an IAM user of its own', () => {
	const byUser = () =>
		d.credential('iamUser', {
			userName: '={{ $json.user }}',
			password: '={{ $json.password }}',
		});

	test('acts in its own name, and signs in once for all its items', async () => {
		const second = d.iam.addUser({
			accountName: 'account',
			userName: `${d.user.userName}-2`,
			password: 'Second-secret-1',
		});
		const items = [d.user, second, d.user, second].map(({ userName: user, password }) => ({
			...{ user, password, operator: '' },
		}));
		const run = await d.verify(byUser(), items);
		expect(run.failed).toEqual([]);
		const ids = [d.user.userId, second.userId, d.user.userId, second.userId];
		expect(run.success.map(({ operator }) => operator)).toEqual(ids);
		expect(d.iam.signIns).toBe(2);
		const inWhoseName = d
			.writes()
			.map(({ userId, json }) => [userId, (json as { operator: string }).operator]);
		for (const [userId, operator] of inWhoseName) expect(operator).toBe(userId);
		expect(run.dump()).not.toContain(second.tokens[0]);
		expect(run.dump()).not.toContain(d.user.tokens[0]);
	});

	test('whose token COC refuses gets a new one, and nobody else does', async () => {
		const second = d.iam.addUser({
			accountName: 'account',
			userName: `${d.user.userName}-2`,
			password: 'Second-secret-2',
		});
		const credential = byUser();
		const items = [d.user, second].map(({ userName: user, password }) => ({ user, password }));
		await d.verify(credential, items);
		d.coc.expireToken(second.tokens[0]!);
		const run = await d.verify(credential, items);
		expect(run.success.map(({ outcome }) => outcome)).toEqual(['applied', 'applied']);
		expect(second.tokens).toHaveLength(2);
		expect(d.user.tokens).toHaveLength(1);
	});

	test('that can’t sign in fails alone', async () => {
		const items = [
			{ user: d.user.userName, password: d.user.password },
			{ user: d.user.userName, password: 'wrong-password' },
			{ user: d.user.userName, password: d.user.password },
		];
		const run = await d.verify(byUser(), items);
		expect(run.success).toHaveLength(2);
		expect(run.failed.map(({ details }) => details.outcome)).toEqual(['notSent']);
		expect(run.failed[0]?.error).toMatch(/IAM refuses to sign in.*\[item 1\]$/);
	});
});

describe('an access key of its own', () => {
	test('signs its own items, and a refused one doesn’t hold up the others', async () => {
		const second = d.coc.issueAccessKey();
		const credential = d.credential('accessKey', {
			accessKeyId: '={{ $json.ak }}',
			secretAccessKey: '={{ $json.sk }}',
		});
		const good = [d.key, second].map(({ accessKeyId: ak, secretAccessKey: sk }) => ({ ak, sk }));
		const bad = { ak: second.accessKeyId.replace(/.$/, '0'), sk: 'no-such-secret-key' };
		const run = await d.verify(credential, [good[0]!, bad, good[1]!]);
		expect(run.success).toHaveLength(2);
		expect(run.failed.map(({ details }) => details.outcome)).toEqual(['refused']);
		const who = d.writes().flatMap(({ userId, applied }) => (applied ? [userId] : []));
		expect(who.sort()).toEqual([d.key.userId, second.userId].sort());
	});
});

describe('an item whose credential is no good doesn’t poison the others:', () => {
	test('one whose expression gives nothing, or a wrong address', async () => {
		const good = { endpoint: d.coc.url, token: d.token };
		const run = await d.verify(byItem(), [
			{ ...good, endpoint: '' },
			good,
			{ ...good, token: null },
			{ ...good, endpoint: 'ftp://coc' },
			good,
		]);
		expect(run.success.map(({ outcome }) => outcome)).toEqual(['applied', 'applied']);
		expect(run.failed.map(({ details }) => details.outcome)).toEqual(Array(3).fill('notSent'));
		expect(run.failed.map(({ error }) => /'(Endpoint|Token)'/.exec(error)?.[1])).toEqual([
			...['Endpoint', 'Token', 'Endpoint'],
		]);
		expect(d.writes()).toHaveLength(2);
	});

	test('one whose endpoint nobody serves uses up its own retries only', async () => {
		const dead = { endpoint: `http://127.0.0.1:${await closedPort()}`, token: 'dead-token' };
		const good = { endpoint: d.coc.url, token: d.token };
		const items = Array.from({ length: 30 }, (_, index) => (index % 2 ? good : dead));
		const run = await d.verify(byItem(), items, {
			parameters: { ...verifyParameters, options: { concurrency: 5 } },
		});
		expect(run.success).toHaveLength(15);
		expect(run.failed.map(({ details }) => details.outcome)).toEqual(Array(15).fill('notSent'));
	}, 60_000);
});
