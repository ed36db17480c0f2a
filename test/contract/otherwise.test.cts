/** A COC that differs from what the nodes assume is found out. */
import { afterEach, describe, expect, test } from '@jest/globals';
import { differences, type Difference } from './differences.cts';
import { OTHER, startFilled, type Filled } from './filled.cts';
import { startProxy } from './proxy.cts';
import { finding, runCheck, type RunOptions } from './run.cts';

const open: Array<{ close: () => Promise<unknown> }> = [];
afterEach(async () => {
	for (const one of open.splice(0).reverse()) await one.close();
});

/** Runs the check against a stand-in that differs so. */
async function checkOne(those: Difference[], options: RunOptions = {}) {
	const filled: Filled = await startFilled();
	open.push(filled);
	const row = composed(those.flatMap(({ quirks }) => quirks?.row ?? []));
	Object.assign(filled.coc.quirks, ...those.map(({ quirks }) => quirks ?? {}), { row });
	const proxy = await startProxy(
		filled.coc.url,
		those.flatMap(({ change }) => change?.(filled.coc) ?? []),
	);
	open.push(proxy);
	const checked = await runCheck(filled, { ...options, endpoint: proxy.url });
	const other = checked.findings.filter(({ verdict }) => verdict === 'otherwise');
	return { checked, other, ids: other.map(({ id }) => id).sort() };
}

type Row = Record<string, unknown>;
const composed = (all: Array<(row: Row) => unknown>) => (row: Row) =>
	all.reduce<Row>((one, change) => change(one) as Row, row);

describe('what a COC does otherwise is found, and nothing else', () => {
	test('through a proxy that changes nothing, all is as assumed', async () => {
		const { ids } = await checkOne([]);
		expect(ids).toEqual([]);
	});

	test.each(differences)('$so', async (difference) => {
		const { ids, checked } = await checkOne([difference]);
		expect(ids).toEqual([...difference.found].sort());
		for (const id of ids) {
			expect(checked.reportText).toContain(`- **${id}**`);
			expect(finding(checked, id)?.seen).not.toBe('');
		}
	});
});

test('a COC that differs in more than ten points at once: each is found, with what depends on it', async () => {
	// Cut tasks hide the second page of a list as little as anything else here does.
	const { ids, other, checked } = await checkOne(differences);
	const wanted = differences.flatMap(({ found }) => found);
	expect(wanted.length).toBeGreaterThan(10);
	expect(wanted.filter((id) => !ids.includes(id))).toEqual([]);
	for (const { depends } of other) expect(checked.reportText).toContain(depends);
});

describe('the task of another person', () => {
	test.each([
		['is refused by COC itself: as assumed', { refusesOthers: true }, 'as assumed'],
		['is not refused: otherwise', {}, 'otherwise'],
	])('%s', async (_so, quirks, verdict) => {
		const { checked } = await checkOne([{ so: '', found: [], quirks }], { other: OTHER });
		expect(finding(checked, 'foreign-task')?.verdict).toBe(verdict);
		const isStuck = verdict === 'as assumed';
		expect(checked.transcript.about.story).toMatch(isStuck ? /second person/ : /told to its end/);
	});
});
