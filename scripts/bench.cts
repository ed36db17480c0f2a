/**
 * Measures, never judges: what a signature costs beside Huawei Cloud's own signer, and what each way
 * to authenticate costs a whole request. See docs/performance.md.
 */
import { cpus } from 'node:os';
import { measureModes } from './bench/modes.cts';
import { measureSigning } from './bench/signing.cts';
import { paint, table } from './terminal.cts';

async function main(): Promise<void> {
	console.log(`Node ${process.version}, ${cpus().length} × ${cpus()[0]?.model ?? 'unknown CPU'}`);
	heading('One signature, µs of CPU');
	console.log(table(await measureSigning()));
	heading('One verification on n8n’s engine, µs');
	console.log(table(await measureModes()));
}

function heading(text: string): void {
	console.log(`\n${paint('bold', text)}`);
}

main().catch((error: Error) => {
	console.error(error);
	process.exitCode = 1;
});
