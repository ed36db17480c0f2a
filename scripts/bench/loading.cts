/** What it costs n8n to load this package's node and credential, beside the HTTP Request node. */
import { execFileSync } from 'node:child_process';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { prepareHttpRequestNode } from '../../test/engine/index.cts';
import { inKilobytes, inMilliseconds, medianOf, type Rows } from './figures.cts';

interface Loaded {
	time: number;
	memory: number;
	modules: number;
}

const ROUNDS = 9;

/**
 * Runs in a plain process of its own. What n8n itself has loaded anyway, the dependencies of
 * n8n-core, is loaded before, each package from the files' own point of view.
 */
const LOAD = `
	const [before, files] = process.argv.slice(1).map((text) => JSON.parse(text));
	const { createRequire } = require('module');
	for (const name of before) try { createRequire(files[0])(name); } catch {}
	gc();
	const modules = Object.keys(require.cache).length;
	const memory = process.memoryUsage().heapUsed;
	const start = performance.now();
	for (const file of files) require(file);
	const time = (performance.now() - start) * 1000;
	gc();
	console.log(JSON.stringify({
		time,
		memory: process.memoryUsage().heapUsed - memory,
		modules: Object.keys(require.cache).length - modules,
	}));
	process.exit();
`;

export function measureLoading(): Rows {
	const dist = join(__dirname, '..', '..', 'dist');
	const candidates: Record<string, string[]> = {
		'HTTP Request node': [prepareHttpRequestNode()],
		'this node and its credential': [
			join(dist, 'nodes', 'CocIncident', 'CocIncident.node.js'),
			join(dist, 'credentials', 'HuaweiCloudCocApi.credentials.js'),
		],
	};
	const { dependencies } = createRequire(__filename)('n8n-core/package.json') as {
		dependencies: Record<string, string>;
	};
	const before = JSON.stringify(['n8n-workflow', ...Object.keys(dependencies)]);
	const results = Object.values(candidates).map((): Loaded[] => []);
	for (let round = 0; round < ROUNDS; round++) {
		Object.values(candidates).forEach((files, index) => {
			const args = ['--expose-gc', '-e', LOAD, before, JSON.stringify(files)];
			const output = execFileSync(process.execPath, args, { encoding: 'utf8' });
			results[index]!.push(JSON.parse(output) as Loaded);
		});
	}
	return [
		['Loading', 'Time', 'Memory', 'Files'],
		...Object.keys(candidates).map((name, index) => [
			name,
			inMilliseconds(medianOf(results[index]!, 'time'), 1),
			inKilobytes(medianOf(results[index]!, 'memory')),
			String(medianOf(results[index]!, 'modules')),
		]),
	];
}
