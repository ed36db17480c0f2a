import type { ActionParams } from '../../../coc/calls/handleIncident';
import type { RequestKind } from '../../../coc/waitingRequest';
import { inputFailure, type Read } from '../../../errors/failure';
import { v2ActionAfter } from '../../../run/handle';
import { requestIn, type Situation } from '../../../run/situation';

type Answer = ActionParams['decision'];
type Asked = { request: RequestKind | 'automatic' };

/** Answers the request that waits: COC takes other params for a pause than for another level. */
export const answerRequest = v2ActionAfter<Asked, Answer, RequestKind>(findRequest, (asked) => ({
	request: asked,
}));

export function answerParams(asked: RequestKind, isAgreed: boolean, note: string): Answer {
	return asked === 'pause'
		? { pause_approve_conclusion: isAgreed, note }
		: { conclusion: isAgreed, note };
}

/** The request that the record shows to wait. The user's choice counts unless the record speaks against it. */
async function findRequest(
	{ offered, history }: Situation,
	{ request: wanted }: Asked,
): Promise<Read<RequestKind>> {
	const read = await history();
	// Without the right to read it, the user's choice has to do.
	if (!read.ok && wanted !== 'automatic' && read.failure.httpStatus === 403) {
		return { ok: true, value: wanted };
	}
	if (!read.ok) return read;
	const waiting = requestIn(read.value, offered);
	if (wanted === 'automatic') return waiting ? { ok: true, value: waiting } : UNCLEAR;
	return waiting === null || waiting === wanted ? { ok: true, value: wanted } : OTHER[waiting];
}

const refused = (reason: string, hint: string) =>
	({ ok: false, failure: inputFailure(reason, hint) }) as const;

const UNCLEAR = refused(
	"the incident's history does not show whether a pause or a change of level waits for approval",
	"Look at the ticket in COC, and choose it in 'Request'.",
);
const OTHER = {
	pause: refused(
		"by the incident's history a pause waits for approval, not a change of level",
		"Correct 'Request'.",
	),
	level: refused(
		"by the incident's history a change of level waits for approval, not a pause",
		"Correct 'Request'.",
	),
};
