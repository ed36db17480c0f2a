import { createHash } from 'crypto';
import type { AccessKey } from '../contract/signature';

/**
 * How long a refusal counts, in ms: longer than all tries of n8n's *Retry On Fail*, since more than
 * five refused signatures in a row lock a key for five minutes, for everyone.
 */
const COUNTS_FOR_MS = 60_000;

/** When COC refused a key together with its secret; a corrected one is another entry. */
const refusedAt = new Map<string, number>();

export function rememberRefusal(key: AccessKey): void {
	refusedAt.set(entryOf(key), Date.now());
}

export function wasRefused(key: AccessKey): boolean {
	const now = Date.now();
	for (const [entry, at] of refusedAt) {
		if (now - at > COUNTS_FOR_MS) refusedAt.delete(entry);
	}
	return refusedAt.has(entryOf(key));
}

function entryOf({ accessKeyId, secretAccessKey, securityToken }: AccessKey): string {
	const parts = JSON.stringify([accessKeyId, secretAccessKey, securityToken]);
	return createHash('sha256').update(parts).digest('hex');
}
