// Uploading a file: what is sent, what comes out, what is refused, what a lost answer leads to.
import { describe, expect, test } from '@jest/globals';
import { useCoc } from '../../../../support/coc.cts';
import { inMemory, operateOnFiles } from '../../../../support/files.cts';
import { failureOf } from '../../../../support/operate.cts';

const coc = useCoc();
const PATH = '/v1/incident/attachments';
const upload = async (
	binary?: ReturnType<typeof inMemory>,
	options: Record<string, unknown> = {},
	settings: object = {},
) =>
	await operateOnFiles(coc, 'upload', [binary ? { binary: { data: binary } } : {}], {
		...settings,
		parameters: { options: options as never },
	});

test('the file arrives byte for byte under its name, and its ID comes out', async () => {
	const bytes = Buffer.from([...Array(256).keys(), 13, 10, 45, 45]);
	const { success, failed } = await upload(inMemory(bytes));
	expect(failed).toEqual([]);
	const [request] = coc.requests();
	expect(coc.requests()).toHaveLength(1);
	expect(`${request?.method} ${request?.url}`).toBe(`POST ${PATH}`);
	expect(request?.headers['content-type']).toMatch(/^multipart\/form-data; ?boundary=/);
	expect(Number(request?.headers['content-length'])).toBe(request?.body.length);
	const { file, outcome, name, size, response } = success[0]!.json;
	expect({ outcome, name, size }).toEqual({
		outcome: 'applied',
		name: 'report.pdf',
		size: bytes.length,
	});
	expect(Object.keys(success[0]!.json).slice(0, 2)).toEqual(['file', 'outcome']);
	expect(response).toMatchObject({ data: { doc_id: file, doc_name: 'report.pdf' } });
	const kept = coc.standIn.files.get(file as string);
	expect(kept?.name).toBe('report.pdf');
	expect(kept?.bytes.equals(bytes)).toBe(true);
});

test('a name in other letters arrives as it is, and File Name counts before it', async () => {
	const { success } = await operateOnFiles(coc, 'upload', [
		{ binary: { data: inMemory('a', { fileName: '支付 "故障".TXT', mimeType: 'text/plain' }) } },
	]);
	expect(coc.standIn.files.get(success[0]!.json.file as string)?.name).toBe('支付 "故障".TXT');
	const renamed = await upload(inMemory('a', { fileName: 'x.exe' }), { fileName: 'log.txt' });
	expect(renamed.success[0]!.json).toMatchObject({ name: 'log.txt', outcome: 'applied' });
});

describe('nothing is sent', () => {
	test.each<[string, ReturnType<typeof inMemory> | undefined, RegExp]>([
		[
			'without a file',
			undefined,
			/'Input Data Field Name' is "data", and the item has no such file/,
		],
		['of another type', inMemory('a', { fileName: 'a.exe' }), /"a\.exe".*takes only \.jpg, \.png/],
		['without an extension', inMemory('a', { fileName: 'report' }), /"report".*takes only/],
		['that is too large', inMemory(Buffer.alloc(10 * 1024 * 1024 + 1)), /10485761 bytes.*10 MB/],
	])('for a file %s', async (_name, binary, message) => {
		const { error, outcome, file } = failureOf(await upload(binary)) as Record<string, unknown>;
		expect({ outcome, file }).toEqual({ outcome: 'notSent', file: null });
		expect(error).toMatch(message);
		expect(coc.requests()).toEqual([]);
	});

	test('by a dry run, which shows the file by its name', async () => {
		const { success } = await upload(inMemory('abc'), { dryRun: true });
		expect(success[0]!.json).toMatchObject({
			...{ file: null, outcome: 'dryRun', name: 'report.pdf', size: 3 },
			request: { method: 'POST', url: coc.standIn.url + PATH, body: { file: 'report.pdf' } },
		});
		expect(coc.requests()).toEqual([]);
	});
});

describe('an answer that is lost', () => {
	test('is no loss: the file is uploaded again', async () => {
		coc.standIn.fault({ kind: 'resetAfter' });
		const { success } = await upload(inMemory('abc'));
		expect(success[0]!.json.outcome).toBe('applied');
		expect(coc.requests()).toHaveLength(2);
		expect(coc.standIn.files.get(success[0]!.json.file as string)?.bytes.toString()).toBe('abc');
	});

	test('each time leaves it unknown, and says that a repeat does no harm', async () => {
		coc.standIn.fault({ kind: 'resetAfter', times: 9 });
		const { error, outcome } = failureOf(await upload(inMemory('abc')));
		expect(outcome).toBe('unknown');
		expect(error).toContain('upload "report.pdf" again: a file without a ticket does no harm.');
	});
});

test('the envelope in its other spelling counts as well', async () => {
	const body = { provider_code: '049', code: 'GOM.00000000', msg: null, data: { doc_id: 'd1' } };
	coc.standIn.fault({ kind: 'raw', status: 200, body: JSON.stringify(body) });
	const { success } = await upload(inMemory('a'));
	expect(success[0]!.json).toMatchObject({ file: 'd1', outcome: 'applied' });
	const refused = { ...body, code: 'GOM.00007256', msg: 'Too big', data: null };
	coc.standIn.fault({ kind: 'raw', status: 200, body: JSON.stringify(refused) });
	expect(failureOf(await upload(inMemory('a')))).toMatchObject({
		...{ outcome: 'refused', errorCode: 'GOM.00007256' },
		error: expect.stringContaining('Too big'),
	});
});

test('without the permission it says which one is missing', async () => {
	coc.credential.data.token = coc.standIn.issueToken({ permissions: ['coc:ticket:action'] });
	const { error, outcome } = failureOf(await upload(inMemory('a')));
	expect(outcome).toBe('refused');
	expect(error).toContain('coc:ticket:uploadFile');
});
