/** The war rooms of a tenant. */

export type WarRoomStatus = '1' | '3' | '7' | '20';

export interface WarRoom {
	number: string;
	title: string;
	description: string | null;
	/** The number of its incident. */
	ticket: string;
	admin: string;
	participants: string[];
	shifts: Array<{ role_id: string; scene_id: string }>;
	applications: string[];
	regions: string[];
	enterpriseProject: string;
	notificationType: string | null;
	notificationModes: string[];
	status: WarRoomStatus;
	level: string | null;
	notificationLevel: string | null;
	createTime: number;
	occurTime: number | null;
	recoverTime: number | null;
}

export interface WarRooms {
	all(): WarRoom[];
	/** What COC's list shows that is so long behind. */
	listed(lagMs: number): WarRoom[];
	add(fields?: Partial<WarRoom>): WarRoom;
	/** As if there had never been one. */
	clear(): void;
	/** Grows with every change. */
	readonly revision: number;
}

/** None. */
export function createWarRooms(now: () => number): WarRooms {
	const rooms: WarRoom[] = [];
	let revision = 0;
	return {
		all: () => [...rooms],
		listed: (lagMs) => rooms.filter(({ createTime }) => createTime <= now() - lagMs),
		add(fields = {}) {
			const room = { ...defaults(fields.createTime ?? now(), rooms.length), ...fields };
			rooms.push(room);
			revision++;
			return room;
		},
		clear() {
			rooms.length = 0;
			revision++;
		},
		get revision() {
			return revision;
		},
	};
}

/** One that has begun. Its number's form isn't documented. */
function defaults(at: number, index: number): WarRoom {
	return {
		number: `WR${String(202_611_000 + index)}`,
		title: 'Orders are not confirmed',
		description: null,
		ticket: 'IM202403221515060171753781',
		admin: '7da46971b7e24eed90cf777cc2ff8b91',
		participants: [],
		shifts: [],
		applications: [],
		regions: [],
		enterpriseProject: '0',
		notificationType: null,
		notificationModes: [],
		status: '1',
		level: null,
		notificationLevel: null,
		createTime: at,
		occurTime: null,
		recoverTime: null,
	};
}
