// What the history's entries are: two of its actions mean three things each.
import { describe, expect, test } from '@jest/globals';
import { built } from '../support/built.cts';
import type * as source from '../../nodes/coc/history.ts';
import { reading } from './reading.cts';

const { readHistory } = built<typeof source>('nodes/coc/history');
const [TRIGGERED, REJECTED, ACKNOWLEDGED, COMPLETED] = [
	'INCIDENT_STATUS_TRIGGERED',
	'INCIDENT_STATUS_REJECTED',
	'INCIDENT_STATUS_ACKNOWLEDGED',
	'INCIDENT_STATUS_COMPLETED',
];

type Step = [action: string, at: number | null, more?: object];

/** The kinds of these steps, in their order. */
function kindsOf(...steps: Step[]): string[] {
	const info = steps.map(([action, at, more]) => ({
		...{ ticket_id: 'IM1', action, operator: 'a', comment: null, status: 'done' },
		...{ start_time: at === null ? 'soon' : 1_790_000_000_000 + at },
		...more,
	}));
	const data = { total: info.length, info };
	const history = readHistory(reading({ error_code: 'GOM.00000000', data }), 'IM1');
	return (history?.entries ?? []).map(({ kind }) => kind);
}
const lastKind = (...steps: Step[]) => kindsOf(...steps).at(-1);

describe('"rejected" is', () => {
	test.each<[string, string, Step[]]>([
		['a rejection of the ticket', 'rejection', [['rejected', 5]]],
		[
			'a refused pause',
			'refusal',
			[
				['incidentPause', 1],
				['rejected', 5],
			],
		],
		[
			'a refused change of level',
			'refusal',
			[
				['changeLevel', 1],
				['rejected', 5],
			],
		],
		[
			'a refused change of level (v1)',
			'refusal',
			[
				['incidentChangeLevel1', 1],
				['rejected', 5],
			],
		],
		[
			'with a remark in between',
			'refusal',
			[
				['changeLevel', 1],
				['addRemark', 2],
				['rejected', 5],
			],
		],
		[
			'asked for in the same moment',
			'refusal',
			[
				['incidentPause', 5],
				['rejected', 5],
			],
		],
		[
			'the second of two requests',
			'refusal',
			[
				['incidentPause', 1],
				['changeLevel', 2],
				['rejected', 3],
				['rejected', 5],
			],
		],
		[
			'after a request that was answered',
			'rejection',
			[
				['incidentPause', 1],
				['agreed', 2],
				['recovery', 3],
				['rejected', 5],
			],
		],
		[
			'after the ticket was handed over',
			'rejection',
			[
				['incidentPause', 1],
				['acceptedForward', 2],
				['rejected', 5],
			],
		],
		[
			'after a step that nobody knows',
			'rejection',
			[
				['incidentPause', 1],
				['somethingNew', 2],
				['rejected', 5],
			],
		],
		[
			'before the request',
			'rejection',
			[
				['incidentPause', 9],
				['rejected', 5],
			],
		],
		[
			'among times that can’t be read',
			'rejection',
			[
				['incidentPause', null],
				['rejected', 5],
			],
		],
		[
			'by its status, before',
			'rejection',
			[
				['incidentPause', 1],
				['rejected', 5, { status: TRIGGERED }],
			],
		],
		[
			'by its status, after',
			'rejection',
			[
				['incidentPause', 1],
				['rejected', 5, { status: REJECTED }],
			],
		],
		['by its status, accepted', 'refusal', [['rejected', 5, { status: ACKNOWLEDGED }]]],
		['in any case', 'refusal', [['rejected', 5, { status: 'incident_status_acknowledged' }]]],
		[
			'named in another field',
			'refusal',
			[['x', 5, { sub_action: 'rejected', status: ACKNOWLEDGED }]],
		],
	])('%s: %s', (_what, kind, steps) => {
		expect(lastKind(...steps)).toBe(kind);
	});
});

describe('"agreed" is', () => {
	test.each<[string, string, Step[]]>([
		[
			'to close the ticket',
			'agreement',
			[
				['rejected', 1],
				['agreed', 5],
			],
		],
		['to close it, by its status', 'agreement', [['agreed', 5, { status: REJECTED }]]],
		['to close it, by its new status', 'agreement', [['agreed', 5, { status: COMPLETED }]]],
		[
			'to a pause',
			'approval',
			[
				['incidentPause', 1],
				['agreed', 5],
			],
		],
		[
			'to a level',
			'approval',
			[
				['changeLevel', 1],
				['agreed', 5],
			],
		],
		['to either, by its status', 'approval', [['agreed', 5, { status: ACKNOWLEDGED }]]],
		[
			'of a second one who is asked',
			'agreement',
			[
				['changeLevel', 1],
				['agreed', 2],
				['agreed', 5],
			],
		],
	])('%s: %s', (_what, kind, steps) => {
		expect(lastKind(...steps)).toBe(kind);
	});
});

test('the order in which COC gives the entries makes no difference', () => {
	const steps: Step[] = [
		...([
			['accepted', 0],
			['incidentPause', 1],
			['rejected', 2],
			['unAcceptedForward', 3],
		] as Step[]),
		['rejected', 4],
	];
	const kinds = ['acceptance', 'pauseRequest', 'refusal', 'handover', 'rejection'];
	expect(kindsOf(...steps)).toEqual(kinds);
	expect(kindsOf(...[...steps].reverse())).toEqual([...kinds].reverse());
});
