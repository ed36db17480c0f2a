import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { basename, dirname, join, normalize } from 'node:path';
import { expect, test } from '@jest/globals';
import type { INodeProperties } from 'n8n-workflow';
import { quickstart } from '../../scripts/quickstart/commands.cts';
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

test('the README can be read in a few minutes', () => {
	expect(read('README.md').split(/\s+/).length).toBeLessThanOrEqual(1_800);
});

test('the map leads to every page', () => {
	const pages = readdirSync(join(root, 'docs')).filter((file) => file.endsWith('.md'));
	const links = linksIn(read('docs/index.md')).map((link) => link.split('#')[0]);
	expect(links).toEqual(expect.arrayContaining(pages.filter((page) => page !== 'index.md')));
});

test('every picture is shown on a page, and small', () => {
	const shown = documents.flatMap((path) => linksIn(read(path))).map((link) => basename(link));
	for (const picture of readdirSync(join(root, 'docs/images'))) {
		expect(shown).toContain(picture);
		expect([picture, statSync(join(root, 'docs/images', picture)).size < 120_000]).toEqual([
			picture,
			true,
		]);
	}
});

test('the README names every operation, and the pages every field and option', async () => {
	const packages = await loadPackage(root);
	const pages = documents.filter((path) => path.startsWith('docs/')).map(read);
	const namesOf = (properties: INodeProperties[]) =>
		properties
			.filter(({ type }) => !['hidden', 'notice'].includes(type))
			.flatMap((field) => [field, ...partsOf(field)])
			.map(({ displayName }) => displayName);
	const node = packages.getByNameAndVersion('n8n-nodes-huaweicloud-coc.cocIncident');
	const { properties } = node.description;
	const operations = properties
		.filter(({ name }) => name === 'operation')
		.flatMap(({ options = [] }) => options.map(({ name }) => name));
	expect(operations).toContain('Verify');
	for (const name of operations) expect(read('README.md')).toContain(`**${name}**`);

	const collections = [
		'Resource',
		'Operation',
		'Options',
		'Filters',
		'Sort',
		'Additional Fields',
		'Update Fields',
	];
	const names = namesOf(properties);
	expect(names).toEqual(expect.arrayContaining(['Concurrency', 'Title Contains', 'Cause']));
	for (const name of names.filter((one) => !collections.includes(one))) {
		expect([name, pages.some((page) => page.includes(`| **${name}** |`))]).toEqual([name, true]);
	}

	const trigger = packages.getByNameAndVersion('n8n-nodes-huaweicloud-coc.cocIncidentTrigger');
	const notified = packages.getByNameAndVersion('n8n-nodes-huaweicloud-coc.cocNotificationTrigger');
	const credential = packages.getCredentialType('huaweiCloudCocApi');
	for (const [page, of] of [
		['docs/trigger.md', namesOf(trigger.description.properties)],
		['docs/notifications.md', namesOf(notified.description.properties)],
		['docs/credentials.md', namesOf(credential.properties)],
	] as const) {
		expect(of.length).toBeGreaterThan(3);
		for (const name of of.filter((one) => one !== 'Options')) {
			expect([page, name, read(page).includes(`**${name}**`)]).toEqual([page, name, true]);
		}
	}
});

test('the quick start’s commands are there', () => {
	const scripts = Object.keys(manifest.scripts);
	const commands = documents.flatMap((path) => [...read(path).matchAll(/npm run ([\w:]+)/g)]);
	for (const [, name] of commands) expect(scripts).toContain(name);
	expect(quickstart()).toContain('npm run dev');
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
