import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import manifest from '../../package.json';
import { packTarball, type Tarball } from '../support/tarball.cts';

describe('The tarball that npm publishes', () => {
	let tarball: Tarball;
	beforeAll(() => {
		tarball = packTarball();
	});
	afterAll(() => tarball.remove());

	test('holds what n8n loads and what people read, nothing else', () => {
		const top = ['CHANGELOG.md', 'LICENSE', 'README.md', 'package.json'];
		const built = /^dist\/(nodes|credentials)\/.+\.(js|svg|png|json)$/;
		expect(tarball.paths.filter((path) => !built.test(path))).toEqual(top);
	});

	test('holds every node and credential that package.json names, with its icons', () => {
		const { nodes, credentials } = manifest.n8n;
		expect(tarball.paths).toEqual(expect.arrayContaining([...nodes, ...credentials]));
		for (const file of [...nodes, ...credentials]) {
			const icons = readFileSync(join(tarball.folder, file), 'utf8').matchAll(/'file:([^']+)'/g);
			const paths = [...icons].map(([, icon]) =>
				join(file, '..', icon ?? '').replaceAll('\\', '/'),
			);
			expect(paths).toHaveLength(2);
			expect(tarball.paths).toEqual(expect.arrayContaining(paths));
		}
	});

	test('describes each node to n8n’s search and shows its output before a first run', () => {
		for (const node of manifest.n8n.nodes) {
			expect(tarball.paths).toContain(node.replace(/\.js$/, '.json'));
		}
		expect(tarball.paths.filter((path) => path.includes('/__schema__/'))).not.toEqual([]);
	});

	test('is smaller than 750 kB unpacked', () => {
		expect(tarball.unpackedSize).toBeLessThan(750_000);
	});
});
