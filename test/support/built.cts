import { createRequire } from 'node:module';
import { join } from 'node:path';

const load = createRequire(__filename);

/**
 * A built module of the product, as n8n runs it, with the types of its source:
 *
 *     import type * as source from '../../nodes/coc/url.ts';
 *     const { checkEndpoint } = built<typeof source>('nodes/coc/url');
 */
export function built<Source>(path: string): Source {
	return load(join(__dirname, '../../dist', `${path}.js`)) as Source;
}
