import { createHash } from 'crypto';
import { asRecord } from '../coc/json';
import { isLocator, located } from '../fields/input';

/**
 * A fingerprint of the settings that decide what is new. It is of the parameters as they are written,
 * not of what their expressions give: n8n is sure to store the state only when the workflow is
 * published, so only a change that needs it published may make the trigger begin anew.
 */
export function configFingerprint({ events, filters }: Record<string, unknown>): string {
	const written = JSON.stringify([plain(events), plain(filters)]);
	return createHash('sha256').update(written).digest('base64').slice(0, 16);
}

/** Without what makes no difference: the order of values, and a name that the editor has kept. */
function plain(value: unknown): unknown {
	if (Array.isArray(value)) return value.map(plain).sort();
	const record = asRecord(value);
	if (record === null) return value ?? null;
	if (isLocator(record)) return plain(located(record));
	const entries = Object.entries(record).sort(([a], [b]) => (a < b ? -1 : 1));
	return entries.map(([name, one]) => [name, plain(one)]);
}
