/** The check against the stand-in, which is as the nodes assume. */
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { startFilled, type Filled } from './filled.cts';
import { finding, runCheck, verdicts, type RunOptions } from './run.cts';

let filled: Filled;
beforeEach(async () => {
	filled = await startFilled();
});
afterEach(() => filled.close());

const NEVER = ['interrupted-times', 'operator-other', 'pause-level', 'reject-reopen'];
const STORY = [
	...['creation-delay', 'flags', 'flow-delay', 'forward-status', 'history-comments'],
	...[
		'history-operator',
		'old-confirm',
		'text-emoji',
		'text-entities',
		'text-fields',
		'text-length',
	],
	...['text-line-ends', 'unresolved-status', 'update-time', 'used-up-task', 'who-verifies'],
	...['sibling-task', 'wrong-status'],
];

/** The IDs of the points that ended so. */
async function endedSo(verdict: string, options: RunOptions) {
	const all = verdicts(await runCheck(filled, options));
	return Object.keys(all).filter((id) => all[id] === verdict);
}

const writes = () => filled.coc.requests.filter(({ applied }) => applied);

describe('reads only', () => {
	test('write nothing, and try nothing that may write', async () => {
		const before = filled.coc.tickets.all().map((ticket) => JSON.stringify(ticket));
		await runCheck(filled, { story: false });
		expect(filled.coc.tickets.all().map((ticket) => JSON.stringify(ticket))).toEqual(before);
		const paths = filled.coc.requests.filter(({ method }) => method === 'POST');
		for (const { path } of paths) expect(path).toMatch(/\/list$|\/list-histories$|\/histories$/);
	});

	test('find all as assumed, or say why it was not tried', async () => {
		const checked = await runCheck(filled, { story: false });
		const not = checked.findings.filter(({ verdict }) => verdict === 'not tried');
		expect(checked.findings.filter(({ verdict }) => verdict === 'otherwise')).toEqual([]);
		const ids = not.map(({ id }) => id).sort();
		const others = ['account-header', 'foreign-task', 'paused-status', 'token-scope'];
		expect(ids).toEqual([...NEVER, ...STORY, ...others].sort());
		for (const { seen } of not) expect(seen).toMatch(/[a-z]{3}/);
	});

	test('on an account without tickets say of most points that there was nothing to see', async () => {
		filled.coc.quirks.listLagMs = 1e12;
		expect(await endedSo('otherwise', { story: false })).toEqual([]);
	});
});

describe('a permission that is missing is no finding', () => {
	const all = ['list', 'get', 'listActions', 'getOperationHistories', 'create', 'action'];
	test.each(['all', ...all])('%s', async (missing) => {
		const permissions = all.filter((one) => missing !== 'all' && one !== missing);
		const token = filled.coc.issueToken({
			permissions: permissions.map((one) => `coc:ticket:${one}`),
		});
		const checked = await runCheck(filled, { env: { COC_TOKEN: token } });
		expect(checked.findings.filter(({ verdict }) => verdict === 'otherwise')).toEqual([]);
	});
});

describe('every way to authenticate', () => {
	const user = { accountName: 'acme-gmbh', userName: 'automation-7', password: 'Correct-Horse-9' };

	test('an IAM user signs in, and is the caller', async () => {
		filled.iam.addUser(user);
		const env = {
			COC_ACCOUNT_NAME: user.accountName,
			COC_USER_NAME: user.userName,
			COC_PASSWORD: user.password,
			COC_IAM_ENDPOINT: filled.iam.url,
		};
		const checked = await runCheck(filled, { env, self: null, story: false });
		expect(finding(checked, 'token-scope')?.verdict).toBe('as assumed');
		expect(checked.transcript.about.caller).toMatch(/^0+[0-9a-f]+$/);
		expect(filled.iam.signIns).toBe(1);
	});

	test('an access key signs every request', async () => {
		const key = filled.coc.issueAccessKey();
		const env = {
			COC_ACCESS_KEY_ID: key.accessKeyId,
			COC_SECRET_ACCESS_KEY: key.secretAccessKey,
		};
		const checked = await runCheck(filled, { env, story: false });
		expect(finding(checked, 'account-header')?.verdict).toBe('as assumed');
		expect(filled.coc.requests.every(({ userId }) => userId !== null)).toBe(true);
	});

	test('a refused credential is tried once: refused signatures in a row lock a key', async () => {
		const key = filled.coc.issueAccessKey();
		const env = { COC_ACCESS_KEY_ID: key.accessKeyId, COC_SECRET_ACCESS_KEY: 'another-secret-1' };
		await expect(runCheck(filled, { env })).rejects.toThrow(
			'COC refuses the credential: APIGW.0301',
		);
		expect(filled.coc.requests).toHaveLength(1);
	});
});

