/**
 * The stand-in is held against transcripts of real accounts. A transcript that is dropped into
 * transcripts/ is replayed; where the stand-in answers otherwise is what `<name>.otherwise.txt` says,
 * a line each, or else nothing.
 */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, test } from '@jest/globals';
import { readTranscript, type Transcript } from '../../scripts/contract/transcript.cts';
import { differences } from './differences.cts';
import { startFilled } from './filled.cts';
import { startProxy } from './proxy.cts';
import { replay } from './replay.cts';
import { runCheck } from './run.cts';

const folder = join(__dirname, 'transcripts');
const names = readdirSync(folder)
	.filter((file) => file.endsWith('.jsonl'))
	.map((file) => file.replace(/\.jsonl$/, ''));

const read = (name: string) => readTranscript(readFileSync(join(folder, `${name}.jsonl`), 'utf8'));

function noted(name: string): string[] {
	const file = join(folder, `${name}.otherwise.txt`);
	if (!existsSync(file)) return [];
	return readFileSync(file, 'utf8')
		.split('\n')
		.filter((line) => line !== '');
}

describe('the stand-in answers as the transcript has it, but for what is noted beside it', () => {
	test.each(names)('%s', async (name) => {
		expect(await replay(read(name))).toEqual(noted(name));
	});
});

describe('where the stand-in answers otherwise is listed', () => {
	let transcript: Transcript;
	beforeAll(() => {
		transcript = read('stand-in');
	});

	/** The transcript with the answers to a probe changed. */
	function changed(probe: string, replace: [string | RegExp, string]): Transcript {
		const { about, exchanges } = transcript;
		return {
			about,
			exchanges: exchanges.map((one) => {
				if (one.probe !== probe) return one;
				const text = JSON.stringify(one.answer);
				const answer = JSON.parse(text.replace(...replace)) as typeof one.answer;
				return { ...one, answer };
			}),
		};
	}

	test.each([
		[
			'another code',
			'story:wrongStatus',
			['GOM.00007256', 'COC.00019999'],
			/error_code: "COC.00019999", here "GOM.00007256"/,
		],
		[
			'another status',
			'unknown:detail',
			['"status":400', '"status":404'],
			/^unknown:detail: status: 404, here 400/,
		],
		[
			'a field more',
			'sample:detail',
			['"status":"INC', '"verifier":null,"status":"INC'],
			/body.data.verifier: missing here/,
		],
		[
			'a field less',
			'list:all',
			['"phase":"phase_end",', ''],
			/body.data.tickets\[\].phase: only here/,
		],
		[
			'another type',
			'list:all',
			[/"total":(\d+)/, '"total":"$1"'],
			/body.data.total: a text, here a number/,
		],
		[
			'another number',
			'list:all',
			[/"total":(\d+)/, '"total":99'],
			/body.data.total: 99, here \d+/,
		],
		[
			'times in another form',
			'sample:detail',
			[/"create_time":\d+/, '"create_time":"2026-11-28T09:00:00Z"'],
			/an ISO time, here milliseconds as number/,
		],
		['another word', 'sample:tasks', ['"running"', '"active"'], /state: "active", here "running"/],
		['no Date', 'list:all', [/"date":"[^"]*",/, ''], /^list:all: date: false, here true/],
		[
			'an entry more',
			'sample:tasks',
			['"operations":[', '"operations":[{"task_id":"","key":"withdraw"},'],
			/operations: \d+ entries, here \d+/,
		],
		[
			'another person',
			'story:detail',
			[/"creator":"[0-9a-f]+"/, `"creator":"${'f'.repeat(32)}"`],
			/^story:detail: body.data.creator: not the same as before/,
		],
	] as Array<[string, string, [string | RegExp, string], RegExp]>)(
		'%s',
		async (_what, probe, replace, line) => {
			const differences = await replay(changed(probe, replace));
			expect(differences.join('\n')).toMatch(new RegExp(line, 'm'));
		},
	);

	test('what was replaced doesn’t count, as long as the same stands for the same', async () => {
		const text = JSON.stringify(transcript).replaceAll('<text-', '<text-9');
		expect(await replay(JSON.parse(text) as Transcript)).toEqual([]);
	});

	test('a transcript of a COC that differs in everything is replayed to its end', async () => {
		const filled = await startFilled();
		Object.assign(filled.coc.quirks, ...differences.map(({ quirks }) => quirks ?? {}));
		const proxy = await startProxy(
			filled.coc.url,
			differences.flatMap(({ change }) => change?.(filled.coc) ?? []),
		);
		try {
			const { transcriptText } = await runCheck(filled, { endpoint: proxy.url });
			const lines = await replay(readTranscript(transcriptText));
			expect(lines).toContain('list:all: date: false, here true');
			expect(lines).toContain('list:all: body.data.total: object, here a number');
			expect(lines.length).toBeGreaterThan(10);
		} finally {
			await proxy.close();
			await filled.close();
		}
	});
});
