import type { INode, OnError } from 'n8n-workflow';
import type { Outline } from './plan.cts';

const share = (part: number, run: Omit<Outline, 'part'>): Outline => ({ part, ...run });
export const onError = (mode: OnError, tries = 1): Partial<INode> => ({
	onError: mode,
	...(tries > 1 && { retryOnFail: true, maxTries: tries, waitBetweenTries: 50 }),
});

/** Runs of all sorts for so many items. */
export function allSorts(count: number): Outline[] {
	// What is under way when a credential ends, or the user stops the run, can't be told afterwards.
	const few = { mostAtOnce: 15 };
	const part = (fraction: number) => Math.floor(fraction * count);
	const stops = Math.max(1, Math.round(count / 500));
	const common = { mode: 'token', refusals: true } as const;
	const error = onError('continueErrorOutput');
	return [
		share(0.4, {
			...common,
			name: 'IAM user, token ends',
			mode: 'iamUser',
			settings: error,
			expireAfter: part(0.2),
		}),
		share(0.2, {
			...common,
			name: 'access key, Retry On Fail, expires',
			mode: 'accessKey',
			settings: onError('continueRegularOutput', 3),
			expireAfter: part(0.2 * 0.85),
			...few,
		}),
		share(0.18, {
			...common,
			name: 'token, expires',
			settings: error,
			expireAfter: part(0.15),
			...few,
		}),
		share(0.12, {
			...common,
			name: 'IAM user, cancelled',
			mode: 'iamUser',
			settings: error,
			cancelAfter: part(0.07),
			...few,
		}),
		...Array.from({ length: stops }, (_, index) =>
			share(0.08 / stops, {
				...common,
				name: `Stop mode ${index + 1}${index % 2 ? ', Retry On Fail' : ''}`,
				settings: onError('stopWorkflow', index % 2 ? 3 : 1),
				refusals: false,
			}),
		),
		share(0.01, {
			...common,
			name: 'may not read',
			settings: error,
			permissions: ['coc:ticket:action'],
		}),
		share(0.01, {
			...common,
			name: 'may not read histories',
			settings: error,
			permissions: ['coc:ticket:action', 'coc:ticket:get'],
		}),
	];
}
