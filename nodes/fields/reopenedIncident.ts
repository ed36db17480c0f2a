import type { Changes } from '../coc/calls/reopenIncident';
import type { Result } from '../coc/result';
import { shownHandler } from './assignee';
import { addedFields, type Field, type Values } from './field';
import { serviceInterrupted } from './interruption';
import { keyedPart, keyField, LEVEL, SOURCE, TYPE } from './keyed';
import { details, title } from './newIncident';
import { personField } from './person';

const parts = {
	...details,
	assignee: personField({
		displayName: 'Assignee',
		name: 'assignee',
		description: 'The person who should handle the incident, by IAM user ID',
	}),
	assigneeRole: keyField({
		displayName: 'Shift Role',
		name: 'assigneeRole',
		placeholder: 'e.g. first_line',
		description: "The shift's role, as COC knows it; it goes together with 'Shift Scene'",
	}),
	assigneeScene: keyField({
		displayName: 'Shift Scene',
		name: 'assigneeScene',
		placeholder: 'e.g. payments_on_call',
		description: "The shift's scene, as COC knows it; it goes together with 'Shift Role'",
	}),
	level: keyedPart(LEVEL),
	serviceInterrupted,
	source: keyedPart(SOURCE),
	title,
	type: keyedPart(TYPE),
};

const added = addedFields(
	{
		displayName: 'Update Fields',
		name: 'updateFields',
		placeholder: 'Add field',
		description: 'What is to be changed; all else stays as the incident has it',
	},
	parts,
);

/** What a reopened incident has otherwise than before. */
export const updateFields: Field<Changes> = {
	properties: added.properties,
	read(input) {
		const given = added.read(input);
		if (!given.ok) return given;
		const { assignee, assigneeScene, assigneeRole, ...others } = given.value;
		const handler = handlerOf({ assignee, assigneeScene, assigneeRole });
		if (!handler.ok) return handler;
		return { ok: true, value: { ...others, ...(handler.value && { assignee: handler.value }) } };
	},
	shown({ assignee, ...others }) {
		const handler = assignee && shownHandler(assignee);
		return added.shown?.({ ...others, ...handler } as Partial<Values<typeof parts>>) ?? {};
	},
};

interface Handler {
	assignee: string | undefined;
	assigneeScene: string | undefined;
	assigneeRole: string | undefined;
}

/** A person or a shift: COC wants exactly one of them. */
function handlerOf({
	assignee: person,
	assigneeScene: scene,
	assigneeRole: role,
}: Handler): Result<Changes['assignee']> {
	if (scene === undefined && role === undefined) {
		return { ok: true, value: person === undefined ? undefined : { person } };
	}
	if (person !== undefined) {
		return {
			ok: false,
			reason: "'Assignee' and a shift are both given",
			hint: 'Remove one of them.',
			fields: ['Assignee', 'Shift Scene', 'Shift Role'],
		};
	}
	if (scene === undefined || role === undefined) {
		const missing = scene === undefined ? 'Shift Scene' : 'Shift Role';
		const hint = "'Shift Scene' and 'Shift Role' go together.";
		return { ok: false, reason: `'${missing}' is missing`, hint, fields: [missing] };
	}
	return { ok: true, value: { scene, role } };
}
