import { join } from 'node:path';
import { jest } from '@jest/globals';
import type * as engineSource from '../engine/index.cts';
import type { Packages } from '../engine/index.cts';

/**
 * The package as another process of n8n has it, with a memory of its own; what it shares with this one
 * is the stored credential. For `verify`'s `packages`.
 */
export async function anotherProcess(): Promise<Packages> {
	let packages: Packages | undefined;
	await jest.isolateModulesAsync(async () => {
		const { loadPackage } = (await import('../engine/index.cts')) as typeof engineSource;
		packages = await loadPackage(join(__dirname, '..', '..'));
	});
	return packages!;
}
