// `npm test`: every check there is, on a fresh clone too. The last line is the total.
// Arguments are jest's (`npm test -- test/engine`); such a partial run measures no coverage.
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { install, run } from './ready.mjs';

const total = { passed: 0, failed: 0 };

/**
 * Runs one check and counts it.
 *
 * @param {string} name
 * @param {() => Promise<void>} check throws unless all is well
 * @param {number} [worth] how much the check counts when it passes
 */
async function check(name, check, worth = 1) {
	console.log(`\n— ${name}`);
	try {
		await check();
		total.passed += worth;
		return true;
	} catch (error) {
		total.failed += 1;
		console.log(`✗ ${name}: ${error instanceof Error ? error.message : error}`);
		return false;
	}
}

/** @param {string} script */
const npm = (script) => async () => {
	if (await run('npm', ['run', '--silent', script])) throw new Error('see above');
};

/** Runs jest and counts its tests by its own report; fails when more than tests went wrong. */
async function jest() {
	const folder = mkdtempSync(join(tmpdir(), 'coc-jest-'));
	const report = join(folder, 'report.json');
	const args = process.argv.slice(2);
	try {
		const exitCode = await run(
			process.execPath,
			[
				'node_modules/jest/bin/jest.js',
				...(args.length ? args : ['--coverage']),
				'--json',
				`--outputFile=${report}`,
			],
			// Only so does n8n-core's loader leave the nodes to jest, which measures them.
			{ NODE_ENV: 'test' },
		);
		const result = JSON.parse(readFileSync(report, 'utf8'));
		const failed = result.numFailedTests + result.numRuntimeErrorTestSuites;
		total.passed += result.numPassedTests;
		total.failed += failed;
		if (result.numPendingTests) console.log(`${result.numPendingTests} tests were skipped`);
		if (exitCode && !failed) throw new Error('the coverage is too low, or jest stopped: see above');
	} finally {
		rmSync(folder, { recursive: true, force: true });
	}
}

if ((await check('Install', install)) && (await check('Build', npm('build')))) {
	await check('Types', npm('typecheck'));
	await check('Lint', npm('lint'));
	await check('Format', npm('format:check'));
	await check('Scan', npm('scan'));
	await check('Tests', jest, 0);
}

process.exitCode = total.failed ? 1 : 0;
console.log(`\n${total.passed} passed, ${total.failed} failed`);
