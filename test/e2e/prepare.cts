import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { cacheRoot, npm } from '../support/npmCache.cts';

/** A real n8n that is ready to run: its program and the Node that runs it. */
export interface PreparedN8n {
	version: string;
	directory: string;
	node: string;
	program: string;
	/** What this version wants to be told when it starts. */
	environment: Record<string, string>;
}

interface Recipe {
	nodeMajor: number;
	/** Built where this n8n has them. */
	natives: string[];
	environment: Record<string, string>;
}

/** The newest n8n that can be installed from npm alone, and the last one of 1.x. */
export const newestN8n = '2.41.1';
export const lastN8n1 = '1.123.81';

/** The n8n that npm installs when none is named. */
export function latestN8n(): string {
	return execFileSync('npm', ['view', 'n8n', 'version'], { encoding: 'utf8' }).trim();
}

/** What each major version of n8n needs beyond a plain install. */
const recipes: Record<string, Recipe> = {
	'1': {
		nodeMajor: 20,
		natives: ['sqlite3'],
		environment: {
			// The other engine has no build for Node 20.
			N8N_EXPRESSION_ENGINE: 'legacy',
			// Without a pool, transactions at the same time break its database: `SAVEPOINT typeorm_-1`.
			DB_SQLITE_POOL_SIZE: '3',
		},
	},
	'2': { nodeMajor: 24, natives: ['sqlite3', 'isolated-vm'], environment: {} },
};

/** Asks the internet as soon as n8n starts. An n8n that doesn't know it refuses to switch it off. */
const talkative = 'mcp-registry';

/** Some n8n take it from a host of its own, which isn't reachable everywhere; npm has it too. */
const overrides = { xlsx: '0.18.5' };

/**
 * Returns a cached n8n of exactly this version, installing it first when the cache hasn't got it
 * (some minutes, 3 GB). Install scripts stay off: one of n8n's own dependencies can't be built
 * everywhere and isn't needed; only the native modules that n8n starts with are built.
 */
export function prepareN8n(version: string): PreparedN8n {
	const recipe = recipes[version.split('.')[0] ?? ''];
	if (!recipe) throw new Error(`No recipe for n8n ${version}`);
	const directory = join(cacheRoot, `n8n-${version}`);
	const modules = join(directory, 'node_modules');
	const nodePackage = `node-${process.platform}-${process.arch}`;
	const ownNode = join(modules, nodePackage, 'bin', 'node');
	// Written last, so that an interrupted preparation is never mistaken for a complete one. It
	// names the Node whose binary interface the native modules were built for.
	const marker = join(directory, 'prepared');
	const abi = `abi ${process.versions.modules}`;
	const built = existsSync(marker) ? readFileSync(marker, 'utf8') : '';

	if (built !== abi && built !== nodePackage) {
		const useOwnNode = Number.parseInt(process.versions.node) < recipe.nodeMajor;
		const node = useOwnNode ? ownNode : process.execPath;
		console.log(`Preparing n8n ${version} in ${directory} (once; this takes some minutes)`);
		try {
			rmSync(directory, { recursive: true, force: true });
			mkdirSync(directory, { recursive: true });
			const manifest = { name: 'n8n-under-test', private: true, overrides };
			writeFileSync(join(directory, 'package.json'), JSON.stringify(manifest));
			if (useOwnNode) npm(directory, ['install', `${nodePackage}@${recipe.nodeMajor}`]);
			npm(directory, ['install', '--ignore-scripts', '--save-exact', `n8n@${version}`], node);
			const natives = recipe.natives.filter((name) => existsSync(join(modules, name)));
			npm(directory, ['rebuild', '--ignore-scripts=false', ...natives], node);
			const load = natives.map((name) => `require('${name}')`).join(';');
			execFileSync(node, ['-e', load], { cwd: directory, stdio: 'inherit' });
		} catch (error) {
			throw new Error(`n8n ${version} can't be prepared: ${String(error)}`, { cause: error });
		}
		writeFileSync(marker, useOwnNode ? nodePackage : abi);
	}
	return {
		version,
		directory,
		node: existsSync(ownNode) ? ownNode : process.execPath,
		program: join(modules, 'n8n', 'bin', 'n8n'),
		environment: {
			...recipe.environment,
			...(existsSync(join(modules, 'n8n', 'dist', 'modules', talkative)) && {
				N8N_DISABLED_MODULES: talkative,
			}),
		},
	};
}
