// n8n's scan of a published package, offline: on the sources and on the packed tarball. n8n lets
// warnings pass; here they count too.
import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import { ESLint } from 'eslint';
import manifest from '../package.json';
import { packTarball } from '../test/support/tarball.cts';

/** The parts of `@n8n/scan-community-package` used here. */
interface Scanner {
	SOURCE_FILE_PATTERNS: string[];
	analyzePackage(
		folder: string,
		patterns: string[],
	): Promise<{ passed: boolean; message?: string; details?: string }>;
	buildScanConfig(): Promise<NonNullable<ESLint.Options['overrideConfig']>>;
}

const root = join(__dirname, '..');
/** What n8n reads of a tarball. */
const TARBALL_FILE_PATTERNS = ['**/*.js', 'package.json'];

async function main() {
	// A plain string, since the compiler would look for types, and there are none.
	const scannerPath: string = '@n8n/scan-community-package/scanner/scanner.mjs';
	const scanner = (await import(scannerPath)) as Scanner;
	const tarball = packTarball();
	try {
		await scan(scanner, 'sources', root, scanner.SOURCE_FILE_PATTERNS);
		await scan(scanner, 'tarball', tarball.folder, TARBALL_FILE_PATTERNS);
		const size = (tarball.unpackedSize / 1000).toFixed(1);
		console.log(`Tarball: ${tarball.paths.length} files, ${size} kB unpacked`);
		for (const node of manifest.n8n.nodes) {
			console.log(`${node}: required in ${loadTime(join(tarball.folder, node))} ms`);
		}
	} finally {
		tarball.remove();
	}
}

async function scan(scanner: Scanner, what: string, folder: string, patterns: string[]) {
	const verdict = await scanner.analyzePackage(folder, patterns);
	const eslint = new ESLint({
		cwd: folder,
		allowInlineConfig: false,
		overrideConfigFile: true,
		overrideConfig: await scanner.buildScanConfig(),
	});
	const results = await eslint.lintFiles(patterns);
	const formatter = await eslint.loadFormatter('stylish');
	const findings = await formatter.format(results);
	if (findings) console.log(findings);
	const clean = verdict.passed && !findings;
	if (!clean) process.exitCode = 1;
	console.log(
		`${clean ? '✓' : '✗'} n8n's scan of the ${what}: ${results.length} files`,
		verdict.message ?? '',
	);
}

/** Milliseconds n8n spends on requiring a node (n8n-workflow is loaded already): the best of three. */
function loadTime(file: string): number {
	const program = `
		require('n8n-workflow');
		const start = performance.now();
		require(${JSON.stringify(file)});
		process.stdout.write((performance.now() - start).toFixed(1));`;
	const measure = () => execFileSync(process.execPath, ['-e', program], { cwd: root });
	return Math.min(...[measure(), measure(), measure()].map(Number));
}

void main();
