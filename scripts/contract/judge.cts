import { notTried, type Outcome, type Point } from './finding.cts';
import { openPoints, type OpenPoint } from './openPoints.cts';
import { answerPoints } from './points/answers.cts';
import { labelPoints } from './points/labels.cts';
import { listPoints } from './points/list.cts';
import { recordPoints } from './points/records.cts';
import { storyPoints } from './points/story.cts';
import { seenIn } from './seen.cts';
import type { Transcript } from './transcript.cts';

export type Finding = OpenPoint & Outcome;

const never =
	(why: string): Point =>
	() =>
		notTried(why);

/** How each point is judged, by its ID; the table of the points is docs/contract.md. */
export const points: Readonly<Record<string, Point>> = {
	...answerPoints,
	...listPoints,
	...labelPoints,
	...recordPoints,
	...storyPoints,
	'operator-other': never('it would act in the name of another person'),
	'pause-level': never('the story asks for no pause and no other level: approvers would be called'),
	'reject-reopen': never('the story has one ticket, which is not rejected'),
	'interrupted-times': never('the story reports no interruption: that may count in reviews'),
};

/** What a transcript says of each open point. */
export function judge(transcript: Transcript): Finding[] {
	const seen = seenIn(transcript);
	return openPoints().map((point) => {
		const look = points[point.id];
		if (look === undefined) throw new Error(`Nothing judges the point ${point.id}`);
		const outcome = look(seen);
		const isClosed = outcome.verdict === 'not tried' && seen.closed.length > 0;
		const why = `${outcome.seen} (the user may not do all reads: ${seen.closed.join(', ')})`;
		return { ...point, ...outcome, ...(isClosed && { seen: why }) };
	});
}
