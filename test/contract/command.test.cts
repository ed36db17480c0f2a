/** `npm run contract`, as a program of its own. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, jest, test } from '@jest/globals';
import { readTranscript } from '../../scripts/contract/transcript.cts';
import { SELF, startFilled, type Filled } from './filled.cts';

const SCRIPT = join(__dirname, '../../scripts/contract.cts');

jest.setTimeout(120_000);

const open: Filled[] = [];
let folder: string;
beforeAll(() => {
	folder = mkdtempSync(join(tmpdir(), 'contract-'));
});
afterAll(async () => {
	for (const filled of open) await filled.close();
	rmSync(folder, { recursive: true });
});

interface Ran {
	code: number;
	output: string;
	/** What it left in its folder. */
	files: string[];
	read: (file: string) => string;
	coc: Filled['coc'];
}

/** Runs it without a terminal, in a folder and with a stand-in of its own. */
async function run(
	args: string[],
	env?: (coc: Filled['coc']) => Record<string, string>,
): Promise<Ran> {
	const filled = await startFilled({}, 6);
	open.push(filled);
	const { coc } = filled;
	const access = env?.(coc) ?? { COC_ENDPOINT: coc.url, COC_TOKEN: coc.issueToken() };
	const cwd = mkdtempSync(join(folder, 'run-'));
	const child = spawn(
		process.execPath,
		['--require', require.resolve('tsx/cjs'), SCRIPT, ...args],
		{
			cwd,
			env: { PATH: process.env.PATH, ...access },
			stdio: ['ignore', 'pipe', 'pipe'],
		},
	);
	let output = '';
	for (const stream of [child.stdout, child.stderr]) {
		stream.on('data', (chunk: Buffer) => (output += chunk.toString()));
	}
	const [code] = (await once(child, 'close')) as [number];
	const files = readdirSync(cwd, { recursive: true, encoding: 'utf8' }).sort();
	return { code, output, files, read: (file) => readFileSync(join(cwd, file), 'utf8'), coc };
}

const written = ({ coc }: Ran) => coc.requests.filter(({ applied }) => applied);

test('--help says what it does, how the credential gets in, and sends nothing', async () => {
	const { code, output, coc, files } = await run(['--help']);
	expect(code).toBe(0);
	for (const word of ['--story', '--yes', '--operator', '--other', '--out', 'reads only']) {
		expect(output).toContain(word);
	}
	for (const name of ['COC_TOKEN', 'COC_USER_NAME', 'COC_PASSWORD', 'COC_SECRET_ACCESS_KEY']) {
		expect(output).toContain(name);
	}
	expect(coc.requests).toEqual([]);
	expect(files).toEqual([]);
});

describe('a run', () => {
	let reads: Ran;
	let told: Ran;
	let unasked: Ran;
	beforeAll(async () => {
		[reads, told, unasked] = await Promise.all([
			run([]),
			run(['--story', '--yes', '--operator', SELF, '--out', 'here']),
			run(['--story', '--operator', SELF]),
		]);
	});

	test('without options reads only, and leaves two files in a folder with the time', () => {
		expect(reads.output).toMatch(/open points: 0 otherwise, \d+ as assumed, \d+ not tried/);
		expect(reads.code).toBe(0);
		expect(written(reads)).toEqual([]);
		const [made = '', ...others] = reads.files;
		expect(made).toMatch(/^contract-report-\d{4}-\d\d-\d\dT\d\d-\d\d-\d\d$/);
		expect(others).toEqual([join(made, 'report.md'), join(made, 'transcript.jsonl')]);
		const { about } = readTranscript(reads.read(join(made, 'transcript.jsonl')));
		expect(about).toMatchObject({ authentication: 'token', site: 'other', story: null });
	});

	test('with --story and --yes tells the story; --out names the folder', () => {
		expect([told.code, told.output]).toEqual([0, expect.stringContaining('told to its end')]);
		expect(told.read('here/report.md')).toContain('told to its end');
		expect(told.coc.tickets.all().at(-1)?.status).toBe('INCIDENT_STATUS_COMPLETED');
	});

	test('with --story, but neither --yes nor anybody to ask, writes nothing to COC', () => {
		expect([unasked.code, unasked.output]).toEqual([0, expect.stringContaining('reads only')]);
		expect(written(unasked)).toEqual([]);
	});
});

test('without a credential it says which variable is missing, and no option takes one', async () => {
	const { code, output } = await run([], ({ url }) => ({ COC_ENDPOINT: url }));
	expect([code, output]).toEqual([1, expect.stringContaining('COC_TOKEN')]);
	const refused = await Promise.all(['--token', '--password'].map((option) => run([option, 'x'])));
	for (const one of refused) {
		expect(one.code).toBe(1);
		expect(one.coc.requests).toEqual([]);
	}
});
