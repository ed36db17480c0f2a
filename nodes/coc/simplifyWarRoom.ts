import { LEVELS, WAR_ROOM_STATUSES } from './enumerations';
import { asNonEmptyText, asRecord, first, shownTime, type JsonRecord } from './json';

/** The names of a simplified war room's fields besides its number. */
export const WAR_ROOM_FIELDS = [
	...['title', 'status', 'ticket', 'level', 'notificationLevel', 'administrator'],
	...['createdAt', 'recoveredAt', 'incidentUrl'],
] as const;

/** A war room as COC's list shows it. */
export function simplifyWarRoom(row: JsonRecord) {
	const incident = asRecord(row.incident) ?? {};
	return {
		warRoom: asNonEmptyText(row.war_room_num),
		title: asNonEmptyText(row.title),
		status: statusInWords(row),
		ticket: asNonEmptyText(incident.incident_id),
		level: levelInWords(incident.failure_level),
		notificationLevel: levelInWords(row.circular_level),
		administrator: asNonEmptyText(first(row.admin)),
		createdAt: shownTime(row.create_time),
		recoveredAt: shownTime(row.recover_time),
		/** The ticket in COC's console: nowhere else does COC tell it. */
		incidentUrl: asNonEmptyText(incident.incident_url),
	};
}

/** Whether COC's list shows it as closed. */
export function isClosedWarRoom({ war_room_status: status }: JsonRecord): boolean {
	return statusKeys(status).includes(CLOSED);
}

const CLOSED = '20';

/** The statuses of those that aren't closed. */
export const OPEN_WAR_ROOM = [...WAR_ROOM_STATUSES.keys()].filter((key) => key !== CLOSED);

/** Which of its members has the documented key isn't clear. */
function statusKeys(status: unknown): string[] {
	const { id, type } = asRecord(status) ?? {};
	return [id, type, status].map(asNonEmptyText).filter((key) => key !== null);
}

function statusInWords({ war_room_status: status }: JsonRecord): string | null {
	const { name_en: english, name_zh: chinese } = asRecord(status) ?? {};
	const keys = statusKeys(status);
	const known = keys.map((key) => WAR_ROOM_STATUSES.get(key)).find((word) => word !== undefined);
	return known ?? asNonEmptyText(english) ?? asNonEmptyText(chinese) ?? keys[0] ?? null;
}

function levelInWords(level: unknown): string | null {
	const key = asNonEmptyText(level);
	return key === null ? null : (LEVELS.get(key) ?? key);
}
