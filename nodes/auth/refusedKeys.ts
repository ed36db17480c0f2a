import { createHash } from 'crypto';
import type { Endpoint } from '../coc/url';
import type { AccessKey } from './signing/signature';

/**
 * How long a refusal counts, in ms: longer than all tries of n8n's *Retry On Fail*, since more than
 * five refused signatures in a row lock a key for five minutes, for everyone.
 */
const COUNTS_FOR_MS = 60_000;

/** When COC refused a key, with all that belongs to it; a corrected credential is another entry. */
const refusedAt = new Map<string, number>();

export function rememberRefusal(endpoint: Endpoint, key: AccessKey): void {
	refusedAt.set(entryOf(endpoint, key), Date.now());
}

export function wasRefused(endpoint: Endpoint, key: AccessKey): boolean {
	const now = Date.now();
	for (const [entry, at] of refusedAt) {
		if (now - at > COUNTS_FOR_MS) refusedAt.delete(entry);
	}
	return refusedAt.has(entryOf(endpoint, key));
}

function entryOf({ url }: Endpoint, key: AccessKey): string {
	return createHash('sha256')
		.update(JSON.stringify([url, key]))
		.digest('hex');
}
