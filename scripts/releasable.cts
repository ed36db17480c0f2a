import { execFileSync } from 'node:child_process';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { parseArgs } from 'node:util';
import manifest from '../package.json';
import { faultsOf, notesOf } from './releasable/faults.cts';

const HELP = `Names what is in the way of publishing this version.

  npm run releasable                                     the version in package.json
  npm run releasable -- v0.1.0 --notes <file>            that of a tag, with its part of CHANGELOG.md
`;
const root = join(__dirname, '..');
const git = (...args: string[]) => execFileSync('git', args, { cwd: root, encoding: 'utf8' });

function main(): void {
	const { values, positionals } = parseArgs({
		allowPositionals: true,
		options: { notes: { type: 'string' }, help: { type: 'boolean', default: false } },
	});
	if (values.help) return console.log(HELP);
	const [tag = `v${manifest.version}`] = positionals;
	const texts = new Map(
		git('ls-files', '-z')
			.split('\0')
			.filter((path) => /\.(md|json|yml|ts)$|CODEOWNERS$|LICENSE$/.test(path))
			.filter((path) => !/^(test|scripts)\/|package-lock/.test(path))
			.map((path) => [path, readFileSync(join(root, path), 'utf8')]),
	);
	const faults = faultsOf({ tag, manifest, texts, repository: ownRepository() });
	for (const fault of faults) console.log(`✗ ${fault}`);
	if (faults.length) process.exitCode = 1;
	else console.log(`✓ ${tag} can be published`);
	if (values.notes !== undefined) {
		mkdirSync(dirname(values.notes), { recursive: true });
		writeFileSync(values.notes, notesOf(texts.get('CHANGELOG.md') ?? '', manifest.version) ?? '');
	}
}

/** Where this runs, as `owner/name`: on GitHub, or in a clone of a repository there. */
function ownRepository(): string | undefined {
	const { GITHUB_REPOSITORY } = process.env;
	if (GITHUB_REPOSITORY) return GITHUB_REPOSITORY;
	try {
		const origin = git('remote', 'get-url', 'origin').trim();
		return /github\.com[:/](.+?)(?:\.git)?$/.exec(origin)?.[1];
	} catch {
		return undefined;
	}
}

main();
