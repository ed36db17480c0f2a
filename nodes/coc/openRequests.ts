import type { StepKind } from './lifecycle';

/** What waits to be approved: a pause, another level, or one of both. */
export type OpenRequest = 'pauseRequest' | 'levelRequest' | 'either';

/** A step of the history; `at` in ms since 1970. */
interface Step {
	kind: StepKind | 'unknown';
	at: number | null;
}

/**
 * The requests that nothing has answered after these steps, oldest first. A decision answers one of
 * them; which of two kinds shows only when a pause ends.
 *
 * @param voids whether a step leaves none of them
 */
export function openRequests(
	steps: readonly Step[],
	voids: (kind: Step['kind']) => boolean,
): OpenRequest[] {
	// A request comes before what answers it in the same moment.
	const inOrder = [...steps].sort(
		(a, b) => (a.at ?? 0) - (b.at ?? 0) || Number(isRequest(b.kind)) - Number(isRequest(a.kind)),
	);
	return inOrder.reduce<OpenRequest[]>((open, { kind }) => {
		if (isRequest(kind)) return [...open, kind];
		switch (kind) {
			case 'approval':
			case 'refusal':
			case 'agreement':
			case 'rejection':
				return new Set(open).size > 1 ? open.slice(1).map(() => 'either') : open.slice(1);
			case 'resumption':
				return open.flatMap((one) => {
					if (one === 'pauseRequest') return [];
					return one === 'either' ? 'levelRequest' : one;
				});
			default:
				return voids(kind) ? [] : open;
		}
	}, []);
}

function isRequest(kind: Step['kind']): kind is 'pauseRequest' | 'levelRequest' {
	return kind === 'pauseRequest' || kind === 'levelRequest';
}
