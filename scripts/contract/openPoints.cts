/** The open points of the contract; the one table of them is docs/contract.md. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';

export interface OpenPoint {
	id: string;
	question: string;
	/** How it is tried. */
	tried: string;
	/** What the node assumes. */
	assumes: string;
	/** What of the product depends on it. */
	depends: string;
}

const FILE = join(__dirname, '../../docs/contract.md');

export function openPoints(markdown = readFileSync(FILE, 'utf8')): OpenPoint[] {
	return markdown.split('\n').flatMap((line) => {
		const cells = line.split(/(?<!\\)\|/).map((cell) => cell.trim().replaceAll('\\|', '|'));
		const [, name = '', question = '', tried = '', assumes = '', depends = ''] = cells;
		const id = /^`([a-z0-9-]+)`$/.exec(name)?.[1];
		return id === undefined || cells.length !== 7
			? []
			: [{ id, question, tried, assumes, depends }];
	});
}
