import type { CocCredential } from '../auth/credential';
import { isPathSegment } from '../coc/url';
import { credentialFailure, type Failure } from '../errors/failure';

/** Why a credential's integration key can't be used; null when it can. */
export function missingIntegrationKey({ integrationKey }: CocCredential): Failure | null {
	const isUsable = isPathSegment(integrationKey) && !/[\s\p{Cc}\p{Cf}]/u.test(integrationKey);
	if (isUsable) return null;
	const what = integrationKey === '' ? 'is empty' : 'is no key: it must not contain white space';
	return credentialFailure({ reason: `the credential's 'Integration Key' ${what}`, hint: WHERE });
}

const WHERE =
	"Open the credential and enter the key that COC's console shows for the integration of a custom data source.";