describe('the story', () => {
	test('is that of one P5 ticket named as a test, which ends completed', async () => {
		const before = filled.coc.tickets.all().length;
		const not = await endedSo('not tried', {});
		expect(not.sort()).toEqual(
			[...NEVER, 'account-header', 'foreign-task', 'paused-status', 'token-scope'].sort(),
		);
		const made = filled.coc.tickets.all().slice(before);
		expect(made).toHaveLength(1);
		expect(made[0]).toMatchObject({
			level: 'level_50',
			title: expect.stringMatching(/^Test of the COC contract/),
			status: 'INCIDENT_STATUS_COMPLETED',
		});
		expect(new Set(writes().map(({ ticket }) => ticket ?? made[0]?.number))).toEqual(
			new Set([made[0]?.number]),
		);
	});

	test('goes through the life of a ticket, each step once', async () => {
		await runCheck(filled);
		const { history = [] } = filled.coc.tickets.all().at(-1) ?? {};
		expect(history.map(({ action }) => action)).toEqual([
			...['create', 'acceptedIncident1', 'addRemark', 'addRemark', 'addRemark', 'addRemark'],
			...['acceptedForward', 'commitSolution1', 'confirm', 'commitSolution', 'confirm'],
		]);
		expect(history.map(({ result }) => result).filter((one) => one !== null)).toEqual([
			false,
			true,
		]);
	});

	test('asks before each kind of write, and ends at the first no that it needs', async () => {
		const asked: string[] = [];
		const mayI = (what: string) => Promise.resolve(asked.push(what) < 5);
		await runCheck(filled, { mayI });
		expect(asked).toHaveLength(6);
		expect(asked[0]).toMatch(/create the P5 ticket/);
		const { history = [] } = filled.coc.tickets.all().at(-1) ?? {};
		expect(history.map(({ action }) => action).slice(0, 2)).toEqual([
			'create',
			'acceptedIncident1',
		]);
		expect(history.some(({ action }) => /commit/.test(action))).toBe(false);
	});

	test('without a yes nothing is written', async () => {
		await runCheck(filled, { mayI: () => Promise.resolve(false) });
		expect(writes()).toEqual([]);
	});

	test('waits for a COC that creates late', async () => {
		filled.coc.quirks.creationMs = 15_000;
		filled.coc.quirks.emptyTasksMs = 5_000;
		const checked = await runCheck(filled);
		const { verdict, seen } = finding(checked, 'creation-delay') ?? {};
		expect(verdict).toBe('as assumed');
		expect(seen).toMatch(/^after (?:1[5-9]|2\d)/);
		expect(checked.transcript.about.story).toBe('told to its end');
	});

	test('ends where a write is refused, and says so', async () => {
		filled.coc.fault({
			kind: 'errorCode',
			code: 'COC.00010002',
			message: 'The application is missing',
			status: 400,
			match: { path: '/v1/external/incident/create' },
		});
		const lines: string[] = [];
		const checked = await runCheck(filled, { log: (line) => lines.push(line) });
		// COC's own words are for the terminal alone.
		expect(lines.join()).toContain('The application is missing');
		expect(checked.transcriptText + checked.reportText).not.toContain('The application is missing');
		expect(checked.transcript.about.story).toBe(
			'the creation was not done: COC.00010002, HTTP 400',
		);
		expect(finding(checked, 'wrong-status')?.seen).toContain('the creation was not done');
	});

	test('gives the ticket an application, where one is named', async () => {
		const { id } = filled.coc.applications[0] ?? {};
		await runCheck(filled, { application: id ?? '' });
		expect(filled.coc.tickets.all().at(-1)?.application).toBe(id);
	});

	test('never sends a write again whose answer was lost', async () => {
		const { resetAfter, path } = {
			resetAfter: 'resetAfter',
			path: '/v1/external/incident/handle',
		} as const;
		filled.coc.fault({ kind: resetAfter, match: { path } });
		const checked = await runCheck(filled);
		expect(checked.transcript.about.story).toBe('ended at the step "accept": no answer');
		expect(filled.coc.requests.filter((one) => one.path === path)).toHaveLength(1);
	});
});
