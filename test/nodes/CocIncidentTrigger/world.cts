/**
 * A small model of COC with a clock of its own: tickets that people handle, a list that lags behind,
 * details and histories that don't. It knows what truly happened, and nothing of the trigger.
 */
import type { Random } from '../../support/random.cts';

export const STATUS = {
	triggered: 'INCIDENT_STATUS_TRIGGERED',
	rejected: 'INCIDENT_STATUS_REJECTED',
	accepted: 'INCIDENT_STATUS_ACKNOWLEDGED',
	resolved: 'INCIDENT_STATUS_RESOLVED',
	completed: 'INCIDENT_STATUS_COMPLETED',
} as const;

/** What the handlers of tickets can do next; a remark changes nothing but the update time. */
const MOVES: Record<string, string[]> = {
	[STATUS.triggered]: [STATUS.accepted, STATUS.rejected],
	[STATUS.rejected]: [STATUS.triggered, STATUS.completed],
	[STATUS.accepted]: [STATUS.resolved],
	[STATUS.resolved]: [STATUS.completed, STATUS.completed, STATUS.accepted],
	[STATUS.completed]: [],
};

/** A ticket as it was from `at` on. */
interface Version {
	/** As COC writes it down: the update time. */
	at: number;
	/** When the list shows it. */
	visibleAt: number;
	/** When the history tells of it. */
	toldAt: number;
	status: string;
	handledAt: number | null;
	/** Counts the changes of status, the creation included. */
	move: number;
	/** When that change happened, as COC writes it down. */
	movedAt: number;
	/** Which status it had before; null for the creation. */
	from: string | null;
}

export interface WorldTicket {
	ticket: string;
	createdAt: number;
	/** What the list doesn't tell of it in a readable way. */
	lacks: 'nothing' | 'create_time' | 'update_time';
	/** By how much its update times are wrong, in ms. */
	ahead: number;
	versions: Version[];
}

export interface Settings {
	/** One ticket of so many lacks one of its times in the list, or has a wrong one; 0 for none. */
	flawed: number;
	/** How many of a hundred answers have no valid `Date`. */
	dateless: number;
	/** How exactly COC writes times down, in ms. */
	grain: number;
	/** Longest time until the list shows a change, in ms. */
	lag: number;
	/** Time until the history tells of a step, in ms. */
	historyLag: number;
	/** COC's clock in answers, to the second, less that of its tickets, in ms. */
	skew: number;
}

export class World {
	readonly tickets: WorldTicket[] = [];
	/** The time of COC's tickets, in ms. */
	now = 1_790_000_000_000;

	constructor(
		readonly random: Random,
		readonly settings: Settings,
	) {}

	/** The `Date` header; null when it can't be read. */
	get clock(): number | null {
		if (this.random.below(100) < this.settings.dateless) return null;
		return Math.floor((this.now + this.settings.skew) / 1000) * 1000;
	}

	create(): WorldTicket {
		const { now } = this;
		const at = this.written(now);
		const ticket = {
			ticket: `IM${String(this.tickets.length + 1).padStart(4, '0')}`,
			createdAt: at,
			lacks: this.lacks(),
			ahead: this.ahead(),
			versions: [],
		};
		this.tickets.push(ticket);
		this.add(ticket, {
			status: STATUS.triggered,
			handledAt: null,
			move: 0,
			movedAt: at,
			from: null,
		});
		return ticket;
	}

	/** Somebody handles a ticket, or only writes a remark. */
	touch(ticket: WorldTicket): void {
		const last = latest(ticket);
		const to = this.random.once(3) ? undefined : this.random.pick(MOVES[last.status]!);
		if (to === undefined) return this.add(ticket, last);
		const movedAt = this.written(this.now);
		// Nobody finds a solution twice in one moment.
		if (to === STATUS.resolved && last.handledAt === movedAt) return this.add(ticket, last);
		this.add(ticket, {
			status: to,
			handledAt: to === STATUS.resolved ? movedAt : last.handledAt,
			move: last.move + 1,
			movedAt,
			from: last.status,
		});
	}

	/** The tickets as the list shows them, by update time. */
	listed(from: number, to = Infinity): Array<{ ticket: WorldTicket; version: Version }> {
		return this.tickets
			.flatMap((ticket) => {
				const version = ticket.versions.findLast(({ visibleAt }) => visibleAt <= this.now);
				return version && version.at >= from && version.at <= to ? [{ ticket, version }] : [];
			})
			.sort((a, b) => a.version.at - b.version.at);
	}

	/** As `data.tickets` of the list's answer has them. */
	rows(from: number, to?: number): object[] {
		return this.listed(from, to).map(({ ticket: { ticket, createdAt, lacks }, version }) => ({
			ticket_id: ticket,
			create_time: lacks === 'create_time' ? null : String(createdAt),
			update_time: lacks === 'update_time' ? '2026-03-22' : String(version.at),
		}));
	}

	get(ticket: string): WorldTicket {
		return this.tickets.find((one) => one.ticket === ticket)!;
	}

	private add(ticket: WorldTicket, version: Omit<Version, 'at' | 'visibleAt' | 'toldAt'>): void {
		const { lag, historyLag } = this.settings;
		const before = ticket.versions.at(-1)?.visibleAt ?? 0;
		const delay = lag === 0 || this.random.once(2) ? 0 : this.random.below(lag);
		// The list never goes back to an older version.
		const visibleAt = Math.max(before, this.now + delay);
		const toldAt = this.now + historyLag;
		ticket.versions.push({
			...version,
			at: this.written(this.now) + ticket.ahead,
			visibleAt,
			toldAt,
		});
	}

	private lacks(): WorldTicket['lacks'] {
		const { flawed } = this.settings;
		const isFlawed = flawed > 0 && this.random.once(flawed);
		return isFlawed ? this.random.pick(['create_time', 'update_time'] as const) : 'nothing';
	}

	/** Of a few tickets only: nobody could tell what the time is if many were wrong. */
	private ahead(): number {
		const { flawed } = this.settings;
		const areFew = this.tickets.filter(({ ahead }) => ahead > 0).length < 3;
		return flawed > 0 && areFew && this.random.once(flawed) ? 6 * 3_600_000 : 0;
	}

	private written(time: number): number {
		const { grain } = this.settings;
		return Math.floor(time / grain) * grain;
	}
}

export function latest({ versions }: WorldTicket): Version {
	return versions.at(-1)!;
}
