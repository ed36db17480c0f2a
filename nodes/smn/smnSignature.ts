import { constants, createVerify } from 'crypto';
import type { RequestHelperFunctions } from 'n8n-workflow';
import { certificateAt } from './smnCertificates';
import { stringToSign, type SmnMessage } from './smnMessage';
import { isCertificateUrl } from './smnUrls';

/** Why a message isn't taken for SMN's. */
export type NotGenuine =
	| 'signatureVersion'
	| 'certificateUrl'
	| 'certificate'
	| 'certificateUnavailable'
	| 'signature';

/** The only one that SMN documents: RSA with SHA-256, PKCS#1 v1.5. */
const VERSION = 'v1';

/**
 * Whether SMN has signed a message; null when it has.
 *
 * @param now ms since 1970
 */
export async function whyNotGenuine(
	helpers: Pick<RequestHelperFunctions, 'httpRequest'>,
	message: SmnMessage,
	now: number,
): Promise<NotGenuine | null> {
	const { signatureVersion, certificateUrl, region } = message;
	if (signatureVersion !== VERSION) return 'signatureVersion';
	if (!isCertificateUrl(certificateUrl, region)) return 'certificateUrl';
	const certificate = await certificateAt(helpers, certificateUrl, now);
	if (certificate === 'unavailable') return 'certificateUnavailable';
	if (certificate === 'unusable') return 'certificate';
	const key = { key: certificate.publicKey, padding: constants.RSA_PKCS1_PADDING };
	const signature = Buffer.from(message.signature, 'base64');
	const isSigned = createVerify('RSA-SHA256')
		.update(stringToSign(message), 'utf8')
		.verify(key, signature);
	return isSigned ? null : 'signature';
}
