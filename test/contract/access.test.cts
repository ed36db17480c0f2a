/** The credential comes from the environment or the terminal. */
import { describe, expect, test } from '@jest/globals';
import { readAccess, VARIABLES } from '../../scripts/contract/access.cts';

const COC_ENDPOINT = 'https://coc.example.test';

/** Somebody at a terminal, with these answers by the beginning of the question. */
function person(answers: Record<string, string>) {
	const asked: Array<[question: string, hidden: boolean]> = [];
	const ask = (question: string, hidden = false) => {
		asked.push([question, hidden]);
		const known = Object.keys(answers).find((begin) => question.startsWith(begin));
		return Promise.resolve(known === undefined ? '' : answers[known]!);
	};
	return { ask, asked };
}

const FROM_ENV: Record<keyof typeof VARIABLES, Record<string, string>> = {
	token: { COC_TOKEN: 'token-1234567' },
	iamUser: {
		COC_USER_NAME: 'user',
		COC_ACCOUNT_NAME: 'account',
		COC_PASSWORD: 'pass word ',
		COC_IAM_ENDPOINT: 'https://iam.example.test',
	},
	accessKey: { COC_ACCESS_KEY_ID: 'AKAKAKAKAK', COC_SECRET_ACCESS_KEY: 'secret-secret' },
};

describe('from the environment', () => {
	test.each(Object.entries(FROM_ENV))('%s', async (kind, env) => {
		const { credential, hidden } = await readAccess({ COC_ENDPOINT, ...env }, null);
		expect(credential.authentication.kind).toBe(kind);
		for (const { name, hidden: isSecret } of VARIABLES[kind as keyof typeof VARIABLES]) {
			if (isSecret && env[name] !== undefined) expect(hidden).toContain(env[name]);
		}
		expect(hidden).toContain('coc.example.test');
	});

	test('of two credentials none is chosen', async () => {
		const env = { COC_ENDPOINT, ...FROM_ENV.token, ...FROM_ENV.accessKey };
		await expect(readAccess(env, null)).rejects.toThrow(/several credentials: token, accessKey/);
	});

	test('an endpoint by which secrets would go out in clear is refused', async () => {
		const env = { COC_ENDPOINT: 'http://coc.example.test', ...FROM_ENV.token };
		await expect(readAccess(env, null)).rejects.toThrow(/https/);
	});
});

describe('from the terminal', () => {
	test('what is missing is asked for, secrets hidden', async () => {
		const { ask, asked } = person({
			Endpoint: COC_ENDPOINT,
			Authentication: 'accesskey',
			'Access key ID': 'AKAKAKAKAK',
			'Secret access key': 'secret-secret',
		});
		const { credential } = await readAccess({}, ask);
		expect(credential.authentication).toMatchObject({
			kind: 'accessKey',
			key: { accessKeyId: 'AKAKAKAKAK', secretAccessKey: 'secret-secret' },
		});
		const hidden = asked.filter(([, isHidden]) => isHidden).map(([question]) => question);
		expect(hidden).toEqual(['Secret access key: ']);
	});

	test('only what is missing, and nothing that may be left out', async () => {
		const { ask, asked } = person({ Password: 'pass word ' });
		const { COC_PASSWORD, ...env } = FROM_ENV.iamUser;
		const { credential } = await readAccess({ COC_ENDPOINT, ...env }, ask);
		expect(asked).toEqual([['Password: ', true]]);
		expect(credential.secrets).toContain(COC_PASSWORD);
	});
});
