import { asNonEmptyText, first, recordsOf, type JsonRecord } from './json';

/** A person's name, where a record gives one (`enum_data_list`); null otherwise. */
export function personName({ enum_data_list }: JsonRecord, userId: string | null): string | null {
	if (userId === null) return null;
	const labels = (recordsOf(enum_data_list) ?? []).filter(({ enum_key, biz_id }) =>
		[enum_key, biz_id].some((id) => asNonEmptyText(id) === userId),
	);
	const names = labels.flatMap(({ name_en, name_zh, user_name }) => [name_en, name_zh, user_name]);
	return names.map(asNonEmptyText).find((name) => name !== null && name !== userId) ?? null;
}

/** The people whom incidents of v2's list name, by their IAM user IDs. */
export function peopleIn(incidents: readonly JsonRecord[]): Map<string, string> {
	const people = new Map<string, string>();
	for (const incident of incidents) {
		for (const field of ['assignee', 'creator', 'operator']) {
			const id = asNonEmptyText(first(incident[field]));
			const name = personName(incident, id);
			if (id !== null && name !== null) people.set(id, name);
		}
	}
	return people;
}
