import { createHash, timingSafeEqual } from 'crypto';
import type { ICredentialDataDecryptedObject, IWebhookFunctions } from 'n8n-workflow';
import type { Result } from '../coc/result';

/** The header in which a sender may show the secret; the other place is the URL's last part. */
const HEADER = 'x-notification-secret';

/** What stands in a URL as it is, and is too long to be guessed. */
const SECRET = /^[\w-]{16,128}$/;

/** The secret that the senders of unsigned notifications must know. */
export function readSecret(stored: ICredentialDataDecryptedObject): Result<string> {
	const secret = typeof stored.notificationSecret === 'string' ? stored.notificationSecret : '';
	if (SECRET.test(secret)) return { ok: true, value: secret };
	const is = secret === '' ? 'is empty' : 'is not usable';
	return {
		ok: false,
		reason: `the credential's 'Notification Secret' ${is}`,
		hint: "'Accept Unsigned Notifications' needs one of 16 to 128 letters, digits, - or _. Enter it in the credential, or switch the option off.",
	};
}

/** Whether a request shows the secret, in its header or in its path. */
export function showsSecret(
	context: Pick<IWebhookFunctions, 'getHeaderData' | 'getParamsData'>,
	secret: string,
): boolean {
	const inPath = (context.getParamsData() as Record<string, unknown>).secret;
	const inHeader = context.getHeaderData()[HEADER];
	return [inPath, inHeader].some((shown) => typeof shown === 'string' && isSame(shown, secret));
}

/** Takes as long for each wrong text. */
function isSame(one: string, other: string): boolean {
	const [a, b] = [one, other].map((text) => createHash('sha256').update(text).digest());
	return timingSafeEqual(a!, b!);
}
