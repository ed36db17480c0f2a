import type { INode, OnError } from 'n8n-workflow';
import { type OperationName, OPERATIONS } from './operations.cts';
import type { Outline } from './plan.cts';

const share = (part: number, run: Omit<Outline, 'part'>): Outline => ({ part, ...run });
export const onError = (mode: OnError, tries = 1): Partial<INode> => ({
	onError: mode,
	...(tries > 1 && { retryOnFail: true, maxTries: tries, waitBetweenTries: 50 }),
});

/** So much of all is verifications, the rest is shared by the other operations. */
const VERIFICATIONS = 0.4;
/** A ticket gets many remarks, and nothing but the history shows them. */
const WEIGHT = { addRemark: 3, forward: 2, changeLevel: 1.5 } as const;

/** Runs of all sorts for so many items. */
export function allSorts(count: number): Outline[] {
	const others = OPERATIONS.filter((operation) => operation !== 'verify');
	const weightOf = (operation: OperationName) => (WEIGHT as Weights)[operation] ?? 1;
	const total = others.reduce((sum, operation) => sum + weightOf(operation), 0);
	return [
		...verifications(count * VERIFICATIONS).map((run) => ({
			...run,
			part: run.part * VERIFICATIONS,
		})),
		...others.flatMap((operation, index) => {
			const fraction = ((1 - VERIFICATIONS) * weightOf(operation)) / total;
			return changesBy(operation, index, fraction * count).map((run) => ({
				...run,
				part: run.part * fraction,
			}));
		}),
	];
}
type Weights = Partial<Record<OperationName, number>>;

const error = onError('continueErrorOutput');
// What is under way when a credential ends, or the user stops the run, can't be told afterwards.
const few = { mostAtOnce: 15 };

/** A node has one operation: in some runs the one who acts is known, in others not. */
function changesBy(operation: OperationName, index: number, count: number): Outline[] {
	const common = { operation, refusals: true, settings: error } as const;
	const part = (fraction: number) => Math.floor(fraction * count);
	const unknown = index % 2 ? 'accessKey' : 'token';
	const retry = onError('continueRegularOutput', 3);
	// Of many items the message of *Stop* mode names some only.
	const stops = Math.max(1, Math.round(count / 400));
	const runs: Outline[] = [
		share(0.6, {
			...{ ...common, name: `${operation}, IAM user, token ends`, mode: 'iamUser' },
			expireAfter: part(0.3),
		}),
		share(0.2, {
			...{ ...common, name: `${operation}, ${unknown}`, mode: unknown },
			...(index % 3 === 0 && { settings: retry }),
			...(index % 3 === 1 && {
				...{ name: `${operation}, ${unknown}, expires`, expireAfter: part(0.15) },
				...few,
			}),
		}),
	];
	const ends: Outline[] = [
		share(0.1, {
			...{ ...common, name: `${operation}, IAM user, cancelled`, mode: 'iamUser', ...few },
			cancelAfter: part(0.05),
		}),
		...Array.from({ length: stops }, (_, stop) =>
			share(0.1 / stops, {
				...{ ...common, mode: 'iamUser', refusals: false },
				name: `${operation}, Stop mode${stop === 0 ? '' : ` ${stop + 1}`}`,
				settings: onError('stopWorkflow', (index + stop) % 2 ? 3 : 1),
			}),
		),
	];
	// Of few items each run would have next to none.
	return count >= 200 ? [...runs, ...ends] : [...runs, { ...ends[index % 2]!, part: 0.2 }];
}

/** Runs of all sorts for so many verifications. */
function verifications(count: number): Outline[] {
	const part = (fraction: number) => Math.floor(fraction * count);
	const stops = Math.max(1, Math.round(count / 500));
	const common = { operation: 'verify', mode: 'token', refusals: true } as const;
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
