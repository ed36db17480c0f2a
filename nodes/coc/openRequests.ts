import type { StepKind } from './lifecycle';

/** What waits to be approved: a pause, another level, or one of both. */
export type OpenRequest = 'pauseRequest' | 'levelRequest' | 'either';

/** A step of the history; `at` in ms since 1970. */
interface Step {
	kind: StepKind | 'unknown';
	at: number | null;
}

/**
 * The requests that nothing has answered after these steps. A decision answers one of them; which of
 * two kinds the history doesn't show. What moves a ticket on leaves none.
 */
export function openRequests(steps: readonly Step[]): OpenRequest[] {
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
				return open.filter((one) => one !== 'pauseRequest');
			case 'remark':
				return open;
			default:
				return [];
		}
	}, []);
}

function isRequest(kind: Step['kind']): kind is 'pauseRequest' | 'levelRequest' {
	return kind === 'pauseRequest' || kind === 'levelRequest';
}
