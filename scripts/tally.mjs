// What came of each suite, noted by a reporter of jest at the moment the suite ends. Jest's own report
// is written after the last one, and not at all when a failed test's error refers to itself, or when
// jest is stopped.
import { appendFileSync, existsSync, readFileSync, writeFileSync } from 'node:fs';
import { relative } from 'node:path';

/**
 * @typedef {{passed: number, failed: number, skipped: string[], times: Array<[string, number]>}} Tally
 * tests by their outcome, and how long each suite took
 * @typedef {{rootDir: string}} Config the part of jest's that counts here
 * @typedef {{path: string}} Test
 * @typedef {{testExecError?: unknown, perfStats: {start: number, end: number}, testResults: Array<{
 *   status: string, fullName: string, ancestorTitles: string[], duration?: number | null}>}} Result
 */

/** The reporter: the number of suites in the first line of its file, then a line for each that ended. */
export default class TallyReporter {
	/**
	 * @param {Config} config
	 * @param {{file: string}} options where to note it
	 */
	constructor(config, { file }) {
		this.root = config.rootDir;
		this.file = file;
	}

	/** @param {{numTotalTestSuites: number}} all */
	onRunStart({ numTotalTestSuites }) {
		writeFileSync(this.file, `${numTotalTestSuites}\n`);
	}

	/**
	 * @param {Test} test
	 * @param {Result} result
	 */
	onTestFileResult({ path }, result) {
		appendFileSync(this.file, `${JSON.stringify(tallyOf(relative(this.root, path), result))}\n`);
	}
}

/**
 * @param {string} suite
 * @param {Result} result
 * @returns {Tally}
 */
function tallyOf(suite, { testExecError, perfStats, testResults }) {
	const having = (/** @type {string} */ status) =>
		testResults.filter((test) => test.status === status);
	/** @type {Map<string, number>} */
	const times = new Map();
	if (!suite.endsWith('together.test.cts')) times.set(suite, perfStats.end - perfStats.start);
	else {
		// Several suites, each a block with its path as name.
		for (const { ancestorTitles, duration } of testResults) {
			const [block = ''] = ancestorTitles;
			times.set(block, (times.get(block) ?? 0) + (duration ?? 0));
		}
	}
	return {
		passed: having('passed').length,
		failed: having('failed').length + (testExecError ? 1 : 0),
		skipped: having('pending').map(({ fullName }) => fullName),
		times: [...times],
	};
}

/**
 * Adds up what a run has noted, and says how many of its suites have no result.
 *
 * @param {string} file
 * @returns {Tally & {missing: number}}
 */
export function readTally(file) {
	const [suites = '0', ...lines] = existsSync(file)
		? readFileSync(file, 'utf8').split('\n').slice(0, -1)
		: [];
	/** @type {Tally[]} */
	const tallies = lines.map((line) => JSON.parse(line));
	return {
		passed: tallies.reduce((sum, { passed }) => sum + passed, 0),
		failed: tallies.reduce((sum, { failed }) => sum + failed, 0),
		skipped: tallies.flatMap(({ skipped }) => skipped),
		times: tallies.flatMap(({ times }) => times),
		missing: Number(suites) - tallies.length,
	};
}
