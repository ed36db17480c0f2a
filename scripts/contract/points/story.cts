/** Points that only the story of a test ticket settles. */
import { isDone, said } from '../cast.cts';
import {
	assumed,
	count,
	notTried,
	otherwise,
	tally,
	untold,
	type Outcome,
	type Point,
} from '../finding.cts';
import {
	ACCEPTED,
	compareTexts,
	COMPLETED,
	NOT_ACCEPTED,
	readStatus,
	stepOfKeys,
	keysOf,
	timeOf,
} from '../product.cts';
import {
	dataOf,
	entriesOf,
	isSuccess,
	type Look,
	rowsOf,
	type Seen,
	statusAfter,
} from '../seen.cts';
import * as texts from '../texts.cts';

/** A write that COC should refuse by its own code, in its envelope, with HTTP 400. */
function refused(step: string, did: string): Point {
	return (seen) => {
		const look = seen.last(`story:${step}`);
		if (look === null) return untold(seen, step);
		const { read } = look;
		if (isDone(read)) return otherwise(`${did} was not refused: ${said(read)}`);
		const isOwn =
			read.outcome === 'refused' && read.envelope !== null && !/^APIGW/i.test(read.code ?? '');
		return (isOwn && look.answer.status === 400 ? assumed : otherwise)(`refused: ${said(read)}`);
	};
}

const foreignTask: Point = (seen) => {
	const look = seen.last('story:foreign:back');
	if (look !== null) return refused('foreign:back', 'the task of another person')(seen);
	if (seen.about.story !== null && seen.about.other === null) {
		return notTried('only with a second person, by --other');
	}
	return untold(seen, 'forwarding to the second person');
};

const unresolvedStatus: Point = (seen) => {
	const status = statusAfter(seen, 'unresolved');
	if (status === null) return untold(seen, 'unresolved');
	return (status === ACCEPTED ? assumed : otherwise)(`\`${status}\``);
};

const verifies: Point = (seen) => {
	const look = seen.last('story:verify');
	if (look === null) return untold(seen, 'verify');
	if (!isDone(look.read)) return otherwise(`its creator may not: ${said(look.read)}`);
	const status = statusAfter(seen, 'verify');
	return (status === COMPLETED ? assumed : otherwise)(`its creator may; then it is \`${status}\``);
};

const flags: Point = (seen) => {
	const looks = ['create', 'solve:1', 'unresolved', 'solve:2'].flatMap(
		(step) => seen.last(`story:${step}`) ?? [],
	);
	if (looks.length === 0) return untold(seen, 'create');
	const [first] = looks;
	if (first?.read.meaning === 'notPermitted') return untold(seen, 'create');
	const odd = looks.filter(({ read }) => !isDone(read));
	return odd.length === 0
		? assumed(`taken in ${count(looks.length, 'write')}`)
		: otherwise(odd.map(({ probe, read }) => `${probe.slice(6)}: ${said(read)}`).join('; '));
};

const SECONDS = (ms: number) => `${Math.round(ms / 100) / 10} s`;

const creationDelay: Point = (seen) => {
	const created = seen.last('story:create');
	const looks = seen.of('story:created:detail');
	const there = looks.find(({ read }) => readStatus(read) === NOT_ACCEPTED);
	if (created === null || looks.length === 0) return untold(seen, 'create');
	if (there === undefined) return otherwise('not there after all that waiting');
	const before = tally(looks.slice(0, -1).map(({ read }) => readStatus(read) ?? said(read)));
	const after = SECONDS(there.at - created.at);
	return assumed(looks.length === 1 ? 'at once' : `after ${after}; before that ${before}`);
};

const flowDelay: Point = (seen) => {
	const steps: Array<[string, string]> = [
		['accept', ACCEPTED],
		['verify', COMPLETED],
	];
	const told = steps.flatMap(([step, wanted]) => {
		const [first] = seen.of(`story:after:${step}`);
		const last = seen.last(`story:after:${step}`);
		if (!first || !last) return [];
		const isThere = readStatus(last.read) === wanted;
		return { isThere, took: last.at - first.at, step };
	});
	if (told.length === 0) return untold(seen, 'accept');
	const words = told
		.map(
			({ step, isThere, took }) =>
				`${step}: ${isThere ? `seen after ${SECONDS(took)}` : 'never seen'}`,
		)
		.join('; ');
	return (told.every(({ isThere, took }) => isThere && took < 10_000) ? assumed : otherwise)(words);
};

const forwardStatus: Point = (seen) => {
	const look = seen.last('story:forward');
	const status = statusAfter(seen, 'forward');
	if (look === null || status === null) return untold(seen, 'forward');
	if (!isDone(look.read)) return otherwise(said(look.read));
	return ([ACCEPTED, NOT_ACCEPTED].includes(status) ? assumed : otherwise)(`\`${status}\``);
};

