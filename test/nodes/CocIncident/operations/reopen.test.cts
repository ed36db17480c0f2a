// Reopening a rejected incident: what isn't changed is sent as the ticket has it. And closing it.
import { describe, expect, test } from '@jest/globals';
import type { IDataObject, INodeParameters } from 'n8n-workflow';
import type { Ticket } from '../../../standin/index.cts';
import { OPERATOR, useCoc } from '../../../support/coc.cts';
import { actionsSent, operate, OTHER, outputOf, refusedInput } from '../../../support/operate.cts';

const coc = useCoc();
const START = Date.UTC(2026, 2, 22, 15, 15, 6);
const FULL: Partial<Ticket> = {
	...{ title: 'Orders are lost', description: 'Since noon', level: 'level_20' },
	...{ type: 'own_type', source: 'incident_source_alarm', ownership: 'Alarm detection' },
	...{ region: 'cn-north-4', enterpriseProject: 'project', application: 'application' },
	...{ isServiceInterrupt: true, startTime: START, assignee: OTHER },
};
const AS_IT_IS = {
	...{ title: 'Orders are lost', description: 'Since noon', level_id: 'level_20' },
	...{ mtm_type: 'own_type', source_id: 'incident_source_alarm' },
	...{ incident_ownership: 'Alarm detection', mtm_region: 'cn-north-4' },
	...{ enterprise_project_id: 'project', current_cloud_service_id: 'application' },
	...{ is_service_interrupt: true, start_time: START, assignee: OTHER },
};
const rejected = (fields: Partial<Ticket> = FULL) =>
	coc.ticket({ status: 'INCIDENT_STATUS_REJECTED', ...fields });
const reopen = (ticket: string, updateFields: IDataObject = {}) =>
	operate(coc, 'reopen', [{ ticket }], {
		parameters: { updateFields: updateFields as INodeParameters },
	});
const sent = () => actionsSent(coc)[0]?.params;

test('with nothing changed, all is sent as the ticket has it', async () => {
	const ticket = rejected();
	const json = await outputOf(reopen(ticket));
	expect(json).toMatchObject({ ticket, operator: null, outcome: 'applied' });
	expect(actionsSent(coc)).toEqual([
		{ task_id: expect.stringMatching(/^[0-9a-f]{32}$/), action: 'ReOpen', params: AS_IT_IS },
	]);
	expect(coc.standIn.tickets.get(ticket)).toMatchObject({
		...{ ...FULL, status: 'INCIDENT_STATUS_TRIGGERED' },
		history: [{ action: 'ReOpen', operator: OPERATOR }],
	});
});

test('what the ticket hasn’t is left out', async () => {
	await outputOf(reopen(rejected({ enterpriseProject: null, assignee: null })));
	expect(sent()).toEqual({
		...{ title: 'Orders are not confirmed', level_id: 'level_30', is_service_interrupt: false },
		...{ mtm_type: 'inc_type_p_function_issues', source_id: 'incident_source_manual' },
	});
});

describe('what is changed is sent so, and all else as it is:', () => {
	const locator = (value: string) => ({ __rl: true, mode: 'id', value });
	test.each<[string, IDataObject, object]>([
		['the title', { title: ' New ' }, { title: 'New' }],
		['the description', { description: 'Longer' }, { description: 'Longer' }],
		['the level, in a word', { level: 'P1' }, { level_id: 'level_10' }],
		['the level, by a key of the tenant’s', { level: 'own' }, { level_id: 'own' }],
		['the type', { type: 'Security' }, { mtm_type: 'inc_type_p_security_issues' }],
		['the source', { source: 'Manual creation' }, { source_id: 'incident_source_manual' }],
		['the ownership', { ownership: 'Other' }, { incident_ownership: 'Other' }],
		['the region', { region: 'ap-southeast-3' }, { mtm_region: 'ap-southeast-3' }],
		['the project', { enterpriseProject: locator('0') }, { enterprise_project_id: '0' }],
		['the application', { application: locator('a2') }, { current_cloud_service_id: 'a2' }],
		['the interruption', { serviceInterrupted: false }, { is_service_interrupt: false }],
		['the start', { startTime: '2026-03-22T15:15:07Z' }, { start_time: START + 1000 }],
		['the person', { assignee: locator(OPERATOR) }, { assignee: OPERATOR }],
	])('%s', async (_name, updateFields, params) => {
		await outputOf(reopen(rejected(), updateFields));
		expect(sent()).toEqual({ ...AS_IT_IS, ...params });
	});

	test('a shift takes the place of the person', async () => {
		const ticket = rejected();
		await outputOf(reopen(ticket, { assigneeScene: 'night', assigneeRole: 'network' }));
		const { assignee: _person, ...others } = AS_IT_IS;
		expect(_person).toBe(OTHER);
		expect(sent()).toEqual({ ...others, assignee_scene: 'night', assignee_role: 'network' });
		expect(coc.standIn.tickets.get(ticket)).toMatchObject({ assigneeScene: 'night' });
	});

	test('a person takes the place of the shift', async () => {
		const ticket = rejected({ ...FULL, assigneeScene: 'night', assigneeRole: 'network' });
		await outputOf(reopen(ticket, { assignee: locator(OPERATOR) }));
		expect(sent()).toEqual({ ...AS_IT_IS, assignee: OPERATOR });
	});

	test('the shift of the ticket stays, and not the person who happened to be on it', async () => {
		await outputOf(reopen(rejected({ ...FULL, assigneeScene: 'night', assigneeRole: 'network' })));
		expect(sent()).toMatchObject({ assignee_scene: 'night', assignee_role: 'network' });
		expect(sent()).not.toHaveProperty('assignee');
	});
});

describe('before anything is read, it is refused', () => {
	test.each<[string, IDataObject, string]>([
		['with a scene alone', { assigneeScene: 'night' }, "'Shift Role' is missing"],
		['with a role alone', { assigneeRole: 'network' }, "'Shift Scene' is missing"],
		[
			'with a person and a shift',
			{ assignee: OTHER, assigneeScene: 'night', assigneeRole: 'network' },
			"'Assignee' and a shift are both given",
		],
		['with a person and half a shift', { assignee: OTHER, assigneeRole: 'x' }, 'both given'],
		['with an empty title', { title: ' ' }, "'Title' is empty"],
		['with a long title', { title: 'x'.repeat(201) }, "'Title' is 201 characters long"],
		['with a long description', { description: 'x'.repeat(601) }, "'Description' is 601"],
		['with an empty level', { level: '' }, "'Level' is empty"],
		['with a start that is none', { startTime: 'noon' }, "'Start Time' is no time"],
		['with an empty person', { assignee: { __rl: true, mode: 'list', value: '' } }, 'is empty'],
	])('%s', async (_name, updateFields, reason) => {
		const error = await refusedInput(...([coc, 'reopen', { ticket: 'IM1' }] as const), {
			updateFields: updateFields as INodeParameters,
		});
		expect(error).toContain('was not reopened: ');
		expect(error).toContain(reason);
	});
});

test('a rejected ticket is closed for good', async () => {
	const ticket = rejected();
	const json = await outputOf(operate(coc, 'close', [{ ticket }]));
	expect(json).toMatchObject({ ticket, operator: null, outcome: 'applied' });
	expect(actionsSent(coc)).toEqual([
		{ task_id: expect.stringMatching(/^[0-9a-f]{32}$/), action: 'agreed', params: {} },
	]);
	expect(coc.standIn.tickets.get(ticket)?.status).toBe('INCIDENT_STATUS_COMPLETED');
});
