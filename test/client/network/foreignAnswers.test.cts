// A proxy, a firewall or a login page answers in COC's place: it is told for what it is, and its
// status counts for nothing that only COC can say.
import { afterEach, beforeEach, describe, expect, jest, test } from '@jest/globals';
import type { Fields } from '../../support/coc.cts';
import type { Fault } from '../../standin/index.cts';
import { modes } from '../../support/deployment.cts';
import { incident } from '../../nodes/CocIncident/operations/newIncident.cts';
import { parametersOf } from '../../support/operate.cts';
import { OPERATOR } from '../../support/coc.cts';
import { reasonOf, useLists } from '../../nodes/CocIncident/lists/support.cts';
import { useQuickTime } from '../../support/quickTime.cts';

useQuickTime();
const d = useLists();
// The shortest back-off there is.
beforeEach(() => void jest.spyOn(Math, 'random').mockReturnValue(0));
afterEach(() => void jest.restoreAllMocks());

const BETWEEN = /[Ss]omething between n8n and COC answered \(HTTP (\d+)\)/;
const ADVICE = /a proxy, a firewall, a login page.*'Endpoint'/;
/** What only COC, its gateway or IAM can say. */
const WRONG =
	/token is invalid|Scope|Secret Access Key|lacks a permission|Ask your administrator|no COC API|waits for|Check the ticket number|'Filters'|refused the access key/;

const page = (status: number, title = 'Request blocked'): Fault => ({
	kind: 'raw',
	status,
	headers: { 'Content-Type': 'text/html' },
	body: `<!DOCTYPE html><html><head><title>${title}</title></head><body>Incident 4711</body></html>`,
	times: 99,
});

/** Each operation with an item that COC would take. */
const operations: Array<[operation: string, item: () => Fields, writes: boolean]> = [
	['verify', () => ({ ticket: 'IM1', operator: OPERATOR, result: true, comment: 'ok' }), true],
	['accept', () => ({ ticket: 'IM1', operator: OPERATOR }), true],
	[
		'submitSolution',
		() => ({
			...{ ticket: 'IM1', operator: OPERATOR, type: 'inc_type_p_function_issues' },
			...{ serviceInterrupted: false, cause: 'a', solution: 'b' },
		}),
		true,
	],
	['create', () => incident(), true],
	['get', () => ({ ticket: 'IM1' }), false],
	['getAll', () => ({}), false],
];

describe.each(operations)('%s', (operation, makeItem, writes) => {
	test.each([400, 401, 403, 404, 409, 418])('meets a page with HTTP %d', async (status) => {
		for (const mode of modes) {
			const credential = mode === 'iamUser' ? await d.signedIn() : d.credential(mode);
			d.coc.requests.length = 0;
			d.coc.fault(page(status));
			const item = makeItem();
			const parameters = { ...NONE, ...parametersOf(operation, Object.keys(item)) };
			const { success, failed } = await d.verify(credential, [{ ...item }], { parameters });
			d.coc.clearFaults();
			expect(success).toEqual([]);
			const [{ error = '', details } = {}] = failed;
			expect(error).toMatch(BETWEEN);
			expect(error).toContain(`(HTTP ${status})`);
			expect(error).toContain('"Request blocked"');
			expect(error).toMatch(ADVICE);
			expect(error).not.toMatch(WRONG);
			expect(details).toMatchObject({
				outcome: writes ? 'refused' : 'notRead',
				errorCode: null,
				httpStatus: status,
			});
			// Neither is IAM asked for another token, nor is it tried again.
			expect(d.iam.requests).toEqual([]);
			expect(d.coc.requests).toHaveLength(1);
		}
	});
});

/** The fields of a verification, which other operations don't have. */
const NONE = { operator: undefined as never, result: undefined as never, comment: '' };

describe('a page', () => {
	test.each([
		['200, a login page', page(200, 'Sign in')],
		['502', page(502, '502 Bad Gateway')],
		['an empty 200', { kind: 'empty', times: 99 } as Fault],
		[
			'JSON of somebody else',
			{ kind: 'raw', status: 200, body: '{"ok":true}', times: 99 } as Fault,
		],
	])('that may hide what came of a write leaves it unknown: %s', async (_what, fault) => {
		d.coc.fault(fault);
		const { failed } = await d.verify(d.credential('token'), 1);
		expect(failed[0]?.details.outcome).toBe('unknown');
		for (const says of [BETWEEN, ADVICE, /It is not known whether/]) {
			expect(failed[0]?.error).toMatch(says);
		}
	});

	test.each(['continueRegularOutput', 'stopWorkflow'] as const)(
		'is told in the mode %s as well, and n8n is not told that the credential is wrong',
		async (onError) => {
			d.coc.fault(page(401, 'ECONNREFUSED: Bad gateway'));
			const run = await d.verify(d.credential('token'), 1, { onError });
			const said = run.executionError?.description ?? JSON.stringify(run.success);
			expect(said).toMatch(BETWEEN);
			expect(said).toContain('ECONNREFUSED: Bad gateway');
			expect(run.executionError ?? {}).not.toHaveProperty('failure.cause');
		},
	);

	test('that shuts an access key out for one item does not shut out the next run', async () => {
		const credential = d.credential('accessKey');
		d.coc.fault({ ...page(401), times: 1 });
		expect((await d.verify(credential, 1)).failed).toHaveLength(1);
		expect((await d.verify(credential, 1)).success).toHaveLength(1);
	});

	test('says so when the record is looked at before a write, too', async () => {
		const match = { path: /^\/v1\/external\/incident\/IM/ };
		d.coc.fault({ ...page(403), match });
		const parameters = { options: { checkStatus: true } };
		const { failed } = await d.verify(d.credential('token'), 1, { parameters });
		expect(failed[0]?.error).toMatch(BETWEEN);
		expect(failed[0]?.error).not.toMatch(/lacks a permission/);
	});
});

describe('a list of the editor', () => {
	test.each([401, 403, 404, 418])('meets a page with HTTP %d', async (status) => {
		for (const method of ['searchTickets', 'searchApplications'] as const) {
			d.coc.fault(page(status));
			const listed = await d.list(method, d.credential('token'));
			const said = reasonOf(listed);
			d.coc.clearFaults();
			// The editor would offer to open the credential.
			expect(listed.error?.httpCode).toBeNull();
			expect(said).toMatch(BETWEEN);
			expect(said).toContain('"Request blocked"');
			expect(said).toMatch(ADVICE);
			expect(said).not.toMatch(WRONG);
		}
	});
});

describe('other nodes', () => {
	test('do not sign in again for a page with HTTP 401', async () => {
		const credential = await d.signedIn();
		const { sessionToken } = credential.data;
		d.coc.fault(page(401));
		const url = `${d.coc.url}/v1/incident-tickets?limit=1&offset=1`;
		for (const call of [
			() => d.request(credential, { url }),
			() => d.call(credential, { helper: 'httpRequestWithAuthentication', options: { url } }),
		]) {
			await expect(call()).rejects.toThrow();
		}
		expect(d.iam.requests).toEqual([]);
		expect(credential.data.sessionToken).toBe(sessionToken);
	});
});
