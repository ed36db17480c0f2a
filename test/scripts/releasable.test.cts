/** What `npm run releasable` says before a version is published. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from '@jest/globals';
import manifest from '../../package.json';
import { faultsOf, notesOf, type Release } from '../../scripts/releasable/faults.cts';

const CHANGELOG = `# Changelog

## [0.3.0] - Unreleased

- More.

## [0.2.0] - 2027-01-31

### Added

- A thing.

## [0.1.0] - 2026-12-01

- The first.
`;
const README = '| 0.2.0   | 2027-01-31 | A thing |';

/** A version that can be published, but for what is changed. */
function release(changes: Partial<Release> = {}, texts: Record<string, string> = {}): Release {
	return {
		tag: 'v0.2.0',
		manifest: {
			version: '0.2.0',
			author: { name: 'A Person', email: 'person@mail.dev' },
			repository: { url: 'git+https://github.com/owner/name.git' },
		},
		texts: new Map(Object.entries({ 'CHANGELOG.md': CHANGELOG, 'README.md': README, ...texts })),
		repository: 'owner/name',
		...changes,
	};
}

test('a version with all that belongs to it can be published', () => {
	expect(faultsOf(release())).toEqual([]);
});

test('a tag of another version is named', () => {
	expect(faultsOf(release({ tag: 'v0.2.1' }))).toEqual([
		'The tag is v0.2.1, the version in package.json 0.2.0.',
	]);
});

test('a placeholder author is named, with the files that have it', () => {
	const author = { name: 'Somebody', email: 'maintainers@project.example' };
	const { manifest: good } = release();
	const texts = { LICENSE: 'Copyright Somebody', 'CODE_OF_CONDUCT.md': author.email, 'a.md': '' };
	expect(faultsOf(release({ manifest: { ...good, author } }, texts))).toEqual([
		'The author is a placeholder: Somebody <maintainers@project.example>, in LICENSE, CODE_OF_CONDUCT.md.',
	]);
});

test('another repository than the one that publishes is named, with the files that have it', () => {
	const texts = { CODEOWNERS: '* @owner/maintainers', 'docs/a.md': 'github.com/owner/name/x' };
	expect(faultsOf(release({ repository: 'real/name' }, texts))).toEqual([
		'The repository is a placeholder: owner/name, but this is real/name; in CODEOWNERS, docs/a.md.',
	]);
	expect(faultsOf(release({ repository: undefined }, texts))).toEqual([
		expect.stringContaining('owner/name, but this clone comes from none; in CODEOWNERS'),
	]);
});

test('a version without a date or without a word is named', () => {
	const unreleased = { ...release().manifest, version: '0.3.0' };
	expect(faultsOf(release({ tag: 'v0.3.0', manifest: unreleased }))).toEqual([
		'CHANGELOG.md has no date for [0.3.0].',
		'README.md has no date for 0.3.0 in its version history.',
	]);
	expect(faultsOf(release({}, { 'CHANGELOG.md': '## [0.2.0] - 2027-01-31\n' }))).toEqual([
		'CHANGELOG.md says nothing of [0.2.0].',
	]);
});

test('a version’s part of the changelog is its own alone', () => {
	expect(notesOf(CHANGELOG, '0.2.0')).toBe('### Added\n\n- A thing.');
	expect(notesOf(CHANGELOG, '0.4.0')).toBeUndefined();
});

test('the changelog has a part for the version in package.json', () => {
	const changelog = readFileSync(join(__dirname, '../../CHANGELOG.md'), 'utf8');
	expect(notesOf(changelog, manifest.version)).toContain('- ');
});
