// An incident as the node simplifies it, from the shapes that COC's two calls may give.
import { describe, expect, test } from '@jest/globals';
import { built } from '../support/built.cts';
import type * as source from '../../nodes/coc/simplify.ts';

const { simplifyDetail, simplifyListed, statusLabel } = built<typeof source>('nodes/coc/simplify');

const NOTHING = {
	...{ ticket: null, title: null, status: null, level: null, type: null, source: null },
	...{ assignee: null, creator: null, serviceInterrupted: null, createdAt: null },
};
const NOTHING_LISTED: object = { ...NOTHING, status: undefined, processStatus: null };
const TIME = 1_790_000_000_000;
const SIMPLE = {
	ticket: 'IM1',
	title: 'Payments fail',
	status: 'To Be Verified',
	level: 'P2',
	type: 'Security',
	source: 'Alarm',
	assignee: 'a',
	creator: 'c',
	serviceInterrupted: true,
	createdAt: new Date(TIME).toISOString(),
};
const DETAIL = {
	incident_num: 'IM1',
	incident_title: 'Payments fail',
	status: 'INCIDENT_STATUS_RESOLVED',
	incident_level: 'level_20',
	incident_type: 'inc_type_p_security_issues',
	incident_source: 'incident_source_alarm',
	incident_assignee: ['a'],
	creator: 'c',
	is_service_interrupt: true,
	create_time: TIME,
};
const LISTED = {
	ticket_id: 'IM1',
	title: 'Payments fail',
	work_flow_status: 'flow_resolved',
	level_id: 'level_20',
	mtm_type: 'inc_type_p_security_issues',
	source_id: 'incident_source_alarm',
	assignee: 'a',
	creator: 'c',
	is_service_interrupt: 'true',
	create_time: String(TIME),
};

describe('an incident', () => {
	test('comes out the same from the detail call and from the list', () => {
		expect(simplifyDetail(DETAIL)).toEqual(SIMPLE);
		expect(simplifyListed(LISTED, DETAIL.status)).toEqual(SIMPLE);
	});

	test('has one spelling of its status, whatever COC calls it beside it', () => {
		const named = { enum_data_list: [{ enum_key: DETAIL.status, name_en: 'To be verified' }] };
		for (const status of [DETAIL.status, 'incident_status_resolved', [DETAIL.status]]) {
			expect(simplifyDetail({ ...DETAIL, ...named, status }).status).toBe('To Be Verified');
		}
	});

	test('has no status from the list, whose process status is another thing', () => {
		const enum_data_list = [
			{ prop_id: 'work_flow_status', biz_id: 'flow_resolved', name_en: 'To be verified' },
		];
		const shown = simplifyListed({ ...LISTED, enum_data_list });
		const { status, ...others } = SIMPLE;
		expect(shown).toEqual({ ...others, processStatus: 'To be verified' });
		expect(status).toBe('To Be Verified');
	});

	test('has all its fields whatever COC leaves out', () => {
		expect(simplifyDetail({})).toEqual(NOTHING);
		expect(simplifyListed({})).toEqual(NOTHING_LISTED);
	});

	test('doesn’t get the fields of one call from the other’s names', () => {
		const { creator, createdAt, serviceInterrupted } = SIMPLE;
		const shared = { creator, createdAt, serviceInterrupted };
		expect(simplifyDetail(LISTED)).toEqual({ ...NOTHING, ...shared });
		expect(simplifyListed(DETAIL)).toEqual({ ...NOTHING_LISTED, ...shared });
	});

	test('shows nothing else of what COC says', () => {
		const more = { incident_description: 'x', warroom_id: 'w', later: { a: 1 }, phase: 'p' };
		expect(simplifyDetail({ ...DETAIL, ...more })).toEqual(SIMPLE);
	});
});

describe('a text', () => {
	test.each<[string, unknown, string | null]>([
		['a list of one', ['a'], 'a'],
		['a list of more', ['a', 'b'], 'a'],
		['an empty list', [], null],
		['a list of nothing', [null], null],
		['no list', 'a', 'a'],
		['between blanks', ' a\n', 'a'],
		['blank', '  ', null],
		['a number', 7, '7'],
		['zero', 0, '0'],
		['null', null, null],
		['true', true, null],
		['an object', { id: 'a' }, null],
		['a list in a list', [['a']], null],
	])('that is %s: %#', (_what, value, text) => {
		expect(simplifyDetail({ incident_assignee: value })).toEqual({ ...NOTHING, assignee: text });
		expect(simplifyListed({ assignee: value })).toEqual({ ...NOTHING_LISTED, assignee: text });
	});
});

