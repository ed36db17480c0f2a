/** Measures, never judges. See docs/performance.md. */
import { cpus } from 'node:os';
import { parseArgs } from 'node:util';
import { measureBigInputs } from './bench/big.cts';
import { markdown, type Rows } from './bench/figures.cts';
import { measureFiles } from './bench/files.cts';
import { measureLoading } from './bench/loading.cts';
import { measureModes } from './bench/modes.cts';
import { measureOnServer } from './bench/server.cts';
import { measureSigning } from './bench/signing.cts';
import { measureVerifications } from './bench/verifications.cts';
import { paint } from './terminal.cts';

const usage = `npm run bench -- [parts] [options]
Parts (default: the first four, about ten minutes)
  signing         a signature beside that of Huawei Cloud's own SDK
  modes           a verification with each way to authenticate
  loading         loading the package beside the HTTP Request node
  verifications   verifications beside n8n's HTTP Request node, on n8n's engine
  server          the same on a real n8n, that of the end-to-end run
  files           the memory of files of 10 MB beside n8n's HTTP Request node
  big             up to 50,000 items: what one takes must stay the same
Options
  --rounds <n>    how often verifications are measured (default 3); the median counts
  --items <n,…>   how many verifications in a run (default 1,100,1000,10000)`;

const DEFAULT_PARTS = ['signing', 'modes', 'loading', 'verifications'];

async function main(): Promise<void> {
	const { values, positionals } = parseArgs({
		allowPositionals: true,
		options: {
			rounds: { type: 'string', default: '3' },
			items: { type: 'string', default: '1,100,1000,10000' },
			help: { type: 'boolean', default: false },
		},
	});
	const rounds = Number(values.rounds);
	const items = values.items.split(',').map(Number);
	const parts: Record<string, [heading: string, measure: () => Rows | Promise<Rows>]> = {
		signing: ['One signature, µs of CPU', measureSigning],
		modes: ['One verification on n8n’s engine, µs', measureModes],
		loading: ['Loading', measureLoading],
		verifications: ['Verifications', () => measureVerifications(rounds, items)],
		server: ['Verifications on a real n8n', () => measureOnServer(rounds, items)],
		files: ['Files: how far the process grows', () => measureFiles(rounds)],
		big: ['Big inputs', () => measureBigInputs(rounds)],
	};
	const wanted = positionals.length > 0 ? positionals : DEFAULT_PARTS;
	if (values.help || wanted.some((name) => !parts[name])) {
		console.log(usage);
		process.exitCode = values.help ? 0 : 1;
		return;
	}
	console.log(`Node ${process.version}, ${cpus().length} × ${cpus()[0]?.model ?? 'unknown CPU'}`);
	for (const name of wanted) {
		const [heading, measure] = parts[name]!;
		const rows = await measure();
		console.log(`\n${paint('bold', heading)}\n\n${markdown(rows)}`);
	}
}

main().then(
	// A real n8n ends with this process.
	() => process.exit(),
	(error: Error) => {
		console.error(error);
		process.exit(1);
	},
);
