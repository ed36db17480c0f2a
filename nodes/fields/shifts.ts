import type { Shift } from '../coc/calls/createWarRoom';
import { asRecord, recordsOf } from '../coc/json';
import { LIMITS } from '../coc/limits';
import { all, type Result } from '../coc/result';
import { asRequiredText, tooMany } from './checks';
import { fieldOf } from './field';

const SCENE = { displayName: 'Shift Scene', name: 'scene' };
const ROLE = { displayName: 'Shift Role', name: 'role' };
const text = { type: 'string', default: '' } as const;
const WHERE = 'an incident that the shift handles has it in Get with the output Raw, as';

/** Shifts, each a scenario and a role in it. */
export const shifts = fieldOf(asShifts, {
	displayName: 'Shifts',
	name: 'shifts',
	type: 'fixedCollection',
	typeOptions: { multipleValues: true },
	placeholder: 'Add shift',
	default: {},
	description: 'Whoever is on these shifts is called as well',
	options: [
		{
			displayName: 'Shift',
			name: 'shift',
			values: [
				{
					...{ ...SCENE, ...text },
					placeholder: 'e.g. payments_on_call',
					description: `Required. The shift's scene, as COC knows it: ${WHERE} assignee_scene.`,
				},
				{
					...{ ...ROLE, ...text },
					placeholder: 'e.g. first_line',
					description: `Required. The shift's role, as COC knows it: ${WHERE} assignee_role.`,
				},
			],
		},
	],
});

/** Pairs from what the editor stores; n8n doesn't keep an empty one. */
function asShifts(value: unknown, label: string): Result<Shift[]> {
	const records = recordsOf(asRecord(value)?.shift) ?? [];
	const most = LIMITS.warRoom.shifts;
	if (records.length > most) return tooMany(label, records.length, most);
	const pairs: Shift[] = [];
	for (const record of records) {
		const pair = all<Shift>({
			scene: asRequiredText(record.scene, SCENE.displayName, LIMITS.key),
			role: asRequiredText(record.role, ROLE.displayName, LIMITS.key),
		});
		if (!pair.ok) return pair;
		pairs.push(pair.value);
	}
	return { ok: true, value: pairs };
}
