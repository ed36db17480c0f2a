// Which suites jest begins with: the longest ones, by the size of their files, so that none is left
// alone at the end.
import { readdirSync, statSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';

/** @param {string} path */
function sizeOf(path) {
	if (basename(path) !== 'together.test.cts') return statSync(path).size;
	const folder = dirname(path);
	const suites = readdirSync(folder).filter((file) => file.endsWith('.test.cts'));
	return suites.reduce((sum, suite) => sum + statSync(join(folder, suite)).size, 0);
}

export default class Sequencer {
	/** @param {Array<{path: string}>} tests */
	sort(tests) {
		return [...tests].sort((a, b) => sizeOf(b.path) - sizeOf(a.path));
	}

	cacheResults() {}
}
