/** The stand-in for COC with files to download, in a process of its own. */
import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { startStandIn } from '../../test/standin/index.cts';

interface Wanted {
	files: number;
	/** Of each, in bytes. */
	size: number;
}

interface Opened {
	endpoint: string;
	token: string;
	ids: string[];
}

let child: ChildProcess | undefined;

/** Starts it. */
export async function openStandIn(): Promise<void> {
	child = fork(__filename, { execArgv: ['--require', 'tsx/cjs'] });
	await once(child, 'spawn');
}

/** Where it is, and the IDs of so many files. */
export async function ask(wanted: Wanted): Promise<Opened> {
	child!.send(wanted);
	return ((await once(child!, 'message')) as [Opened])[0];
}

export function closeStandIn(): void {
	child?.disconnect();
}

async function answer({ files, size }: Wanted): Promise<void> {
	const coc = await startStandIn();
	const bytes = Buffer.alloc(size, 7);
	const ids = Array.from({ length: files }, () => coc.files.add({ name: 'a.pdf', bytes }));
	process.send?.({ endpoint: coc.url, token: coc.issueToken(), ids } satisfies Opened);
}

if (require.main === module) {
	process.on('message', (wanted: Wanted) => void answer(wanted));
	process.on('disconnect', () => process.exit());
}
