import { describe, expect, test } from '@jest/globals';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import lockfile from '../../package-lock.json';
import manifest from '../../package.json';

const root = join(__dirname, '..', '..');
const read = (...path: string[]) => readFileSync(join(root, ...path), 'utf8');

describe('What n8n asks of package.json', () => {
	test('nothing is installed along with the package but what n8n has itself', () => {
		expect(manifest).not.toHaveProperty('dependencies');
		expect(manifest).not.toHaveProperty('optionalDependencies');
		expect(manifest).not.toHaveProperty('bundleDependencies');
		expect(manifest).not.toHaveProperty('overrides');
		expect(manifest.peerDependencies).toEqual({ 'n8n-workflow': '*' });
	});

	test('it is found as a community node and held to the strict rules', () => {
		expect(manifest.keywords).toContain('n8n-community-node-package');
		expect(manifest.license).toBe('MIT');
		expect(manifest.n8n).toMatchObject({ n8nNodesApiVersion: 1, strict: true });
	});

	test('the lint configuration is n8n’s own, byte for byte', () => {
		const template = 'node_modules/@n8n/node-cli/dist/template/templates/shared/default';
		expect(read('eslint.config.mjs')).toBe(read(template, 'eslint.config.mjs'));
	});
});

describe('What is built today is built tomorrow', () => {
	test('every tool is pinned to one version', () => {
		for (const [name, version] of Object.entries(manifest.devDependencies)) {
			expect(`${name} ${version}`).toMatch(/ \d+\.\d+\.\d+$/);
		}
	});

	test('the lockfile agrees with package.json', () => {
		const { name, version, engines, devDependencies, peerDependencies } = manifest;
		expect(lockfile.packages['']).toMatchObject({
			name,
			version,
			engines,
			devDependencies,
			peerDependencies,
		});
	});

	test('the lockfile checks every package and names no registry', () => {
		const { '': self, ...packages } = lockfile.packages;
		expect(self.name).toBe(manifest.name);
		for (const [path, entry] of Object.entries(packages)) {
			expect({ path, ...entry }).toHaveProperty('integrity');
			expect({ path, ...entry }).not.toHaveProperty('resolved');
		}
	});
});

test('the product switches no rule of linter or compiler off', () => {
	const disabled = ['nodes', 'credentials']
		.flatMap((folder) =>
			readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' }).map((name) =>
				join(folder, name),
			),
		)
		.filter((file) => file.endsWith('.ts'))
		.filter((file) => /eslint-disable|@ts-(ignore|expect-error|nocheck)/.test(read(file)));
	expect(disabled).toEqual([]);
});
