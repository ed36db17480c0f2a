/** The alarms of a tenant, and what was reported to it. */

/** What was done about an alarm. */
export interface AlarmRecord {
	work_order_id: string;
	create_name: string;
	create_alias: string | null;
	task_type: 'PLAN' | 'SCRIPT' | 'RUNBOOK';
	start_time: number;
	end_time: number | null;
	duration: number | null;
	status: string;
	associated_task_id: string;
	associated_task_name: string;
	sub_task_info: string | null;
}

export interface Alarm {
	id: string;
	name: string;
	importance: 'urgent' | 'major' | 'minor' | 'warn';
	status: 'alarming' | 'resolved';
	comeFrom: string;
	app: string | null;
	region: string | null;
	owner: string | null;
	ownerName: string | null;
	/** The number of its incident. */
	incident: string | null;
	/** Until then it doesn't name its incident. */
	linkedFrom: number;
	creator: string;
	createTime: number;
	updateTime: number;
	remarks: string | null;
	records: AlarmRecord[];
	resolved: { at: number; by: string; remarks: string | null } | null;
}

export interface Alarms {
	all(): Alarm[];
	get(id: string): Alarm | undefined;
	add(fields?: Partial<Alarm>): Alarm;
	/** As if there had never been one. */
	clear(): void;
	change(alarm: Alarm, fields: Partial<Alarm>): void;
	/** The bodies of the reports that were accepted. */
	readonly reported: object[];
	report(body: object): void;
	/** Those of the tenant's data sources. */
	readonly integrationKeys: Set<string>;
	/** Grows with every change. */
	readonly revision: number;
}

/** None. */
export function createAlarms(now: () => number): Alarms {
	const byId = new Map<string, Alarm>();
	const reported: object[] = [];
	let revision = 0;
	return {
		all: () => [...byId.values()],
		get: (id) => byId.get(id),
		add(fields = {}) {
			const alarm = { ...defaults(fields.createTime ?? now(), byId.size), ...fields };
			if (byId.has(alarm.id)) throw new Error(`${alarm.id} exists already`);
			byId.set(alarm.id, alarm);
			revision++;
			return alarm;
		},
		clear() {
			byId.clear();
			revision++;
		},
		change(alarm, fields) {
			Object.assign(alarm, { updateTime: now(), ...fields });
			revision++;
		},
		reported,
		report(body) {
			reported.push(body);
			revision++;
		},
		integrationKeys: new Set(),
		get revision() {
			return revision;
		},
	};
}

/** One that goes on, and has no incident. */
function defaults(at: number, index: number): Alarm {
	return {
		id: alarmId(at, index),
		name: 'Disk full',
		importance: 'major',
		status: 'alarming',
		comeFrom: 'CES',
		app: '66f0c0000000000000000001',
		region: 'cn-north-4',
		owner: '7da46971b7e24eed90cf777cc2ff8b91',
		ownerName: 'user-7da46971',
		incident: null,
		linkedFrom: 0,
		creator: '7da46971b7e24eed90cf777cc2ff8b91',
		createTime: at,
		updateTime: at,
		remarks: null,
		records: [],
		resolved: null,
	};
}

/** ALM and 23 digits: the time to the second and nine more. */
function alarmId(at: number, index: number): string {
	const time = new Date(at).toISOString().replace(/\D/g, '').slice(0, 14);
	return `ALM${time}${String(171_753_781 + index).padStart(9, '0')}`;
}
