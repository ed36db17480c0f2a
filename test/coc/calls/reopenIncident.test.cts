// The params of a reopening: what v1's detail shows, by v2's names, with what is to be changed.
import { describe, expect, test } from '@jest/globals';
import type * as source from '../../../nodes/coc/calls/reopenIncident.ts';
import { built } from '../../support/built.cts';

const { reopenParams } = built<typeof source>('nodes/coc/calls/reopenIncident');

const INCIDENT = {
	...{ incident_num: 'IM1', region: ['cn-north-4'], enterprise_project: ['0'] },
	...{ current_cloud_service: ['app1'], incident_level: 'level_30', is_service_interrupt: true },
	...{ incident_type: 'inc_type_p_security_issues', incident_title: 'Payments fail' },
	...{ incident_description: 'All of them', incident_source: 'incident_source_alarm' },
	...{ incident_ownership: 'Alarm detection', start_time: 1_790_000_000_000 },
	...{ incident_assignee: ['u1'], assignee_scene: '', assignee_role: '' },
};
const HANDLERLESS = {
	...{ mtm_region: 'cn-north-4', enterprise_project_id: '0', current_cloud_service_id: 'app1' },
	...{ level_id: 'level_30', is_service_interrupt: true, mtm_type: 'inc_type_p_security_issues' },
	...{ title: 'Payments fail', description: 'All of them', source_id: 'incident_source_alarm' },
	...{ incident_ownership: 'Alarm detection', start_time: 1_790_000_000_000 },
};
const PARAMS = { ...HANDLERLESS, assignee: 'u1' };
const SHIFT = { assignee_scene: 'scene', assignee_role: 'role' };

test('what isn’t changed is sent as the ticket has it', () => {
	expect(reopenParams(INCIDENT, {}, '')).toEqual(PARAMS);
});

test('what is changed is sent instead', () => {
	const changes = {
		...{ region: 'ap-southeast-3', enterpriseProject: 'p', application: 'app2' },
		...{ level: 'level_10', serviceInterrupted: false, type: 'other', title: 'Payments are slow' },
		...{ description: 'Some of them', source: 'incident_source_manual', ownership: 'Other' },
		...{ startTime: 1_790_000_000_001, assignee: { person: 'u2' } },
	};
	const changed = reopenParams(INCIDENT, changes, 'd1,d2');
	expect(changed).toEqual({
		...{
			mtm_region: 'ap-southeast-3',
			enterprise_project_id: 'p',
			current_cloud_service_id: 'app2',
		},
		...{ level_id: 'level_10', is_service_interrupt: false, mtm_type: 'other' },
		...{ title: 'Payments are slow', description: 'Some of them' },
		attachments: 'd1,d2',
		...{ source_id: 'incident_source_manual', incident_ownership: 'Other' },
		...{ start_time: 1_790_000_000_001, assignee: 'u2' },
	});
});

test('what the ticket doesn’t have is left out', () => {
	const bare = {
		...INCIDENT,
		...{ region: undefined, incident_description: '', enterprise_project: [] },
		...{ incident_ownership: null, start_time: 'soon' },
	};
	const params = reopenParams(bare, {}, '');
	expect(Object.keys(params).toSorted()).toEqual(
		[
			...['current_cloud_service_id', 'level_id', 'is_service_interrupt', 'mtm_type', 'title'],
			...['source_id', 'assignee'],
		].toSorted(),
	);
});

test.each([
	[true, true],
	['true', true],
	[false, false],
	['false', false],
])('an interruption that the detail gives as %p is sent as %p', (is_service_interrupt, sent) => {
	expect(reopenParams({ ...INCIDENT, is_service_interrupt }, {}, '').is_service_interrupt).toBe(
		sent,
	);
});

test('values may come without a list, and times as texts', () => {
	const plain = {
		...INCIDENT,
		...{ region: 'cn-north-4', enterprise_project: '0', current_cloud_service: 'app1' },
		...{ incident_assignee: 'u1', start_time: '1790000000000' },
	};
	expect(reopenParams(plain, {}, '')).toEqual(PARAMS);
});

describe('who handles it then', () => {
	test.each<[string, object, Parameters<typeof reopenParams>[1], object]>([
		['the shift of the ticket, not the person who is on it', SHIFT, {}, SHIFT],
		[
			'the person, where the shift is not complete',
			{ assignee_scene: 'scene' },
			{},
			{ assignee: 'u1' },
		],
		['nobody, where the ticket has nobody', { incident_assignee: [] }, {}, {}],
		[
			'another person instead of the shift',
			SHIFT,
			{ assignee: { person: 'u2' } },
			{ assignee: 'u2' },
		],
		[
			'another shift instead of the person',
			{},
			{ assignee: { scene: 's2', role: 'r2' } },
			{ assignee_scene: 's2', assignee_role: 'r2' },
		],
	])('%s', (_what, has, changes, sent) => {
		expect(reopenParams({ ...INCIDENT, ...has }, changes, '')).toEqual({ ...HANDLERLESS, ...sent });
	});
});

test('hostile shapes are left out', () => {
	const hostile = Object.fromEntries(Object.keys(INCIDENT).map((name) => [name, { x: [1] }]));
	// Whether the service was interrupted is always said.
	const names = Object.keys(reopenParams(hostile, {}, ''));
	expect(names.filter((name) => name !== 'is_service_interrupt')).toEqual([]);
});
