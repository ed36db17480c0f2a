import type { IDataObject } from 'n8n-workflow';
import type { Handler } from '../coc/calls/handlerParams';
import { all, type Result } from '../coc/result';
import type { Field } from './field';
import type { Input } from './input';
import { keyField } from './keyed';
import { personField } from './person';
import { choiceField } from './simpleFields';

const ASSIGN_TO = {
	displayName: 'Assign To',
	name: 'assignTo',
	description: 'Who should handle the incident',
};

const KINDS = [
	{
		name: 'Person',
		value: 'person' as const,
		description: 'One person handles the incident',
	},
	{ name: 'Shift', value: 'shift' as const, description: 'Whoever is on a shift handles it' },
];

const assignTo = choiceField({ ...ASSIGN_TO, options: KINDS, default: 'person' });

const mayAssignTo = choiceField({
	...ASSIGN_TO,
	options: [
		{ name: 'Nobody', value: 'nobody' as const, description: 'COC decides by its own rules' },
		...KINDS,
	],
	default: 'nobody',
});

const person = personField({
	displayName: 'Assignee',
	toolLabel: 'Assignee IAM User ID',
	name: 'assignee',
	description: 'Required. The person who should handle the incident, by IAM user ID.',
	displayOptions: { show: { assignTo: ['person'] } },
});

/** Not `required`, here and below: n8n would want it for an expression that says Person as well. */
const scene = keyField({
	displayName: 'Shift Scene',
	name: 'assigneeScene',
	placeholder: 'e.g. payments_on_call',
	description:
		"Required. The shift's scene, as COC knows it: an incident that the shift handles has it in Get with the output Raw, as assignee_scene.",
	displayOptions: { show: { assignTo: ['shift'] } },
});

const role = keyField({
	displayName: 'Shift Role',
	name: 'assigneeRole',
	placeholder: 'e.g. first_line',
	description:
		"Required. The shift's role, as COC knows it: an incident that the shift handles has it in Get with the output Raw, as assignee_role.",
	displayOptions: { show: { assignTo: ['shift'] } },
});

/** A person or a shift: COC wants exactly one of them. */
export const assignee: Field<Handler> = {
	properties: [assignTo, person, scene, role].flatMap(({ properties }) => properties),
	read(input) {
		const kind = assignTo.read(input);
		return kind.ok ? readHandler(input, kind.value) : kind;
	},
	shown: shownHandler,
};

/** The same, or nobody. */
export const optionalAssignee: Field<Handler | null> = {
	properties: [mayAssignTo, person, scene, role].flatMap(({ properties }) => properties),
	read(input) {
		const kind = mayAssignTo.read(input);
		if (!kind.ok) return kind;
		return kind.value === 'nobody' ? { ok: true, value: null } : readHandler(input, kind.value);
	},
	shown: (handler) => (handler === null ? {} : shownHandler(handler)),
};

function readHandler(input: Input, kind: 'person' | 'shift'): Result<Handler> {
	if (kind === 'person') return all({ person: person.read(input) });
	return all({ scene: scene.read(input), role: role.read(input) });
}

/** What an output has of a person or a shift. */
export function shownHandler(handler: Handler): IDataObject {
	return 'person' in handler
		? { assignee: handler.person }
		: { assigneeScene: handler.scene, assigneeRole: handler.role };
}
