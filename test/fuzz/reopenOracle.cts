/** What a reopening sends: what the item changes, all else as the ticket has it. */
import type { ItemFields } from './contract.cts';
import { own, type Fields } from './oracle.cts';

/** v2's params, each with the item's field and the field of v1's detail. */
const FROM: Record<string, [string | null, string]> = {
	mtm_region: [null, 'region'],
	enterprise_project_id: [null, 'enterprise_project'],
	current_cloud_service_id: [null, 'current_cloud_service'],
	level_id: ['level', 'incident_level'],
	mtm_type: [null, 'incident_type'],
	title: ['title', 'incident_title'],
	description: [null, 'incident_description'],
	source_id: [null, 'incident_source'],
	incident_ownership: [null, 'incident_ownership'],
	start_time: [null, 'start_time'],
	assignee: ['assignee', 'incident_assignee'],
	assignee_scene: ['assigneeScene', 'assignee_scene'],
	assignee_role: ['assigneeRole', 'assignee_role'],
};

export function reopenFault(fields: ItemFields, params: Fields, detail: Fields): string | null {
	const changes = fields.updateFields as Fields;
	const { is_service_interrupt: interrupted, ...others } = params;
	const unknown = Object.keys(others).find((name) => !(name in FROM));
	if (unknown !== undefined) return `sent a param that a reopening has not: ${unknown}`;
	const has = own(detail, 'is_service_interrupt');
	const wanted = changes.serviceInterrupted ?? (typeof has === 'string' ? has === 'true' : has);
	if (interrupted === undefined && wanted === undefined)
		return othersFault(changes, params, detail);
	if (typeof wanted === 'boolean' && typeof interrupted !== 'boolean')
		return 'sent an interruption that is neither yes nor no';
	if (typeof wanted === 'boolean' && interrupted !== wanted) return 'changed the interruption';

	return othersFault(changes, params, detail);
}

/** The same of all others: a person or a shift, and nothing that the ticket hasn't. */
function othersFault(changes: Fields, params: Fields, detail: Fields): string | null {
	const isShift = params.assignee_scene !== undefined || params.assignee_role !== undefined;
	if (isShift && params.assignee !== undefined) return 'sent a person and a shift';
	if (isShift && (!params.assignee_scene || !params.assignee_role)) return 'sent half a shift';
	const givesHandler = 'assignee' in changes || 'assigneeScene' in changes;
	for (const [name, [field, source]] of Object.entries(FROM)) {
		const isHandler = name.startsWith('assignee');
		const given = field === null ? undefined : changes[field];
		const kept = isHandler && givesHandler ? undefined : plainText(own(detail, source));
		const expected = given ?? kept;
		// A shift goes before the person who is on it.
		if (isHandler && params[name] === undefined && given === undefined) continue;
		// A number in place of a text may have any number of digits.
		if (given === undefined && isNumber(own(detail, source)) && name !== 'start_time') continue;
		if (plainText(params[name]) !== plainText(expected)) {
			if (name === 'start_time' && params[name] === undefined) continue;
			return `sent another ${name} than the ticket's`;
		}
	}
	return null;
}

const isNumber = (value: unknown) => [value].flat().some((one) => typeof one === 'number');

/** v1 gives some as lists of one; blanks around a text don't count. */
function plainText(value: unknown): string | undefined {
	const first: unknown = Array.isArray(value) ? value[0] : value;
	const text = typeof first === 'number' ? String(first) : first;
	return typeof text === 'string' && text.trim() !== '' ? text.trim() : undefined;
}
