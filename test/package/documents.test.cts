import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join, normalize } from 'node:path';
import { expect, test } from '@jest/globals';
import { loadPackage } from '../engine/index.cts';
import manifest from '../../package.json';
import { partsOf } from './fields.cts';

const root = join(__dirname, '..', '..');
const read = (path: string) => readFileSync(join(root, path), 'utf8');
const documents = ['.', 'docs', 'examples'].flatMap((folder) =>
	readdirSync(join(root, folder))
		.filter((file) => file.endsWith('.md'))
		.map((file) => join(folder, file)),
);

test.each(documents)('every link in %s within the repository leads somewhere', (path) => {
	const links = linksIn(read(path));
	for (const link of links) {
		const [file = '', anchor] = link.split('#');
		const target = file.startsWith('/')
			? file.slice(1)
			: normalize(join(dirname(path), file || path.split('/').at(-1)!));
		expect([link, existsSync(join(root, target))]).toEqual([link, true]);
		if (anchor !== undefined) expect([link, ...anchorsIn(read(target))]).toContain(anchor);
	}
});

test('there are links to check, the absolute ones of the README too', () => {
	expect(linksIn(read('README.md')).filter((link) => link.startsWith('/'))).not.toEqual([]);
});

test('the page on operations names every field and option of the node', async () => {
	const packages = await loadPackage(root);
	const { description } = packages.getByNameAndVersion('n8n-nodes-huaweicloud-coc.cocIncident');
	const shown = description.properties.filter(({ type }) => type !== 'hidden');
	const all = shown.flatMap((field) => [field, ...partsOf(field)]);
	const names = new Set(all.map(({ displayName }) => displayName));
	expect([...names]).toEqual(expect.arrayContaining(['Concurrency', 'Title Contains', 'Cause']));
	const collections = [
		'Resource',
		'Operation',
		'Options',
		'Filters',
		'Sort',
		'Additional Fields',
		'Update Fields',
	];
	const documented = [...names].filter((name) => !collections.includes(name));
	const page = read('docs/operations.md');
	for (const name of documented) expect(page).toContain(`| **${name}** |`);
});

/** Targets of links: paths of this repository, from its root when they were absolute addresses. */
function linksIn(text: string): string[] {
	const prose = text.replace(/^```[\s\S]*?^```/gm, '').replace(/`[^`\n]*`/g, '');
	const found = [...prose.matchAll(/\]\(([^)\s]+)\)|^\[[^\]]+\]: (\S+)/gm)];
	const own = new RegExp(`^${repository()}/(?:blob|tree)/main`);
	return found
		.map(([, inline, reference]) => (inline ?? reference ?? '').replace(own, ''))
		.filter((link) => !/^https?:/.test(link));
}

function repository(): string {
	return manifest.repository.url.replace(/^git\+|\.git$/g, '');
}

/** The anchors that GitHub gives to headings. */
function anchorsIn(text: string): string[] {
	const prose = text.replace(/^```[\s\S]*?^```/gm, '');
	return [...prose.matchAll(/^#+ (.*)$/gm)].map(([, heading = '']) =>
		heading
			.toLowerCase()
			.replace(/[^\p{L}\p{N} _-]/gu, '')
			.replaceAll(' ', '-'),
	);
}
