import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openEditor, openNode, part, startBrowser } from '../test/e2e/editor.cts';
import manifest from '../package.json';
import { quickstart, quickstartWorkflow } from './quickstart/commands.cts';

const HELP = `Follows the README's quick start, word by word, and takes the time.

  npm run quickstart

Its commands run in an empty folder; git takes what is committed here in place of GitHub's copy. Then
a browser signs in, opens the workflow and executes it, until a ticket is verified.
`;
const root = join(__dirname, '..');

async function main(): Promise<void> {
	if (process.argv.includes('--help')) return console.log(HELP);
	const folder = mkdtempSync(join(tmpdir(), 'quickstart-'));
	const began = Date.now();
	let last = began;
	const passed = (what: string) => {
		console.log(`${((Date.now() - last) / 1000).toFixed(0).padStart(5)} s  ${what}`);
		last = Date.now();
	};
	const terminal = start(folder);
	try {
		const url = await terminal.says(/Open +(\S+)/);
		passed(quickstart().join(' && '));
		const browser = await startBrowser();
		const page = await openEditor(browser, url, 'light');
		passed(`sign in at ${url}`);
		await page.getByText(quickstartWorkflow(), { exact: true }).first().click();
		await part(page, 'execute-workflow-button').click();
		await part(page, 'canvas-node-status-success').first().waitFor();
		await openNode(page, 'COC Incident');
		await part(page, 'output-panel').getByText('applied', { exact: true }).first().waitFor();
		passed(`open and execute "${quickstartWorkflow()}": outcome is applied`);
		await terminal.says(/(200) {2}POST \/v1\/external\/incident\/handle .*applied/);
		await browser.close();
		console.log(`${((last - began) / 1000).toFixed(0).padStart(5)} s  in all`);
	} finally {
		await terminal.end();
		rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
	}
}

/** A terminal in which somebody enters the commands. */
function start(cwd: string) {
	const github = manifest.repository.url.replace(/^git\+/, '');
	const env = {
		...process.env,
		GIT_CONFIG_COUNT: '1',
		GIT_CONFIG_KEY_0: `url.${root}.insteadOf`,
		GIT_CONFIG_VALUE_0: github,
	};
	const child = spawn('sh', ['-e'], { cwd, env, detached: true });
	let output = '';
	for (const stream of [child.stdout, child.stderr]) {
		stream.on('data', (chunk: Buffer) => (output += chunk.toString()));
	}
	child.stdin.end(quickstart().join('\n'));
	return {
		/** Waits for what the terminal shows. */
		async says(pattern: RegExp): Promise<string> {
			for (;;) {
				const match = pattern.exec(output)?.[1];
				if (match !== undefined) return match;
				if (hasEnded(child)) throw new Error(`It ended:\n${output}`);
				await new Promise((resolve) => setTimeout(resolve, 100));
			}
		},
		/** Ctrl-C, which stops what was started and removes its data. */
		async end(): Promise<void> {
			if (child.pid !== undefined && !hasEnded(child)) process.kill(-child.pid, 'SIGINT');
			while (!hasEnded(child)) await new Promise((resolve) => setTimeout(resolve, 100));
		},
	};
}

function hasEnded({ exitCode, signalCode }: ChildProcess): boolean {
	return exitCode !== null || signalCode !== null;
}

main().then(
	() => process.exit(0),
	(error: unknown) => {
		console.error(error instanceof Error ? error.message : error);
		process.exit(1);
	},
);
