import type { IExecuteFunctions, INodeProperties } from 'n8n-workflow';
import { all, type Checked } from '../coc/result';
import { LIMITS } from '../coc/limits';
import type { NewIncident } from '../coc/calls/createCocIncident';
import { personField, readPerson } from './person';
import { readField, readWords } from './parameter';
import { asChoice } from './value';

const ASSIGN_TO = new Map([
	['person', 'Person'],
	['shift', 'Shift'],
] as const);

const assignToField: INodeProperties = {
	displayName: 'Assign To',
	name: 'assignTo',
	type: 'options',
	options: [
		{ name: 'Person', value: 'person', description: 'One person handles the incident' },
		{ name: 'Shift', value: 'shift', description: 'Whoever is on a shift handles it' },
	],
	default: 'person',
	description: 'Who shall handle the incident',
};

const assigneeField = personField({
	displayName: 'Assignee',
	name: 'assignee',
	description: 'The person who shall handle the incident, by IAM user ID',
	displayOptions: { show: { assignTo: ['person'] } },
});

/** Not `required`, here and below: n8n would want it for an expression that says Person as well. */
const sceneField: INodeProperties = {
	displayName: 'Shift Scene',
	name: 'assigneeScene',
	type: 'string',
	default: '',
	description: "The key of the shift's scenario, as COC's shift management names it",
	displayOptions: { show: { assignTo: ['shift'] } },
};

const roleField: INodeProperties = {
	displayName: 'Shift Role',
	name: 'assigneeRole',
	type: 'string',
	default: '',
	description: "The key of the shift's role, as COC's shift management names it",
	displayOptions: { show: { assignTo: ['shift'] } },
};

/** A person, or whoever is on a shift: COC wants exactly one of them. */
export const assigneeFields = [assignToField, assigneeField, sceneField, roleField];

export function readAssignee(
	context: IExecuteFunctions,
	itemIndex: number,
): Checked<NewIncident['assignee']> {
	const kind = readField(context, itemIndex, assignToField, (value, label) =>
		asChoice(value, label, ASSIGN_TO),
	);
	if (!kind.ok) return kind;
	if (kind.value === 'person') {
		return all({ person: readPerson(context, assigneeField, itemIndex) });
	}
	return all({
		scene: readWords(context, itemIndex, sceneField, LIMITS.code),
		role: readWords(context, itemIndex, roleField, LIMITS.code),
	});
}
