import type * as answers from '../../nodes/coc/answer.ts';
import type * as cleaning from '../../nodes/coc/cleanText.ts';
import type * as codes from '../../nodes/coc/classify.ts';
import type * as source from '../../nodes/coc/readAnswer.ts';
import type * as failures from '../../nodes/errors/failure.ts';
import { built } from '../support/built.cts';

export const { readAnswer } = built<typeof source>('nodes/coc/readAnswer');
export const { isSuccessCode } = built<typeof codes>('nodes/coc/classify');
export const { cleanText } = built<typeof cleaning>('nodes/coc/cleanText');

/** How Verify speaks of itself. */
export const words: failures.OperationWords = {
	done: 'verified',
	iamAction: 'coc:ticket:action',
	refusedHint: 'Check what the ticket waits for.',
};

/** Reads an answer: a text is its body as it stands, anything else is its JSON. */
export function reading(
	body: unknown,
	raw: Partial<answers.RawAnswer> = {},
	{ secrets = [] as string[], now = 0 } = {},
): answers.Answer {
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

const { hintText } = built<typeof failures>('nodes/errors/failure');

/** A failure with its hint as an item shows it. */
export function shown({ again, ...failure }: failures.Failure): failures.Failure {
	return { ...failure, hint: hintText({ ...failure, again }, 'run this item again') };
}
