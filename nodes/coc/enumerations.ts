/**
 * COC's preset values with the console's English words (enumeration tables of the incident pages).
 * Every tenant may rename, disable and add some, so that others are as good.
 */
export const LEVELS: ReadonlyMap<string, string> = new Map([
	['level_10', 'P1'],
	['level_20', 'P2'],
	['level_30', 'P3'],
	['level_40', 'P4'],
	['level_50', 'P5'],
]);

export const SOURCES: ReadonlyMap<string, string> = new Map([
	['incident_source_alarm', 'Alarm'],
	['incident_source_manual', 'Manual Creation'],
	['incident_source_forwarding', 'Transfer Creation'],
]);

/** Of `incident_type` and `mtm_type`; the beginning of the published list. */
export const TYPES: ReadonlyMap<string, string> = new Map([
	['inc_type_p_function_issues', 'Function'],
	['inc_type_p_reliability_issues', 'Reliability'],
	['inc_type_p_security_issues', 'Security'],
]);

/** `war_room_status`. */
export const WAR_ROOM_STATUSES: ReadonlyMap<string, string> = new Map([
	['1', 'Started'],
	['3', 'Fault Located'],
	['7', 'Recovered'],
	['20', 'Closed'],
]);

/** The mode that rings people up. */
export const PHONE_CALL = '5';

/** `notification_modes`: how a war room's people are told of it. */
export const NOTIFICATION_MODES: ReadonlyMap<string, string> = new Map([
	['1', 'SMS'],
	['2', 'WeCom'],
	['3', 'DingTalk'],
	['4', 'Lark'],
	[PHONE_CALL, 'Phone Call'],
]);

/**
 * The key that a word stands for: a known key, or the word that the node itself gives for it, in any
 * case. Null when it is neither.
 *
 * @param labels words by keys
 */
export function keyOf<Key extends string>(
	word: string,
	labels: ReadonlyMap<Key, string>,
): Key | null {
	const wanted = folded(word);
	for (const [key, label] of labels) {
		if (folded(key) === wanted || folded(label) === wanted) return key;
	}
	return null;
}

function folded(word: string): string {
	return word.trim().replace(/\s+/g, ' ').toLowerCase();
}
