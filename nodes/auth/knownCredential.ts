import type { Result } from '../coc/result';
import { readCredential, type CocCredential, type Stored } from './credential';
import { learn } from './refusals';
import { knownTokens } from './signIn';

/** Reads a stored credential with all that is known of it, in this process and by its hidden fields. */
export function knownCredential(stored: Stored): Result<CocCredential> {
	const credential = readCredential(stored, Date.now(), knownTokens);
	if (credential.ok) learn(credential.value, stored);
	return credential;
}
