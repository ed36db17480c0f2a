import { LIMITS } from '../coc/limits';
import type { Result } from '../coc/result';
import { asEntered } from './asEntered';
import { asIdentifier, isBlank, partsOf } from './checks';
import { fieldOf, type Field } from './field';

const one = {
	displayName: 'Alarm ID',
	name: 'alarm',
	type: 'string',
	default: '',
	required: true,
	placeholder: 'e.g. ALM20260322151506',
	description: "The alarm's ID, as COC's list of alarms shows it",
} as const;

const many = {
	displayName: 'Alarms',
	name: 'alarms',
	type: 'string',
	default: '',
	required: true,
	placeholder: 'e.g. ALM20260322151506, ALM20260322151511',
	description:
		'The IDs of one alarm or of several, joined by commas; an expression may give a list',
} as const;

/** One alarm of COC, by its ID. */
export const alarm = fieldOf(asAlarm, one);

/** One alarm or several, each once. */
export const alarms: Field<string[]> = fieldOf((value, label) => {
	const ids: string[] = [];
	// What is between two commas may be blank.
	for (const given of partsOf(value).filter((part) => !isBlank(part))) {
		const id = asAlarm(given, label);
		if (!id.ok) return id;
		ids.push(id.value);
	}
	if (ids.length === 0) return { ok: false, reason: `'${label}' is empty` };
	return { ok: true, value: [...new Set(ids)] };
}, many);

function asAlarm(value: unknown, label: string): Result<string> {
	const id = asIdentifier(value, label, LIMITS.alarm);
	if (!id.ok || /^ALM[^,]/i.test(id.value)) return id;
	return {
		ok: false,
		reason: `'${label}' has "${id.value}", which is no alarm ID`,
		hint: `An alarm's ID in COC begins with ALM and has at most ${LIMITS.alarm} characters.`,
	};
}

/** They exactly as entered. */
export const alarmAsEntered = asEntered(one);
export const alarmsAsEntered = asEntered(many, true);
