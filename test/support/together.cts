import { readdirSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join, relative } from 'node:path';
import { describe } from '@jest/globals';

const load = createRequire(__filename);
const root = join(__dirname, '..', '..');

/**
 * Makes one suite of all suites in a folder, each in a block that has its path as name: n8n's engine
 * is loaded once for all of them, which takes longer than most of them do.
 */
export function together(folder: string): void {
	const suites = readdirSync(folder).filter(
		(file) => file.endsWith('.test.cts') && file !== 'together.test.cts',
	);
	for (const suite of suites) {
		const path = join(folder, suite);
		describe(relative(root, path), () => void load(path));
	}
}
