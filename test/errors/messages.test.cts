// What a person, or an AI agent that gets nothing else, reads about a failed item.
import { describe, expect, test } from '@jest/globals';
import { openApproval, ticketStatuses } from '../standin/index.cts';
import { forbidReading, NODE, told, useCoc, type Fields } from '../support/coc.cts';

const coc = useCoc();

/** The message of a single failed item: on the error output, in Continue and in Stop mode. */
async function messages(fields: Fields, prepare: () => void = () => {}) {
	prepare();
	const branch = await coc.verify([fields]);
	prepare();
	const goOn = await coc.verify([fields], { onError: 'continueRegularOutput' });
	prepare();
	const stop = await coc.verify([fields], { onError: 'stopWorkflow' });
	return {
		branch: branch.failed[0]?.json.error ?? '',
		goOn: goOn.outputs(NODE)[0]?.json.error as string,
		stop: told(stop),
		title: stop.executionError?.message ?? '',
		executionError: stop.executionError,
		details: branch.failed[0]?.json.details,
	};
}

describe('COC itself refuses', () => {
	const waiting = 'INCIDENT_STATUS_RESOLVED';

	test.each(ticketStatuses.filter((status) => status !== waiting))(
		'a ticket in status %s, and names what to check',
		async (status) => {
			const ticket = coc.ticket({ status });
			const { branch, details } = await messages({ ticket });
			expect(branch).toContain(status);
			expect(branch).toMatch(/wait\w* (for|to be) verif/);
			expect(details).toMatchObject({ outcome: 'refused', ticket, httpStatus: 400 });
			expect(coc.standIn.tickets.get(ticket)?.status).toBe(status);
		},
	);

	test.each<[string, () => Fields, RegExp]>([
		[
			'a ticket with an open approval',
			() => ({ ticket: coc.ticket({ approval: openApproval() }) }),
			/approval/,
		],
		['a ticket that does not exist', () => ({ ticket: 'IM404' }), /IM404.*COC\.00067003.*Endpoint/],
		['a token that has expired', expired, /APIGW\.0301.*24 hours/],
		['a token that IAM never issued', forged, /APIGW\.0301.*24 hours/],
		['a user without the permission', restricted, /APIGW\.0302.*coc:ticket:action/],
	])('%s', async (_name, fields, says) => {
		const { branch, details } = await messages(fields());
		expect(branch).toMatch(says);
		expect(details?.outcome).toBe('refused');
	});

	function expired(): Fields {
		coc.standIn.expireToken(coc.credential.data.token as string);
		return {};
	}
	function forged(): Fields {
		coc.credential.data.token = 'MIINAgYJKoZIhvcNAQcCoIIM8zCCDO8CAQExDTALBglghkgBZQMEAgEw';
		return {};
	}
	function restricted(): Fields {
		coc.credential.data.token = coc.standIn.issueToken({ permissions: ['coc:ticket:list'] });
		return {};
	}
});

test('a ticket that was verified before is refused without harm', async () => {
	const ticket = coc.ticket();
	const { failed } = await coc.verify([{ ticket }, { ticket }]);
	expect(failed.map(({ json }) => json.details.outcome)).toEqual(['refused']);
	expect(coc.standIn.tickets.get(ticket)?.history).toHaveLength(1);
});

describe('the message', () => {
	test('names COC’s own words and code before what to do', async () => {
		const refuse = () =>
			coc.standIn.fault({
				kind: 'errorCode',
				status: 400,
				code: 'GOM.00007256',
				message: '参数错误',
			});
		const { branch, details } = await messages({ ticket: 'IM1' }, refuse);
		const order = ['IM1', '参数错误', 'GOM.00007256', details?.hint ?? '-'];
		const places = order.map((part) => branch.indexOf(part));
		expect(places).not.toContain(-1);
		expect(places).toEqual([...places].sort((a, b) => a - b));
	});

	test('is the same in both modes that go on', async () => {
		const refuse = () => coc.standIn.fault({ kind: 'status', status: 403 });
		const { branch, goOn } = await messages({ ticket: 'IM1' }, refuse);
		expect(goOn).toBe(branch);
	});

	test('is a title in Stop mode, which leaves COC’s words and what to do to the description', async () => {
		const refuse = () => coc.standIn.fault({ kind: 'status', status: 404 });
		const { title, executionError, details } = await messages({ ticket: 'IM1' }, refuse);
		expect(title).toBe('Ticket IM1 was not verified. Nothing was changed.');
		const description = executionError?.description ?? '';
		expect(description).toMatch(/^".*" \(APIGW\.0101, HTTP 404\)\. /);
		expect(description).toContain(details?.hint);
		expect(description).toMatch(/ Request ID: \w{32}$/);
	});
});