test.each<[unknown, boolean | null]>([
	[true, true],
	['true', true],
	[false, false],
	['false', false],
	[null, null],
	['', null],
	['yes', null],
	[0, null],
	[[true], null],
])('a service interruption given as %j is shown as %p', (value, flag) => {
	expect(simplifyDetail({ is_service_interrupt: value }).serviceInterrupted).toBe(flag);
	expect(simplifyListed({ is_service_interrupt: value }).serviceInterrupted).toBe(flag);
});

test.each<[unknown, string | null]>([
	[TIME, '2026-09-21T14:13:20.000Z'],
	[`${TIME}`, '2026-09-21T14:13:20.000Z'],
	[99_999_999_999_999, '5138-11-16T09:46:39.999Z'],
	[TIME / 1000, null],
	['2026-09-21', null],
	['', null],
	[null, null],
	[0, null],
	['9'.repeat(16), null],
])('a time given as %j is shown as %p', (value, time) => {
	expect(simplifyDetail({ create_time: value }).createdAt).toBe(time);
	expect(simplifyListed({ create_time: value }).createdAt).toBe(time);
});

describe('a key', () => {
	const LABEL = { name_zh: '一级', name_en: 'Sev 1' };

	test.each<[string, object, string]>([
		[
			'the detail call’s, by its key',
			{ filed_key: 'level_id', enum_key: 'level_20', ...LABEL },
			'Sev 1',
		],
		[
			'whatever field it names',
			{ filed_key: 'incident_level', enum_key: 'level_20', ...LABEL },
			'Sev 1',
		],
		['its key between blanks', { enum_key: ' level_20 ', ...LABEL }, 'Sev 1'],
		['another key’s', { enum_key: 'level_30', ...LABEL }, 'P2'],
		['with no name', { enum_key: 'level_20', name_zh: '一级' }, 'P2'],
		['with a blank name', { enum_key: 'level_20', name_en: ' ' }, 'P2'],
	])('of the detail call has a label of COC’s: %s', (_what, label, shown) => {
		const other = { enum_key: 'level_10', name_en: 'No' };
		const given = { incident_level: 'level_20', enum_data_list: [null, 'x', other, label] };
		expect(simplifyDetail(given).level).toBe(shown);
	});

	test.each<[string, object, string]>([
		[
			'the list’s, by field and value',
			{ prop_id: 'level_id', biz_id: 'level_20', ...LABEL },
			'Sev 1',
		],
		['another field’s', { prop_id: 'source_id', biz_id: 'level_20', ...LABEL }, 'P2'],
		['another value’s', { prop_id: 'level_id', biz_id: 'level_30', ...LABEL }, 'P2'],
		['without a field', { biz_id: 'level_20', ...LABEL }, 'P2'],
		['with no name', { prop_id: 'level_id', biz_id: 'level_20' }, 'P2'],
	])('of the list has a label of COC’s: %s', (_what, label, shown) => {
		const given = { level_id: 'level_20', enum_data_list: [label] };
		expect(simplifyListed(given).level).toBe(shown);
	});

	test.each<[unknown]>([[undefined], [null], ['x'], [{}], [[]]])(
		'is shown in the console’s word where COC gives no labels: %j',
		(enum_data_list) => {
			expect(simplifyDetail({ ...DETAIL, enum_data_list })).toEqual(SIMPLE);
		},
	);

	test('that nobody knows is shown as it is', () => {
		const own = { incident_level: 'level_99', incident_type: 'toString', incident_source: 'mail' };
		const shown = { level: 'level_99', type: 'toString', source: 'mail' };
		expect(simplifyDetail({ ...own, status: 'PAUSED' })).toMatchObject({
			...shown,
			status: 'PAUSED',
		});
	});

	test('of the tenant’s own is shown by its label, a status too', () => {
		const enum_data_list = [
			{ prop_id: 'work_flow_status', biz_id: '4', name_en: 'Being handled' },
			{ prop_id: 'level_id', biz_id: 'level_99', name_en: 'P0' },
		];
		const given = { work_flow_status: 4, level_id: 'level_99', enum_data_list };
		expect(simplifyListed(given)).toMatchObject({
			processStatus: 'Being handled',
			level: 'P0',
		});
	});
});

test.each<[unknown, string | null]>([
	['incident_draft', 'Draft'],
	['INCIDENT_STATUS_TRIGGERED', 'Not Accepted'],
	['INCIDENT_STATUS_REJECTED', 'Rejected'],
	['INCIDENT_STATUS_ACKNOWLEDGED', 'Accepted'],
	['INCIDENT_STATUS_RESOLVED', 'To Be Verified'],
	[' INCIDENT_STATUS_COMPLETED ', 'Completed'],
	['INCIDENT_STATUS_PAUSED', 'INCIDENT_STATUS_PAUSED'],
	['constructor', 'constructor'],
	[4, '4'],
	['', null],
	[null, null],
	[undefined, null],
	[['INCIDENT_STATUS_RESOLVED'], null],
])('the status %j is called %p', (status, label) => {
	expect(statusLabel(status)).toBe(label);
});
