import { parseArgs } from 'node:util';

/** What is run, on which n8n; `n8n` is undefined where none is given. */
export interface CommandOptions {
	n8n: string | undefined;
	only: string;
	keep: boolean;
}

/**
 * Runs a command that drives n8n and ends the process, with 1 when something has failed.
 *
 * @param usage what `--help` says
 * @param run returns how much has failed
 */
export function runCommand(usage: string, run: (options: CommandOptions) => Promise<number>): void {
	main(usage, run).then(
		(failed) => process.exit(failed === 0 ? 0 : 1),
		(error: unknown) => {
			console.error(error instanceof Error ? error.message : error);
			process.exit(1);
		},
	);
}

async function main(...[usage, run]: Parameters<typeof runCommand>): Promise<number> {
	const { values } = parseArgs({
		options: {
			n8n: { type: 'string' },
			only: { type: 'string', default: '' },
			keep: { type: 'boolean', default: false },
			help: { type: 'boolean', default: false },
		},
	});
	if (!values.help) return await run({ ...values, n8n: values.n8n });
	console.log(usage);
	return 0;
}

/** Those with a text in their names. */
export function named<T extends { name: string }>(scenarios: T[], text: string): T[] {
	const wanted = scenarios.filter(({ name }) => name.includes(text));
	if (wanted.length === 0) throw new Error(`No scenario has "${text}" in its name`);
	return wanted;
}
