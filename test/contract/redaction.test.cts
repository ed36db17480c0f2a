/** Nothing of an account gets into the report or the transcript. */
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { createMask } from '../../scripts/contract/mask.cts';
import { isOpenWord, LABELS } from '../../scripts/contract/vocabulary.cts';
import { ownTexts } from '../../scripts/contract/texts.cts';
import { spellings } from '../support/spellings.cts';
import { OTHER, SELF, startFilled, TELLING, texts, type Filled } from './filled.cts';
import { runCheck, type RunOptions } from './run.cts';

let filled: Filled;
beforeEach(async () => {
	filled = await startFilled();
});
afterEach(() => filled.close());

/** What is COC's own, and stays: its statuses, preset keys, actions; and what the story wrote. */
const COCS =
	/^(?:INCIDENT_STATUS_\w+|incident_draft|level_[1-5]0|incident_source_\w+|inc_type_p_function_issues)$/;
const ACTIONS = /^(?:create|addRemark|accept\w+|unAccepted\w+|commitSolution1?|confirm|0)$/;

const isAccounts = (text: string) =>
	text.trim() !== '' && !COCS.test(text) && !ACTIONS.test(text) && !ownTexts.includes(text);

/** A text in all spellings in which it could stand in a file. */
function found(files: string[], text: string): string[] {
	const all = [text, text.toLowerCase(), ...spellings(text), Buffer.from(text).toString('base64')];
	return [...new Set(all)].filter((one) => files.some((file) => file.includes(one)));
}

/** All strings of the account that are in one of the two files. */
async function leaked(options: RunOptions, more: string[] = []) {
	const { reportText, transcriptText } = await runCheck(filled, options);
	const files = [reportText, transcriptText];
	const { host, hostname } = new URL(filled.coc.url);
	const all = [...filled.strings(), ...more, filled.coc.url, host, hostname, filled.iam.url];
	const wanted = [...new Set(all)].filter(isAccounts);
	expect(wanted.length).toBeGreaterThan(40);
	return wanted.flatMap((text) => found(files, text).map((as) => `${text} as ${as}`));
}

describe('no secret, name, text, ID or host of the account is in the report or the transcript', () => {
	test('with a token, the story and a second person', async () => {
		const token = filled.coc.issueToken();
		expect(await leaked({ env: { COC_TOKEN: token }, other: OTHER }, [token, SELF, OTHER])).toEqual(
			[],
		);
	});

	test('with an IAM user', async () => {
		const user = {
			accountName: 'acme-gmbh',
			userName: 'automation-7',
			password: 'C0rrect "Horse"',
		};
		const { tokens } = filled.iam.addUser({ ...user, userId: SELF });
		const env = {
			COC_ACCOUNT_NAME: user.accountName,
			COC_USER_NAME: user.userName,
			COC_PASSWORD: user.password,
			COC_IAM_ENDPOINT: filled.iam.url,
		};
		expect(await leaked({ env, self: null }, Object.values(user))).toEqual([]);
		expect(await leaked({ env, self: null }, tokens)).toEqual([]);
	});

	test('with an access key', async () => {
		const key = filled.coc.issueAccessKey({ securityToken: true });
		const env = {
			COC_ACCESS_KEY_ID: key.accessKeyId,
			COC_SECRET_ACCESS_KEY: key.secretAccessKey,
			COC_SECURITY_TOKEN: key.securityToken ?? '',
			COC_ACCOUNT_ID: '0a1b2c3d4e5f60718293a4b5c6d7e8f9',
		};
		expect(await leaked({ env }, Object.values(env))).toEqual([]);
	});

	test('with keys, labels and field names of its own, and messages that quote it', async () => {
		const { level, type, titles, selfName } = TELLING;
		filled.coc.quirks.row = (row) => ({
			...row,
			level_id: level,
			mtm_type: type,
			source_id: titles[0],
			work_flow_status: `In Arbeit bei ${selfName}`,
			phase: '4915112345678',
			[titles[2]]: { [selfName]: 491_511_234_567 },
		});
		filled.coc.fault({
			kind: 'errorCode',
			code: `GOM.${titles[0]}`,
			message: `${selfName} may not, says 10.20.30.40`,
			status: 400,
			match: { path: /\/tasks$/ },
			times: 3,
		});
		filled.coc.fault({
			kind: 'html',
			match: { path: /\/histories$/ },
			times: 2,
		});
		expect(
			await leaked({ story: false }, ['491511234567', '4915112345678', '10.20.30.40']),
		).toEqual([]);
	});

	test('the search itself finds what isn’t replaced', () => {
		const text = TELLING.titles[1];
		expect(found([JSON.stringify({ a: text })], text)).not.toEqual([]);
		expect(found([encodeURIComponent(text)], text)).not.toEqual([]);
		expect(found([Buffer.from(`xx${text}`).toString('base64')], text)).not.toEqual([]);
	});
});

describe('what is replaced', () => {
	test('the same is replaced by the same, in paths and bodies', () => {
		const mask = createMask();
		const number = 'IM202403221515060171753781';
		const body = { incident_num: number, title: number, creator: SELF };
		const { incident_num, title, creator } = mask.document(body) as typeof body;
		expect(title).toBe(incident_num);
		expect(mask.path(`/v2/incidents/${number}/tasks`)).toBe(`/v2/incidents/${incident_num}/tasks`);
		expect(mask.path(`/v1/external/incident/${number}`)).toBe(
			`/v1/external/incident/${incident_num}`,
		);
		expect(mask.id(SELF)).toBe(creator);
		expect([incident_num?.length, creator?.length]).toEqual([number.length, SELF.length]);
	});

	test('times, codes and COC’s own words stay, but only where they are that', () => {
		const mask = createMask();
		const stays = {
			error_code: 'GOM.00007256',
			data: { create_time: '1795510800000', status: 'INCIDENT_STATUS_RESOLVED', total: 4711 },
		};
		expect(mask.document(stays)).toEqual(stays);
		const goes = {
			data: { phone: '1795510800000', error_code: 'GOM.00007256', title: 'level_10', n: 4711 },
		};
		expect(texts(mask.document(goes)).sort()).toEqual(['<text-1>', '<text-2>', '<text-3>']);
		expect(JSON.stringify(mask.document(goes))).not.toContain('4711');
	});

	test('a word in an open field stays only if it may be COC’s own', () => {
		for (const word of ['flow_resolved', 'process', 'susp-ended'])
			expect(isOpenWord(word)).toBe(true);
		for (const word of [
			'Frau Meier',
			'a@b.example',
			'x4915112345',
			'deadbeef0123456',
			'10.1.2.3',
			'ä',
		]) {
			expect(isOpenWord(word)).toBe(false);
		}
		expect(LABELS.get('level_10')).toBe('P1');
	});

	test('what the story wrote stays, however it comes back, but nothing beside it', () => {
		const mask = createMask();
		const [own = ''] = ownTexts;
		const escaped = own.replaceAll('\r\n', '<br/>').replaceAll('\n', ' ');
		expect(mask.document({ comment: own })).toEqual({ comment: own });
		expect(mask.document({ comment: escaped })).toEqual({ comment: escaped });
		expect(mask.document({ comment: `${own} by Ms Meier` })).toEqual({ comment: '<text-1>' });
	});
});
