// A credential that cannot be used: nothing is sent, and the message says why.
import { describe, expect, test } from '@jest/globals';
import { failure, useCoc } from '../support/coc.cts';

const coc = useCoc();

describe('the credential', () => {
	test.each([
		['without a scheme', 'coc.myhuaweicloud.com', /scheme|https:/],
		['with another scheme', 'ftp://coc.myhuaweicloud.com', /https:/],
		['with http and a foreign host', 'http://coc.myhuaweicloud.com', /https:/],
		['with http and a host that only looks local', 'http://localhost.example.test', /https:/],
		['with http and 127.0.0.1 as a prefix', 'http://127.0.0.1.example.test', /https:/],
		['with http and a private address', 'http://10.0.0.1', /https:/],
		['with user info', 'https://user:pass@coc.myhuaweicloud.com', /user/],
		['with a query', 'https://coc.myhuaweicloud.com/?a=1', /query/],
		['with an empty query', 'https://coc.myhuaweicloud.com/?', /query/],
		['with a fragment', 'https://coc.myhuaweicloud.com/#a', /fragment/],
		['that is empty', '', /empty/],
		['that is blank', '  ', /empty/],
		['with a broken port', 'https://coc.myhuaweicloud.com:99999', /URL/],
		['with white space inside', 'https://coc.myhuawei cloud.com', /URL|white space/],
		['with a script', 'javascript:alert(1)', /scheme|https:/],
	])('with an endpoint %s is refused', async (_name, endpoint, says) => {
		const { outcome, error } = await failure(coc, endpoint);
		expect(outcome).toBe('notSent');
		expect(error).toContain("'Endpoint'");
		expect(error).toMatch(says);
		expect(error).not.toContain('user:pass');
	});

	test.each([
		['that is empty', ''],
		['that is blank', ' \n'],
		['with a line break inside', 'abcdefgh\nijklmnop'],
		['with a space inside', 'abcdefgh ijklmnop'],
		['with a NUL inside', 'abcdefgh\u0000ijklmnop'],
		['with a letter beyond ASCII', 'abcdefghéijklmnop'],
		['with a zero-width space at its end', 'abcdefghijklmnop\u200b'],
		['with a header of its own', 'abcdefgh\r\nX-Evil: 1'],
	])('with a token %s is refused before anything is sent', async (_name, token) => {
		coc.credential.data.token = token;
		const { outcome, error } = await failure(coc);
		expect(outcome).toBe('notSent');
		expect(error).toContain("'Token'");
		expect(coc.requests()).toEqual([]);
	});

	test('with an unknown way to authenticate is refused in words', async () => {
		for (const authentication of ['signature', 'constructor', 'toString', '__proto__']) {
			coc.credential.data.authentication = authentication;
			const { outcome, error } = await failure(coc);
			expect({ authentication, outcome }).toEqual({ authentication, outcome: 'notSent' });
			expect(error).toContain("'Authentication'");
		}
		expect(coc.requests()).toEqual([]);
	});
});
