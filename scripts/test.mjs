// `npm test`: every check there is, on a fresh clone too. The last line is the total.
// `npm run test:long`: in full what `npm test` runs a short version of.
// Arguments are jest's (`npm test -- test/engine`); such a partial run measures no coverage.
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { availableParallelism, tmpdir } from 'node:os';
import { join } from 'node:path';
import { collect, install, root, run } from './ready.mjs';
import { readTally } from './tally.mjs';

const [first, ...rest] = process.argv.slice(2);
const isLong = first === '--long';
const args = isLong || first === undefined ? rest : [first, ...rest];
const total = { passed: 0, failed: 0 };
/** The slowest suites and how long they took. @type {string[]} */
let slowest = [];

/**
 * Runs one check and counts it.
 *
 * @param {string} name
 * @param {() => Promise<string | void>} check throws unless all is well; gives what it has to say
 * @param {number} [worth] how much the check counts when it passes
 */
async function check(name, check, worth = 1) {
	const began = Date.now();
	let said = `\n— ${name}`;
	const show = () => console.log(`${said} (${((Date.now() - began) / 1000).toFixed(0)} s)`);
	try {
		const output = await check();
		total.passed += worth;
		show();
		if (output) console.log(output.trimEnd());
		return true;
	} catch (error) {
		total.failed += 1;
		said += ' failed';
		show();
		console.log(`✗ ${name}: ${error instanceof Error ? error.message : error}`);
		return false;
	}
}

/** @param {string} script */
const npm = (script) => async () => {
	const { code, output } = await collect('npm', ['run', '--silent', script]);
	if (code) throw new Error(output);
	return output;
};

/**
 * Does these one after the other, as many at once as there are processors.
 *
 * @param {Array<() => Promise<unknown>>} tasks
 */
async function together(tasks) {
	const left = [...tasks];
	const work = async () => {
		for (let task = left.shift(); task; task = left.shift()) await task();
	};
	await Promise.all(tasks.slice(0, availableParallelism()).map(work));
}

/** The suites of which `npm test` runs a short version. */
function longSuites() {
	return readdirSync(join(root, 'test'), { recursive: true, encoding: 'utf8' })
		.filter((file) => file.endsWith('.test.cts'))
		.map((file) => join('test', file))
		.filter((file) => /\/(length|quickTime)\.cts'/.test(readFileSync(join(root, file), 'utf8')));
}

/** Runs jest and counts its tests as each suite ends; fails when more than tests went wrong. */
async function jest() {
	const folder = mkdtempSync(join(tmpdir(), 'coc-jest-'));
	const file = join(folder, 'tally');
	const chosen = isLong ? (args.length ? args : longSuites()) : args;
	try {
		const exitCode = await run(
			process.execPath,
			['node_modules/jest/bin/jest.js', ...(chosen.length ? chosen : ['--coverage'])],
			{
				// Only so does n8n-core's loader leave the nodes to jest, which measures them.
				NODE_ENV: 'test',
				TEST_TALLY: file,
				...(isLong && { TEST_LENGTH: 'long' }),
				...(chosen.length === 0 && { TEST_TOGETHER: 'yes' }),
			},
		);
		const { passed, failed, skipped, times, missing } = readTally(file);
		total.passed += passed;
		total.failed += failed;
		slowest = slowestOf(times);
		if (skipped.length) console.log(`Skipped:\n${skipped.join('\n')}`);
		if (missing) throw new Error(`jest stopped before ${missing} suites had a result: see above`);
		if (exitCode && !failed) throw new Error('the coverage is too low, or jest stopped: see above');
	} finally {
		rmSync(folder, { recursive: true, force: true });
	}
}

/** @param {Array<[string, number]>} times */
function slowestOf(times) {
	return times
		.sort(([, a], [, b]) => b - a)
		.slice(0, 10)
		.map(([suite, ms]) => `${(ms / 1000).toFixed(1).padStart(7)} s  ${suite}`);
}

if ((await check('Install', install)) && (await check('Build', npm('build')))) {
	// Beside the tests, which often wait for something else than the processor.
	const others = [
		() => check('Lint', npm('lint')),
		() => check('Types', npm('typecheck')),
		() => check('Format', npm('format:check')),
		() => check('Scan', npm('scan')),
	];
	await Promise.all([check('Tests', jest, 0), isLong || together(others)]);
}

if (slowest.length) console.log(`\nThe slowest suites:\n${slowest.join('\n')}`);
process.exitCode = total.failed ? 1 : 0;
console.log(`\n${total.passed} passed, ${total.failed} failed`);
