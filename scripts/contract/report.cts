/** The report, to read: built of a masked transcript only. */
import type { Finding } from './judge.cts';
import type { Outcome } from './finding.cts';
import type { Transcript } from './transcript.cts';

const SECTIONS: Array<[Outcome['verdict'], string]> = [
	['otherwise', 'Otherwise than assumed'],
	['as assumed', 'As assumed'],
	['not tried', 'Not tried'],
];

export function writeReport({ about, exchanges }: Transcript, findings: Finding[]): string {
	const calls = `${exchanges.length} requests`;
	const how = about.story === null ? `${calls}, reads only` : `${calls}; the story: ${about.story}`;
	const lines = [
		'# COC and its contract',
		'',
		`n8n-nodes-huaweicloud-coc ${about.version}, site: ${about.site}, credential: ${about.authentication}. ${how}.`,
		'',
		summaryOf(findings),
		'',
		'Secrets, IDs, names, texts and hosts are replaced, in transcript.jsonl as well.',
	];
	for (const [verdict, heading] of SECTIONS) {
		const found = findings.filter((one) => one.verdict === verdict);
		if (found.length === 0) continue;
		lines.push('', `## ${heading}`, '', ...found.flatMap((one) => told(one)));
	}
	return `${lines.join('\n').trimEnd()}\n`;
}

export function summaryOf(findings: Finding[]): string {
	const counts = SECTIONS.map(([verdict]) => {
		return `${findings.filter((one) => one.verdict === verdict).length} ${verdict}`;
	});
	return `${findings.length} open points: ${counts.join(', ')}.`;
}

function told({ id, question, assumes, depends, verdict, seen }: Finding): string[] {
	const line = `- **${id}**: ${question}`;
	if (verdict === 'not tried') return [`${line} _Not tried:_ ${seen}.`];
	if (verdict === 'as assumed') return [`${line} ${seen}.`];
	return [line, `  - Seen: ${seen}`, `  - Assumed: ${assumes}`, `  - Depends on it: ${depends}`];
}
