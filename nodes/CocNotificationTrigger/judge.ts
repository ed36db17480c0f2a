import type { IWebhookFunctions } from 'n8n-workflow';
import { CREDENTIAL_TYPE } from '../client/session';
import { whyNotGenuine, type NotGenuine } from '../smn/smnSignature';
import { readSmnMessage, type SmnMessage } from '../smn/smnMessage';
import type { NotificationSettings } from './notificationFields';
import { readSecret, showsSecret } from './unsigned';

/** What a request is: a message that SMN has signed, a body whose sender knows the secret, or neither. */
export type Judged =
	| { is: 'message'; message: SmnMessage }
	| { is: 'unsigned'; text: string }
	| { is: Refused };

/** Why a request is refused; the body's words, so that nobody learns what is right. */
export type Refused =
	| 'tooLarge'
	| 'malformed'
	| 'unsignedForm'
	| 'wrongSecret'
	| 'otherTopic'
	| NotGenuine;

/** SMN's messages have 256 kB at most, which JSON may double. */
export const MAX_BODY_BYTES = 1024 * 1024;

/** Judges a request by its bytes; nothing of it is believed before. */
export async function judge(
	context: IWebhookFunctions,
	{ topics, acceptUnsigned }: NotificationSettings,
	now: number,
): Promise<Judged> {
	const { rawBody } = context.getRequestObject() as { rawBody?: unknown };
	if (!Buffer.isBuffer(rawBody) || rawBody.length === 0) return { is: 'malformed' };
	if (rawBody.length > MAX_BODY_BYTES) return { is: 'tooLarge' };
	const text = rawBody.toString('utf8');
	const message = readSmnMessage(parsed(text));
	if (message === 'malformed') return { is: 'malformed' };
	if (message === 'otherForm') {
		if (!acceptUnsigned) return { is: 'unsignedForm' };
		return (await knowsSecret(context)) ? { is: 'unsigned', text } : { is: 'wrongSecret' };
	}
	if (topics.length > 0 && !topics.includes(message.topic)) return { is: 'otherTopic' };
	const why = await whyNotGenuine(context.helpers, message, now);
	return why === null ? { is: 'message', message } : { is: why };
}

async function knowsSecret(context: IWebhookFunctions): Promise<boolean> {
	const secret = readSecret(await context.getCredentials(CREDENTIAL_TYPE));
	return secret.ok && showsSecret(context, secret.value);
}

function parsed(text: string): unknown {
	try {
		return JSON.parse(text);
	} catch {
		return null;
	}
}
