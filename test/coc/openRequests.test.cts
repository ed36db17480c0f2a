// Which requests nothing has answered yet, and which of them waits for approval.
import { describe, expect, test } from '@jest/globals';
import { built } from '../support/built.cts';
import type * as historySource from '../../nodes/coc/history.ts';
import type * as source from '../../nodes/coc/openRequests.ts';
import type * as waitingSource from '../../nodes/coc/waitingRequest.ts';
import { entryOf } from './records.cts';

const { openRequests } = built<typeof source>('nodes/coc/openRequests');
const { waitingRequest } = built<typeof waitingSource>('nodes/coc/waitingRequest');

type Kind = historySource.HistoryEntry['kind'];
/** Steps, oldest first; those in one list happened in the same moment. */
type Steps = Array<Kind | Kind[]>;

const entriesOf = (steps: Steps) =>
	steps.flatMap((step, index) => [step].flat().map((kind) => entryOf(kind, index)));

describe('what nothing has answered', () => {
	test.each<[string, Steps, source.OpenRequest[]]>([
		['nothing was asked for', ['acceptance', 'remark'], []],
		['a pause', ['acceptance', 'pauseRequest'], ['pauseRequest']],
		['another level', ['acceptance', 'levelRequest'], ['levelRequest']],
		['both', ['pauseRequest', 'levelRequest'], ['pauseRequest', 'levelRequest']],
		['an approved pause', ['pauseRequest', 'approval'], []],
		['a refused level', ['levelRequest', 'refusal'], []],
		['an approval that looks like a closing', ['levelRequest', 'agreement'], []],
		['a refusal that looks like a rejection', ['levelRequest', 'rejection'], []],
		[
			'one of both was answered: nobody knows which',
			['pauseRequest', 'levelRequest', 'approval'],
			['either'],
		],
		['both were answered', ['pauseRequest', 'levelRequest', 'approval', 'refusal'], []],
		[
			'a resumption ends the pause only',
			['pauseRequest', 'levelRequest', 'resumption'],
			['levelRequest'],
		],
		['a remark answers nothing', ['pauseRequest', 'remark'], ['pauseRequest']],
		['asked again after a refusal', ['levelRequest', 'refusal', 'levelRequest'], ['levelRequest']],
		['asked and answered in the same moment', [['approval', 'pauseRequest']], []],
		['a step that voids them', ['pauseRequest', 'solution'], []],
		['any other step', ['pauseRequest', 'handover'], ['pauseRequest']],
		['an answer before the request', ['approval', 'pauseRequest'], ['pauseRequest']],
	])('%s: %j leaves %j', (_what, steps, open) => {
		const entries = entriesOf(steps);
		const voids = (kind: Kind) => kind === 'solution';
		expect(openRequests(entries, voids)).toEqual(open);
		expect(openRequests(entries.toReversed(), voids)).toEqual(open);
	});
});

describe('what waits for approval', () => {
	const alone = { isPaused: false, hasSeveralApprovers: false };
	const waits = (steps: Steps, tasks = {}, complete = true) =>
		waitingRequest({ entries: entriesOf(steps), complete }, { ...alone, ...tasks });

	test.each<[string, Steps, object, waitingSource.RequestKind | null]>([
		['a pause', ['pauseRequest'], {}, 'pause'],
		['another level', ['levelRequest'], {}, 'level'],
		['the same asked for twice', ['pauseRequest', 'pauseRequest'], {}, 'pause'],
		['asked again after a refusal', ['pauseRequest', 'refusal', 'levelRequest'], {}, 'level'],
		['both kinds', ['pauseRequest', 'levelRequest'], {}, null],
		['one of both was answered', ['pauseRequest', 'levelRequest', 'approval'], {}, null],
		['neither', ['acceptance', 'remark'], {}, null],
		['all is answered', ['pauseRequest', 'approval'], {}, null],
		[
			'a level, while the pause before it goes on',
			['pauseRequest', 'levelRequest'],
			{ isPaused: true },
			'level',
		],
		['a pause that nobody had to approve', ['pauseRequest'], { isPaused: true }, null],
		[
			'a level, after such a pause has ended',
			['pauseRequest', 'resumption', 'levelRequest'],
			{},
			'level',
		],
		[
			'one of several approvers has agreed',
			['levelRequest', 'approval'],
			{ hasSeveralApprovers: true },
			'level',
		],
		[
			'two of several approvers have',
			['levelRequest', 'approval', 'agreement'],
			{ hasSeveralApprovers: true },
			'level',
		],
		[
			'one of several has refused',
			['levelRequest', 'refusal'],
			{ hasSeveralApprovers: true },
			null,
		],
		[
			'both kinds, with several approvers',
			['levelRequest', 'approval', 'pauseRequest', 'approval'],
			{ hasSeveralApprovers: true },
			null,
		],
		['asked and answered in the same moment', [['approval', 'pauseRequest']], {}, null],
		['a remark came after it', ['pauseRequest', 'remark'], {}, 'pause'],
	])('%s: %j with %j is %p', (_what, steps, tasks, request) => {
		expect(waits(steps, tasks)).toBe(request);
	});

	test('can’t be told from a history that isn’t complete, or has no times', () => {
		expect(waits(['pauseRequest'], {}, false)).toBeNull();
		const entries = [entryOf('pauseRequest', 1), entryOf('remark', null)];
		expect(waitingRequest({ entries, complete: true }, alone)).toBeNull();
	});
});
