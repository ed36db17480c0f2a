// The lists of people where IAM's users can't be listed: those whom the latest incidents name.
import { beforeEach, describe, expect, test } from '@jest/globals';
import { OTHER } from '../../../support/operate.cts';
import { reasonOf, useLists } from './support.cts';

const USERS = '/v3/users';
const USERS_V5 = '/v5/users';
const ANNA = 'a'.repeat(32);
const BERT = 'b'.repeat(32);
const LIST = '/v2/incidents/list';

const d = useLists();
const credential = (more: object = {}) =>
	d.credential('token', { iamEndpoint: d.iam.url, ...more });
const forbid = (status: number, path: string) =>
	d.iam.fault({
		...{ kind: 'raw', status, times: 9, match: { path } },
		body: JSON.stringify({ error: { code: status, message: 'Not allowed.', title: 'No' } }),
	});
beforeEach(() => {
	for (const [id, name] of [
		[ANNA, 'Anna'],
		[BERT, 'Bert'],
		[OTHER, 'Olga'],
	] as const) {
		d.coc.people.set(id, name);
	}
});

describe('when neither of IAM’s calls is permitted', () => {
	beforeEach(() => {
		forbid(403, USERS);
		forbid(403, USERS_V5);
	});

	test('assignees, creators and those who acted last are offered, with a note', async () => {
		d.coc.addTicket({ assignee: ANNA, creator: BERT });
		const { number } = d.coc.addTicket({ assignee: BERT, creator: BERT });
		d.coc.changeTicket(number, {}, { operator: OTHER });
		const listed = await d.list('searchUsers', credential());
		const text = JSON.stringify(listed);
		expect(listed.error).toBeUndefined();
		for (const [id, name] of [
			[ANNA, 'Anna'],
			[BERT, 'Bert'],
			[OTHER, 'Olga'],
		]) {
			expect(text).toContain(id);
			expect(text).toContain(name);
		}
		expect(text).toContain('Only people of the latest incidents');
		expect(d.coc.requests.map(({ path }) => path)).toEqual([LIST]);
		expect(d.coc.requests[0]?.json).toMatchObject({
			...{ page: 1, per_page: 200, sort_filter: { field: 'update_time', operator: 'desc' } },
		});
	});

	test('each person is there once, sorted by name, and found by a part of it', async () => {
		for (const assignee of [BERT, ANNA, BERT]) d.coc.addTicket({ assignee, creator: ANNA });
		const [people = []] = await d.pages('searchUsers', credential());
		const named = people.filter(({ value }) => value === ANNA || value === BERT);
		expect(named).toEqual([
			{ name: 'Anna', value: ANNA },
			{ name: 'Bert', value: BERT },
		]);
		const [found = []] = await d.pages('searchUsers', credential(), { filter: 'ann' });
		expect(found).toEqual([
			{ name: 'Anna', value: ANNA },
			expect.objectContaining({ name: expect.stringContaining('Only people') }),
		]);
	});

	test('the reason is given as before when the incidents can’t be listed either', async () => {
		d.coc.addTicket({ assignee: ANNA });
		const token = d.coc.issueToken({ permissions: [] });
		const said = reasonOf(await d.list('searchUsers', credential({ token })));
		expect(said).toMatch(/iam:users:listUsers, or for iam:users:listUsersV5 where/);
		expect(said).toContain("'By ID'");
	});

	test('the reason is given as before when there are no incidents', async () => {
		const said = reasonOf(await d.list('searchUsers', credential()));
		expect(said).toMatch(/iam:users:listUsers, or for iam:users:listUsersV5 where/);
	});
});

test('when IAM is only in trouble, nobody else is offered for all its users', async () => {
	d.coc.addTicket({ assignee: ANNA });
	forbid(503, USERS);
	expect(reasonOf(await d.list('searchUsers', credential()))).toContain('HTTP 503');
	expect(d.coc.requests).toEqual([]);
});

test('when IAM lists its users, no incident is read', async () => {
	d.coc.addTicket({ assignee: ANNA });
	await d.pages('searchUsers', credential());
	expect(d.coc.requests).toEqual([]);
});
