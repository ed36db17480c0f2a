// Downloading a file: its bytes and its name, and what comes in place of a file.
import { describe, expect, test } from '@jest/globals';
import { useCoc } from '../../../../support/coc.cts';
import { operateOnFiles } from '../../../../support/files.cts';
import { failureOf } from '../../../../support/operate.cts';

const coc = useCoc();
const PNG = Buffer.from('89504e470d0a1a0a0000000d4948445200000001000000010802000000', 'hex');
const download = async (file: unknown, parameters: Record<string, unknown> = {}) =>
	await operateOnFiles(coc, 'download', [{ json: { file } }], { parameters: parameters as never });
const add = (bytes: Buffer | string, name = 'a.bin') =>
	coc.standIn.files.add({ name, bytes: Buffer.from(bytes) });
const answerWith = (body: string | Buffer, headers: Record<string, string>, times = 1) =>
	coc.standIn.fault({ kind: 'raw', status: 200, headers, body: body as string, times });

test('the bytes come out as they are, in the field that is wanted', async () => {
	const file = add(PNG);
	const { success, failed } = await download(file, { outputFieldName: 'picture' });
	expect(failed).toEqual([]);
	expect(coc.requests().map(({ method, url }) => `${method} ${url}`)).toEqual([
		`GET /v1/incident/attachments/${file}`,
	]);
	const [{ json, binary, pairedItem }] = success as [(typeof success)[0]];
	expect(json).toEqual({ file, name: file, mimeType: 'image/png', size: PNG.length });
	expect(Object.keys(binary ?? {})).toEqual(['picture']);
	expect(Buffer.from(binary!.picture!.data, 'base64').equals(PNG)).toBe(true);
	expect(pairedItem).toEqual({ item: 0 });
});

test('the name is the one that is wanted, else that of the answer', async () => {
	const named = await download(add('x'), { options: { fileName: 'log.txt' } });
	expect(named.success[0]!.json).toMatchObject({ name: 'log.txt', mimeType: 'text/plain' });
	answerWith('x', {
		'Content-Type': 'application/octet-stream',
		'Content-Disposition': `attachment; filename="a.txt"; filename*=UTF-8''${encodeURIComponent('故障.pdf')}`,
	});
	const { success } = await download(add('x'));
	expect(success[0]!.json).toMatchObject({ name: '故障.pdf', mimeType: 'application/pdf' });
});

test.each<[string, string]>([
	['JSON of its own', '{"level":"P1"}'],
	['broken JSON', '{"level":'],
	['nothing', ''],
	['what looks like an envelope later on', 'x {"error_code":"COC.1"}'],
])('a file that holds %s is a file', async (_name, content) => {
	const { success, failed } = await download(add(content, 'a.txt'));
	expect(failed).toEqual([]);
	expect(Buffer.from(success[0]!.binary!.data!.data, 'base64').toString()).toBe(content);
});

describe('no file', () => {
	test('is there: COC says so in JSON, whatever the status', async () => {
		const first = failureOf(await download('00000000-0000-4000-8000-000000000000'));
		expect(first).toMatchObject({ outcome: 'notRead', httpStatus: 400, errorCode: 'GOM.00007256' });
		expect(first).toMatchObject({ file: '00000000-0000-4000-8000-000000000000' });
		const envelope = { provider_code: '049', error_code: 'GOM.00007256', error_msg: 'Gone' };
		answerWith(JSON.stringify(envelope), { 'Content-Type': 'application/octet-stream' });
		const { outcome, error } = failureOf(await download(add('x')));
		expect(outcome).toBe('notRead');
		expect(error).toContain('Gone');
	});

	test('is what a proxy shows in its place, or an envelope without one', async () => {
		answerWith('<html>Sign in</html>', { 'Content-Type': 'text/html' }, 9);
		expect(failureOf(await download(add('x')))).toMatchObject({ outcome: 'notRead' });
		coc.standIn.clearFaults();
		const envelope = { provider_code: '049', error_code: 'GOM.00000000', data: null };
		answerWith(JSON.stringify(envelope), { 'Content-Type': 'application/json' }, 9);
		const { outcome, error } = failureOf(await download(add('x')));
		expect(outcome).toBe('notRead');
		expect(error).toContain('COC answered, but without the file');
	});

	test('is larger than COC keeps: it isn’t read to its end', async () => {
		const { outcome, error } = failureOf(await download(add(Buffer.alloc(10 * 1024 * 1024 + 1))));
		expect(outcome).toBe('notRead');
		expect(error).toMatch(/too large|larger/);
	});

	test('is half a file: it is read again', async () => {
		const file = add(PNG);
		coc.standIn.fault({ kind: 'truncated', apply: true });
		const { success } = await download(file);
		expect(success[0]!.json.size).toBe(PNG.length);
		expect(coc.requests()).toHaveLength(2);
	});
});

test.each(['', ' ', '..', 'a b', 7])(
	'an ID like %j is refused before anything is sent',
	async (id) => {
		expect(failureOf(await download(id))).toMatchObject({ outcome: 'notSent' });
		expect(coc.requests()).toEqual([]);
	},
);

test('many files come out in order, one in memory at a time', async () => {
	const files = Array.from({ length: 12 }, (_, index) => add(`file ${index}`, 'a.txt'));
	const { success } = await operateOnFiles(
		coc,
		'download',
		files.map((file) => ({ json: { file } })),
	);
	const texts = success.map(({ binary }) => Buffer.from(binary!.data!.data, 'base64').toString());
	expect(texts).toEqual(files.map((_, index) => `file ${index}`));
	expect(coc.standIn.peakConnections).toBe(1);
});
