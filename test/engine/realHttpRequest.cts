/**
 * n8n's real HTTP Request node on this engine, for programs that compare with it:
 *
 *     const packages = await loadPackage(folder);
 *     packages.baseNodes.httpRequest = loadHttpRequestNode();
 *
 * Not in jest, whose modules don't pass Node's resolver.
 */
import { existsSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire, Module } from 'node:module';
import { join, sep } from 'node:path';
import type { IVersionedNodeType } from 'n8n-workflow';
import { cacheRoot, npm } from '../support/npmCache.cts';
import { requireAsCore } from './instance.cts';

/** The one that n8n 2.41.1 comes with, as the n8n-core here does. */
const version = '2.41.1';
const directory = join(cacheRoot, `n8n-nodes-base-${version}`);

/** Where the compiled node lies; installed first when the cache hasn't got it (2 minutes, 0.8 GB). */
export function prepareHttpRequestNode(): string {
	// Written last, so that an interrupted installation is never mistaken for a complete one.
	const marker = join(directory, 'prepared');
	if (!existsSync(marker)) {
		console.error(`Installing n8n-nodes-base ${version} in ${directory} (once; some minutes)`);
		rmSync(directory, { recursive: true, force: true });
		mkdirSync(directory, { recursive: true });
		writeFileSync(join(directory, 'package.json'), JSON.stringify({ private: true }));
		npm(directory, ['install', '--ignore-scripts', '--save-exact', `n8n-nodes-base@${version}`]);
		writeFileSync(marker, '');
	}
	return join(directory, 'node_modules/n8n-nodes-base/dist/nodes/HttpRequest/HttpRequest.node.js');
}

/** The node, all its versions, as n8n-nodes-base was published. */
export function loadHttpRequestNode(): IVersionedNodeType {
	const file = prepareHttpRequestNode();
	shareModules();
	const { HttpRequest } = createRequire(__filename)(file) as { HttpRequest: new () => unknown };
	return new HttpRequest() as IVersionedNodeType;
}

type Resolve = (
	request: string,
	parent?: { filename?: string | null },
	...more: unknown[]
) => string;

let shared = false;

/**
 * In n8n the node and the engine share one n8n-workflow, so that they know each other's errors. The
 * cache has a copy of its own: its files get the engine's instead, of it and of n8n's other packages.
 */
function shareModules(): void {
	if (shared) return;
	shared = true;
	const loader = Module as unknown as { _resolveFilename: Resolve };
	const resolve = loader._resolveFilename;
	loader._resolveFilename = function (request, parent, ...more) {
		if (parent?.filename?.startsWith(directory + sep) && /^(n8n-|@n8n\/)/.test(request)) {
			try {
				return requireAsCore.resolve(request);
			} catch {
				// One that the engine doesn't use: there is nothing to share.
			}
		}
		return resolve.call(this, request, parent, ...more);
	};
}
