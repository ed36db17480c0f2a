import { execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { homedir } from 'node:os';
import { delimiter, dirname, join } from 'node:path';

/** Where packages go that only some runs need and that are too big to be dependencies. */
export const cacheRoot = join(
	process.env['XDG_CACHE_HOME'] || join(homedir(), '.cache'),
	'n8n-nodes-huaweicloud-coc',
);

/** Runs npm under the given Node, whose own headers serve for building native modules. */
export function npm(cwd: string, args: string[], node = process.execPath): void {
	const bin = dirname(node);
	const headers = dirname(bin);
	const hasHeaders = existsSync(join(headers, 'include', 'node', 'node_version.h'));
	execFileSync('npm', [...args, '--no-audit', '--no-fund', '--loglevel=error'], {
		cwd,
		env: {
			...process.env,
			PATH: `${bin}${delimiter}${process.env['PATH']}`,
			...(hasHeaders && { npm_config_nodedir: headers }),
		},
		stdio: 'inherit',
	});
}
