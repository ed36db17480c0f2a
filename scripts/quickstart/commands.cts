import { readFileSync } from 'node:fs';
import { join } from 'node:path';

const readme = () => readFileSync(join(__dirname, '../../README.md'), 'utf8');
const section = () => /^## Quick start$([\s\S]*?)^## /m.exec(readme())?.[1] ?? '';

/** The commands of the README's quick start, a line each. */
export function quickstart(): string[] {
	const [, block = ''] = /^```sh\n([\s\S]*?)^```$/m.exec(section()) ?? [];
	return block.split('\n').filter((line) => line !== '');
}

/** The workflow that the quick start executes. */
export function quickstartWorkflow(): string {
	const [, name] = /Open the workflow \*\*(.+?)\*\*/.exec(section()) ?? [];
	if (name === undefined) throw new Error('The quick start names no workflow');
	return name;
}
