/** How `npm test` counts, on a run of jest of its own. */
import { execFileSync, spawnSync } from 'node:child_process';
import { mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from '@jest/globals';

const root = join(__dirname, '..', '..');
const tallyScript = join(root, 'scripts', 'tally.mjs');

let folder: string;
beforeEach(() => {
	folder = realpathSync(mkdtempSync(join(tmpdir(), 'coc-tally-')));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

/** What is counted of these suites, one after the other. */
function count(suites: Record<string, string>, workers = 1): Record<string, unknown> {
	for (const [name, code] of Object.entries(suites)) writeFileSync(join(folder, name), code);
	const file = join(folder, 'tally');
	const reporters = [[tallyScript, { file }]];
	const config = JSON.stringify({ rootDir: folder, reporters, transform: {} });
	const jest = join(root, 'node_modules', 'jest', 'bin', 'jest.js');
	spawnSync(process.execPath, [jest, '--config', config, '--maxWorkers', String(workers)], {
		cwd: folder,
	});
	const read = `console.log(JSON.stringify((await import(process.argv[1])).readTally(process.argv[2])))`;
	const said = execFileSync(
		process.execPath,
		['--input-type=module', '-e', read, tallyScript, file],
		{ encoding: 'utf8' },
	);
	return JSON.parse(said) as Record<string, unknown>;
}

const fine =
	"test('one', () => {}); test('two', () => {}); test.skip('three: not here', () => {});";
const cyclic = `
	test('refers to itself', () => {
		const error = new Error('cyclic');
		error.self = { error, call: () => error };
		throw error;
	});
	test('fine beside it', () => {});`;

test.each([1, 2])(
	'an error that refers to itself fails its own test alone (%d workers)',
	(workers) => {
		const suites = { 'a.test.js': fine, 'b.test.js': cyclic, 'c.test.js': fine };
		expect(count(suites, workers)).toMatchObject({ passed: 5, failed: 1, missing: 0 });
	},
);

test('a suite that can’t be loaded counts as failed', () => {
	const suites = { 'a.test.js': fine, 'b.test.js': "require('./nothing')" };
	expect(count(suites)).toMatchObject({ passed: 2, failed: 1, missing: 0 });
});

test('what is skipped is named', () => {
	expect(count({ 'a.test.js': fine })).toMatchObject({ skipped: ['three: not here'] });
});

test('what ended before jest was stopped counts, and the rest is missing', () => {
	const stop = "test('stops everything', () => process.kill(process.pid, 'SIGKILL'));";
	// One after the other in this order, since the shorter file comes later.
	const suites = { 'a.test.js': `${fine}//${'-'.repeat(999)}`, 'b.test.js': stop };
	expect(count(suites)).toMatchObject({ passed: 2, failed: 0, missing: 1 });
});

test('without any note nothing is counted', () => {
	expect(count({})).toMatchObject({ passed: 0, failed: 0, missing: 0 });
});
