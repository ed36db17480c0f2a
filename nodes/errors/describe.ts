import { isFromBetween, type Answer, type BodyProblem } from '../coc/answer';
import { meaningOf } from '../coc/codes';

/** A service, as a user knows it. */
export interface ServiceName {
	name: 'COC' | 'EPS' | 'IAM';
	/** The credential's field that says where it is. */
	field: 'Endpoint' | 'IAM Endpoint';
}

export const COC: ServiceName = { name: 'COC', field: 'Endpoint' };
export const IAM: ServiceName = { name: 'IAM', field: 'IAM Endpoint' };

/**
 * What an answer that isn't success says, as a clause without a full stop: in the words of the
 * service, or of what answers in its place.
 */
export function describeAnswer(answer: Answer, { name, field }: ServiceName): string {
	const { httpStatus, code, envelope, message, bodyProblem } = answer;
	const status = `HTTP ${httpStatus}`;
	switch (meaningOf(answer)) {
		case 'redirect':
			return `the '${field}' redirects to ${answer.redirectHost ?? 'another address'} (${status}), which is not followed, so that the credential's secrets go nowhere else`;
		case 'proxyLogin':
			return `a proxy between n8n and ${name} wants a user name and password (${status})`;
	}
	if (code !== null || envelope !== null) {
		const said = message === null ? 'no message' : `"${message}"`;
		// IAM's code is the status once more.
		const codes = code === null || code === String(httpStatus) ? status : `${code}, ${status}`;
		return `${said} (${codes})`;
	}
	const problem = BODY_PROBLEM[bodyProblem ?? 'noEnvelope'](name);
	if (!isFromBetween(answer)) return `the answer (${status}) ${problem}`;
	const says = message === null ? '' : `, it says "${message}"`;
	return `something between n8n and ${name} answered (${status}): the answer ${problem}${says}`;
}

const BODY_PROBLEM: Record<BodyProblem, (service: string) => string> = {
	empty: () => 'is empty',
	notJson: () => 'is no readable JSON',
	noEnvelope: (service) => `is not ${service}'s`,
	tooLarge: () => 'is too large to be read',
	lost: () => 'broke off',
	timedOut: () => 'was not complete in time',
};
