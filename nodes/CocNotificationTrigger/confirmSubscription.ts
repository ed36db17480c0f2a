import type { IWebhookFunctions } from 'n8n-workflow';
import { publicGet } from '../client/publicGet';
import type { SmnMessage } from '../smn/smnMessage';
import { isSubscribeUrl } from '../smn/smnUrls';

const BOUNDS = { timeoutMs: 10_000, maxBytes: 64 * 1024 };

/** Confirms a subscription that SMN has asked to confirm: once, and without any credential. */
export async function confirmSubscription(
	{ helpers, logger }: Pick<IWebhookFunctions, 'helpers' | 'logger'>,
	{ subscribeUrl, region, topic }: SmnMessage,
): Promise<void> {
	if (subscribeUrl === null || !isSubscribeUrl(subscribeUrl, region)) {
		logger?.warn(`The subscription to ${topic} was not confirmed: ${ELSEWHERE}`);
		return;
	}
	const answer = await publicGet(helpers, subscribeUrl, BOUNDS);
	if (answer !== null && answer.httpStatus >= 200 && answer.httpStatus < 300) {
		logger?.info(`The subscription to ${topic} is confirmed.`);
		return;
	}
	const said = answer === null ? 'did not answer' : `answered with HTTP ${answer.httpStatus}`;
	logger?.warn(`The subscription to ${topic} was not confirmed: SMN ${said}. ${AGAIN}`);
}

const AGAIN = "Have SMN ask once more, with 'Request Confirmation' in its console.";
const ELSEWHERE = `its link does not lead to SMN. ${AGAIN}`;
