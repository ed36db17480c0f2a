import type * as source from '../../nodes/coc/answer.ts';
import type { OperationWords } from '../../nodes/errors/failure.ts';
import { built } from '../support/built.cts';

export const { readAnswer, isSuccessCode, cleanText } = built<typeof source>('nodes/coc/answer');

/** How Verify speaks of itself. */
export const words: OperationWords = {
	done: 'verified',
	effect: 'verification',
	iamAction: 'coc:ticket:action',
	refusedHint: 'Check what the ticket waits for.',
};

/** Reads an answer: a text is its body as it stands, anything else is its JSON. */
export function reading(
	body: unknown,
	raw: Partial<source.RawAnswer> = {},
	{ secrets = [] as string[], now = 0 } = {},
): source.Answer {
	return readAnswer(
		{
			url: 'https://coc.example/v1/external/incident/handle',
			httpStatus: 200,
			headers: {},
			body: typeof body === 'string' ? body : JSON.stringify(body),
			...raw,
		},
		secrets,
		now,
	);
}
