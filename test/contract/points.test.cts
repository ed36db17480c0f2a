/** The table of open points, and what the program can judge, are the same. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from '@jest/globals';
import { points } from '../../scripts/contract/judge.cts';
import { openPoints } from '../../scripts/contract/openPoints.cts';

const root = join(__dirname, '..', '..');

test('every point of the table is judged, and every judged point stands in the table once', () => {
	const ids = openPoints().map(({ id }) => id);
	expect(new Set(ids).size).toBe(ids.length);
	expect([...ids].sort()).toEqual(Object.keys(points).sort());
});

test('no row of the table is left out by the program that reads it', () => {
	const rows = readFileSync(join(root, 'docs/contract.md'), 'utf8')
		.split('\n')
		.filter((line) => line.startsWith('| `'));
	expect(openPoints()).toHaveLength(rows.length);
});

test.each(openPoints())(
	'$id says what is asked, tried and assumed, and what depends on it',
	(point) => {
		const { question, tried, assumes, depends } = point;
		expect(question).toMatch(/\?$/);
		for (const text of [tried, assumes, depends]) expect(text.length).toBeGreaterThan(3);
	},
);

test('every file of the program stays small', () => {
	const folder = join(root, 'scripts/contract');
	const files = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((file) =>
		file.endsWith('.cts'),
	);
	for (const file of files) {
		expect(readFileSync(join(folder, file), 'utf8').split('\n').length).toBeLessThanOrEqual(251);
	}
});

test.each(['CONTRIBUTING.md', '.github/ISSUE_TEMPLATE/bug.yml', 'docs/contract.md'])(
	'%s asks for the check',
	(file) => {
		const text = readFileSync(join(root, file), 'utf8');
		expect(text).toContain('npm run contract');
		expect(text).toMatch(/transcript/);
	},
);
