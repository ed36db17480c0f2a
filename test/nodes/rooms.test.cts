// The rooms of the product: who may import whom, and that every name stands once.
import { readdirSync, readFileSync } from 'node:fs';
import { basename, dirname, join, normalize } from 'node:path';
import { describe, expect, test } from '@jest/globals';

const ROOT = join(__dirname, '..', '..', 'nodes');

/** From the lowest floor up: a room imports from its own floor and those below only. */
const FLOORS = [
	['coc'],
	['errors'],
	['auth'],
	['client'],
	['smn'],
	['fields'],
	['events'],
	['run'],
	['CocIncident'],
	['CocIncidentTrigger'],
	['CocNotificationTrigger'],
];

interface Source {
	/** Relative to `nodes`, without its extension. */
	path: string;
	text: string;
	imports: string[];
}

const sources: Source[] = readdirSync(ROOT, { recursive: true, encoding: 'utf8' })
	.filter((file) => file.endsWith('.ts'))
	.map((file) => {
		const text = readFileSync(join(ROOT, file), 'utf8');
		const path = file.replace(/\.ts$/, '');
		return { path, text, imports: importsIn(path, text) };
	});

function importsIn(path: string, text: string): string[] {
	return [...text.matchAll(/from '(\.[^']+)'/g)].map(([, to]) =>
		normalize(join(dirname(path), to!)),
	);
}

const floorOf = (path: string) => FLOORS.findIndex((rooms) => rooms.includes(path.split('/')[0]!));

/** Imports that lead upwards. */
function upwards(files: Source[]): string[] {
	return files.flatMap(({ path, imports }) =>
		imports.filter((to) => floorOf(to) > floorOf(path)).map((to) => `${path} → ${to}`),
	);
}

/** Files that import each other, in a circle; types count. */
function circles(files: Source[]): string[] {
	const importsOf = new Map(files.map(({ path, imports }) => [path, imports]));
	const done = new Set<string>();
	const found: string[] = [];
	function visit(path: string, above: string[]): void {
		if (above.includes(path)) {
			found.push([...above.slice(above.indexOf(path)), path].join(' → '));
			return;
		}
		if (done.has(path)) return;
		for (const to of importsOf.get(path) ?? []) visit(to, [...above, path]);
		done.add(path);
	}
	for (const { path } of files) visit(path, []);
	return found;
}

function repeated(names: string[]): string[] {
	return [...new Set(names.filter((name, index) => names.indexOf(name) !== index))];
}

const linesOf = ({ text }: Source) => text.trimEnd().split('\n').length;
const EXPORTED =
	/^export (?:async )?(?:abstract )?(?:const|function\*?|class|interface|type) \*?\s*(\w+)/gm;

describe('a room', () => {
	test('is on one of the floors', () => {
		expect(sources.length).toBeGreaterThan(80);
		expect(sources.filter(({ path }) => floorOf(path) < 0)).toEqual([]);
	});

	test('imports from its own floor and those below only', () => {
		expect(upwards(sources)).toEqual([]);
	});

	test('has no circle of imports', () => {
		expect(circles(sources)).toEqual([]);
	});

	test('of facts about COC knows nothing of n8n', () => {
		const facts = sources.filter(({ path }) => path.startsWith('coc/'));
		expect(facts.filter(({ text }) => text.includes("from 'n8n-"))).toEqual([]);
	});

	test('that broke these rules would be found', () => {
		const file = (path: string, ...imports: string[]) => ({ path, text: '', imports });
		expect(upwards([file('coc/answer', 'errors/failure')])).toHaveLength(1);
		expect(upwards([file('run/pool', 'coc/json')])).toEqual([]);
		expect(circles([file('coc/a', 'coc/b'), file('coc/b', 'coc/a')])).toHaveLength(1);
	});
});

describe('a name', () => {
	test('of a file stands once', () => {
		expect(repeated(sources.map(({ path }) => basename(path)))).toEqual([]);
	});

	test('that is exported stands once', () => {
		const names = sources.flatMap(({ text }) =>
			[...text.matchAll(EXPORTED)].map(([, name]) => name!),
		);
		expect(names.length).toBeGreaterThan(200);
		expect(repeated(names)).toEqual([]);
	});
});

describe('a file', () => {
	test('has at most 250 lines', () => {
		expect(sources.filter((source) => linesOf(source) > 250).map(({ path }) => path)).toEqual([]);
	});

	test('of an operation has at most 60 lines, half of them at most 40', () => {
		const operations = sources
			.filter(({ text }) =>
				/^export const \w+ = (?:changing|creating|reading|writing|writingMany)\(/m.test(text),
			)
			.map(linesOf)
			.sort((a, b) => a - b);
		expect(operations.length).toBeGreaterThanOrEqual(6);
		expect(operations.at(-1)).toBeLessThanOrEqual(60);
		expect(operations[Math.floor((operations.length - 1) / 2)]).toBeLessThanOrEqual(40);
	});

	test('of a node has at most 80 lines', () => {
		const nodes = sources.filter(({ path }) => path.endsWith('.node'));
		expect(nodes.map(linesOf).every((lines) => lines <= 80)).toBe(true);
	});
});