// n8n's error classes put their own sentences in the place of a message with one of these.
describe.each([
	'ECONNREFUSED',
	'ECONNRESET',
	'ENOTFOUND',
	'ETIMEDOUT',
	'ERRADDRINUSE',
	'EADDRNOTAVAIL',
	'ECONNABORTED',
	'EHOSTUNREACH',
	'EAI_AGAIN',
	'ENOENT',
	'EACCES',
	'getaddrinfo',
	'Bad gateway',
])('the word "%s"', (word) => {
	const shown = ({ branch, goOn, stop }: Awaited<ReturnType<typeof messages>>) => {
		for (const message of [branch, goOn, stop]) {
			expect(message).toContain(word);
			expect(message).not.toContain('[item');
		}
		const all = [branch, goOn, stop].join(' ');
		expect(all).not.toMatch(/retry the request|retry on fail|perhaps|consider setting/i);
	};

	test('in COC’s message survives literally', async () => {
		const message = `Backend said ${word}`;
		forbidReading(coc);
		const fault = (status: number) => () =>
			coc.standIn.fault({ kind: 'errorCode', status, code: 'GOM.1', message });
		shown(await messages({ ticket: 'IM1' }, fault(400)));
		shown(await messages({ ticket: 'IM1' }, fault(500)));
	});

	test('in COC’s code survives literally', async () => {
		const fault = () =>
			coc.standIn.fault({ kind: 'errorCode', status: 400, code: word, message: 'No' });
		const result = await messages({ ticket: 'IM1' }, fault);
		shown(result);
		expect(result.details?.errorCode).toBe(word);
	});

	test('in a ticket survives literally, whatever happens to it', async () => {
		forbidReading(coc);
		const ticket = `${word.replace(' ', '-')}-1`;
		const texts = (result: Awaited<ReturnType<typeof messages>>) =>
			[result.branch, result.goOn, result.title].map((message) => message.includes(ticket));
		const hang = () => coc.standIn.fault({ kind: 'resetBefore' });
		expect(texts(await messages({ ticket }))).toEqual([true, true, true]);
		expect(texts(await messages({ ticket }, hang))).toEqual([true, true, true]);
		expect(texts(await messages({ ticket, result: 'no' }))).toEqual([true, true, true]);
	});
});

describe('COC’s text is cleaned before it is shown:', () => {
	const answer = (error_msg: string, error_code = 'GOM.00007256') => ({
		error_code,
		error_msg,
		request_id: 'body-request-id',
	});
	const refusing = (body: object, headers = {}) => ({
		kind: 'raw' as const,
		status: 400,
		headers,
		body: JSON.stringify(body),
	});
	const said = async (body: object, headers = {}) => {
		const ticket = coc.ticket();
		return await messages({ ticket }, () => coc.standIn.fault(refusing(body, headers)));
	};

	test.each([
		['line breaks that forge another message', 'No\r\n[item 5] Ticket IM9 was verified.'],
		['terminal colours', '\u001b[31mNo\u001b[0m'],
		['NUL and other control characters', 'N\u0000\u0007\u0008\u007f\u0085o'],
		['direction marks that turn text around', 'No \u202edeifirev saw\u202c \u2066x\u2069'],
		['line and paragraph separators', 'No\u2028yes\u2029no'],
	])('%s', async (_name, message) => {
		const { branch, goOn, stop } = await said(answer(message));
		for (const text of [branch, goOn, stop]) {
			expect(text).not.toMatch(/[\p{Cc}\u2028\u2029\u202a-\u202e\u2066-\u2069]/u);
		}
		expect(branch).toMatch(/N\s*o/);
	});

	test('a very long message is cut, and what to do is still there', async () => {
		const { branch, details } = await said(answer('Word🚨 '.repeat(20_000)));
		expect(branch).toContain('Word🚨 Word🚨');
		expect(branch.length).toBeLessThan(1500);
		expect(branch).not.toMatch(/\p{Cs}/u);
		expect(branch).toContain(details?.hint);
	});

	test('a long blank before the message does not split a character', async () => {
		const { branch } = await said(answer('x' + ' '.repeat(2998) + '🚨🚨'));
		expect(branch).not.toMatch(/\p{Cs}/u);
	});

	test('a very long code and request ID are cut', async () => {
		const long = 'x'.repeat(20_000);
		const { branch, details, executionError } = await said(answer('No', long), {
			'X-Request-Id': long.slice(0, 8000),
		});
		expect(branch.length).toBeLessThan(1500);
		expect(details?.errorCode?.length).toBeLessThan(500);
		expect(details?.requestId?.length).toBeLessThan(500);
		expect(executionError?.description?.length ?? 0).toBeLessThan(1500);
	});

	test.each([
		['a number', 42],
		['a list', ['No']],
		['an object', { text: 'No' }],
		['false', false],
	])('a message that is %s disturbs nothing', async (_name, error_msg) => {
		const { branch, details } = await said({ error_code: 'GOM.00007256', error_msg });
		expect(branch).toContain('GOM.00007256');
		expect(details?.outcome).toBe('refused');
	});
});