/** What the history of the story keeps as comment of a step. */
function comments(seen: Seen, kind: string): string[] {
	const look = seen.last('story:history:v1');
	const entries = look ? entriesOf(look) : [];
	return entries
		.filter((entry) => stepOfKeys(keysOf(entry)) === kind)
		.map(({ comment }) => (typeof comment === 'string' ? comment : ''));
}

const historyComments: Point = (seen) => {
	const sent: Array<[step: string, kind: string, text: string]> = [
		['unresolved', 'verification', texts.UNRESOLVED_COMMENT],
		['verify', 'verification', texts.RESOLVED_COMMENT],
		['forward', 'handover', texts.FORWARD_COMMENT],
		['solve:1', 'solution', texts.SOLUTION],
	];
	const done = sent.filter(([step]) => {
		const look = seen.last(`story:${step}`);
		return look !== null && isDone(look.read);
	});
	const isRead = seen.last('story:history:v1') !== null;
	if (done.length === 0 || !isRead) return untold(seen, 'the history of a verification');
	const told = done.map(([step, kind, text]) => {
		const isKept = comments(seen, kind).some((comment) => compareTexts(comment, text) === 'same');
		return { step, kind, isKept };
	});
	const words = told
		.map(({ step, isKept }) => `${step}: ${isKept ? 'kept' : 'not kept'}`)
		.join('; ');
	const verifications = told.filter(({ kind }) => kind === 'verification');
	return (verifications.every(({ isKept }) => isKept) ? assumed : otherwise)(words);
};

/** What becomes of a text on its way through a remark. */
function remark(point: keyof typeof texts.REMARKS): Point {
	return (seen) => {
		const look = seen.last(`story:remark:${point}`);
		if (look === null) return untold(seen, 'remark');
		if (!isDone(look.read)) return otherwise(`the remark is refused: ${said(look.read)}`);
		if (seen.last('story:history:v1') === null) return untold(seen, 'the history at its end');
		return likeness(comments(seen, 'remark'), texts.REMARKS[point]);
	};
}

function likeness(found: string[], sent: string): Outcome {
	if (found.includes(sent)) return assumed('unchanged');
	const same = found.find((text) => compareTexts(text, sent) === 'same');
	if (same !== undefined) return assumed(`changed, but known as the same: ${JSON.stringify(same)}`);
	const similar = found.find((text) => compareTexts(text, sent) === 'similar');
	return otherwise(similar === undefined ? 'not found' : `changed to ${JSON.stringify(similar)}`);
}

const textFields: Point = (seen) => {
	const look = seen.last('story:detail');
	const data = look && isSuccess(look) ? dataOf(look) : null;
	if (data === null) return untold(seen, 'the detail at its end');
	const told = [
		likeness([String(data.incident_title)], texts.TITLE),
		likeness([String(data.incident_description)], texts.DESCRIPTION),
	];
	const words = `title ${told[0]?.seen}; description ${told[1]?.seen}`;
	return (told.every(({ verdict }) => verdict === 'as assumed') ? assumed : otherwise)(words);
};

const updateTime: Point = (seen) => {
	const look = seen.last('story:list');
	const created = seen.last('story:created:detail');
	if (look === null || created === null) return untold(seen, 'the list at its end');
	const [row] = isSuccess(look) ? rowsOf(look) : [];
	const updated = timeOf(row?.update_time);
	const since = timeOf(row?.create_time);
	if (updated === null || since === null) return otherwise('the list does not show the ticket');
	return updated > since || !hasMoved(created, seen.last('story:detail'))
		? assumed('grown since the creation')
		: otherwise('the same as at the creation');
};

/** On a fast machine everything may happen in the millisecond of the creation. */
const hasMoved = (created: Look, end: Look | null) => (end?.at ?? 0) - created.at > 1000;

export const storyPoints: Record<string, Point> = {
	'wrong-status': refused('wrongStatus', 'accepting twice'),
	'used-up-task': refused('usedUp', 'a used-up task'),
	'old-confirm': refused('oldConfirm', 'the verification with an old task'),
	'foreign-task': foreignTask,
	'unresolved-status': unresolvedStatus,
	'who-verifies': verifies,
	flags,
	'creation-delay': creationDelay,
	'flow-delay': flowDelay,
	'forward-status': forwardStatus,
	'history-comments': historyComments,
	'text-line-ends': remark('text-line-ends'),
	'text-entities': remark('text-entities'),
	'text-emoji': remark('text-emoji'),
	'text-length': remark('text-length'),
	'text-fields': textFields,
	'update-time': updateTime,
};
