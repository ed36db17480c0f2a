/** Checks the contract with a real COC. See docs/contract.md. */
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { readAccess, VARIABLES } from './contract/access.cts';
import { checkContract } from './contract/check.cts';
import { summaryOf } from './contract/report.cts';
import { terminalAsk } from './contract/terminal.cts';

const variables = Object.entries(VARIABLES)
	.map(
		([mode, all]) =>
			`    ${mode.padEnd(10)}${all.map(({ name, optional }) => (optional ? `[${name}]` : name)).join(' ')}`,
	)
	.join('\n');

const HELP = `Checks what COC's documentation leaves open, with a real account (docs/contract.md).

  npm run contract                    reads only
  npm run contract -- --story         also creates one P5 test ticket, named as such, and walks it
                                      through its life; asks before each kind of write
  npm run contract -- --story --yes   the same without asking

  --operator <ID>  IAM user ID of whoever the credential is: for the story, and to tell your own
                   tickets from those of others. Not needed with an IAM user.
  --other <ID>     a second person, to whom the test ticket goes once. If COC doesn't let you take
                   it back, the story ends there and the ticket stays with that person.
  --application <ID>  of the test ticket, if your COC wants one
  --out <folder>   for report.md and transcript.jsonl (default: ./contract-report-<time>)

The credential comes from environment variables, and what is missing is asked for on the terminal.
It is never an argument and never stored:
    COC_ENDPOINT and, by the way to authenticate:
${variables}
    COC_IGNORE_SSL_ISSUES=true for a certificate of your own

In both files secrets, IDs, names, texts and hosts are replaced: they may be attached to a report.
`;

async function main(): Promise<void> {
	const { values } = parseArgs({
		options: {
			story: { type: 'boolean', default: false },
			yes: { type: 'boolean', default: false },
			operator: { type: 'string' },
			other: { type: 'string' },
			application: { type: 'string' },
			out: { type: 'string' },
			help: { type: 'boolean', default: false },
		},
	});
	if (values.help) return console.log(HELP);
	const ask = terminalAsk();
	const canAsk = values.yes || ask !== null;
	if (values.story && !canAsk) {
		console.log('Nobody can be asked before a write, and --yes is not there: reads only.');
	}
	const mayI = async (what: string) => {
		if (values.yes) return true;
		const answer = await ask?.(`May I ${what}? [y/N] `);
		return /^y(?:es)?$/i.test(answer?.trim() ?? '');
	};
	const access = await readAccess(process.env, ask);
	const { operator: self = null, other = null, application } = values;
	const { transcriptText, reportText, findings } = await checkContract({
		access,
		self,
		story: values.story && canAsk ? { other, application, mayI } : null,
		version: versionOf(),
		log: console.log,
	});
	const time = new Date().toISOString().slice(0, 19).replaceAll(':', '-');
	const folder = values.out ?? `contract-report-${time}`;
	mkdirSync(folder, { recursive: true });
	writeFileSync(join(folder, 'report.md'), reportText);
	writeFileSync(join(folder, 'transcript.jsonl'), transcriptText);
	for (const { id, seen, depends } of findings.filter(({ verdict }) => verdict === 'otherwise')) {
		console.log(`otherwise: ${id}: ${seen}\n  depends on it: ${depends}`);
	}
	console.log(`${summaryOf(findings)}\n${join(folder, 'report.md')}`);
}

function versionOf(): string {
	const text = readFileSync(join(__dirname, '..', 'package.json'), 'utf8');
	return (JSON.parse(text) as { version: string }).version;
}

main().catch((error: Error) => {
	console.error(error.message);
	process.exitCode = 1;
});
