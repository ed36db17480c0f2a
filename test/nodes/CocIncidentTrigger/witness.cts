/** Someone who knows what truly happened, and holds what the trigger tells against it. */
import type { EventName, TicketEvent } from '../../../nodes/events/state.ts';
import { STATUS, type World, type WorldTicket } from './world.cts';

export interface Tally {
	runs: number;
	polls: number;
	failedPolls: number;
	partialPolls: number;
	restarts: number;
	lostMemories: number;
	/** Polls that met one under way, or came too late with what it began with. */
	passedPolls: number;
	/** What polls told and n8n has thrown away. */
	discarded: number;
	/** First polls whose memory n8n has dropped. */
	droppedBeginnings: number;
	leftOut: number;
	undated: number;
	dateless: number;
	fullPages: number;
	cappedPages: number;
	changesWhilePaging: number;
	tickets: number;
	changes: number;
	events: number;
	missing: string[];
	double: string[];
	wrong: string[];
}

export const newTally = (): Tally => ({
	...{ runs: 0, polls: 0, failedPolls: 0, partialPolls: 0, restarts: 0, lostMemories: 0 },
	...{ passedPolls: 0, discarded: 0, droppedBeginnings: 0, leftOut: 0, undated: 0, dateless: 0 },
	...{ fullPages: 0, cappedPages: 0, changesWhilePaging: 0, tickets: 0, changes: 0, events: 0 },
	...{ missing: [], double: [], wrong: [] },
});

export const ALL: EventName[] = [
	'incidentCreated',
	'statusChanged',
	'waitingForVerification',
	'incidentClosed',
];

/** What the trigger read of a ticket. */
export interface Reading {
	ticket: string;
	/** The number of the last change of status. */
	move: number;
	status: string;
}

export class Witness {
	/** What the trigger read and may remember. */
	reads: Reading[] = [];
	/** From when on things count; null before the trigger was switched on. */
	private start: number | null = null;
	/** The last change of each ticket that its first poll saw. */
	private readonly seenFirst = new Map<string, number>();
	/** Event, ticket and number of the change: what was told. */
	private readonly told = new Set<string>();

	constructor(
		readonly seed: number,
		private readonly world: World,
		/** The events that the user chose. */
		private readonly chosen: EventName[],
		private readonly tally: Tally,
	) {}

	/** The trigger was switched on: what it read counts as seen, and what is from before its start. */
	begin(start: number, reads: Reading[]): void {
		this.start = Math.min(start, this.world.now + Math.max(0, this.world.settings.skew));
		this.seenFirst.clear();
		for (const { ticket, move } of reads) this.seenFirst.set(ticket, move);
		this.reads = [...reads];
	}

	/** Whether a change is from before the trigger was switched on, or was seen then. */
	private isBefore(ticket: string, move: number, time: number): boolean {
		const seen = this.seenFirst.get(ticket);
		if (seen !== undefined) return move <= seen;
		return this.start === null || time < this.start;
	}

	/** An event must tell what was read, and must not have been told before. */
	judge({ event, ticket, newStatus, oldStatus, at }: TicketEvent, move: number): void {
		const { tally, seed } = this;
		tally.events++;
		const { versions, createdAt, lacks } = this.world.get(ticket);
		const fail = (list: string[], what: string) =>
			list.push(`seed ${seed}: ${event} of ${ticket} (${oldStatus} → ${newStatus}) ${what}`);
		if (lacks === 'create_time') fail(tally.wrong, 'though it was left out');
		const isTime = lacks === 'update_time' || versions.some((version) => version.at === at);
		if (!isTime) fail(tally.wrong, 'at a wrong time');

		if (event === 'incidentCreated') {
			if (this.isBefore(ticket, 0, createdAt)) fail(tally.wrong, 'from before the start');
			return this.note(event, ticket, 0, fail);
		}
		const version = versions.find((one) => one.move === move)!;
		if (version.status !== newStatus) fail(tally.wrong, 'never read so');
		if (this.isBefore(ticket, move, version.movedAt)) fail(tally.wrong, 'from before the start');
		if (version.from === null) fail(tally.wrong, 'is only its creation');
		if (oldStatus !== null) {
			const earlier = versions.some((one) => one.move < move && one.status === oldStatus);
			if (!earlier || oldStatus === newStatus) fail(tally.wrong, 'with a wrong old status');
		}
		const wanted = { waitingForVerification: STATUS.resolved, incidentClosed: STATUS.completed };
		if (event !== 'statusChanged' && wanted[event] !== newStatus) fail(tally.wrong, 'misnamed');
		this.note(event, ticket, move, fail);
	}

	private note(
		event: EventName,
		ticket: string,
		move: number,
		fail: (list: string[], what: string) => void,
	): void {
		const key = `${event} ${ticket} ${move}`;
		if (this.told.has(key)) fail(this.tally.double, `a second time, move ${move}`);
		this.told.add(key);
	}

	/** The last change of these tickets must have been told. */
	expectAll(tickets: WorldTicket[], when: string): void {
		const { chosen, tally, seed } = this;
		for (const { ticket, createdAt, versions, lacks } of tickets) {
			if (lacks === 'create_time') continue;
			const { status, move, movedAt, from } = versions.at(-1)!;
			const isMove = from !== null && !this.isBefore(ticket, move, movedAt);
			const due: Array<[EventName, number, boolean]> = [
				['incidentCreated', 0, !this.isBefore(ticket, 0, createdAt)],
				['statusChanged', move, isMove && !this.wentBack(ticket, createdAt, move, status)],
				['waitingForVerification', move, isMove && status === STATUS.resolved],
				['incidentClosed', move, isMove && status === STATUS.completed],
			];
			for (const [event, number, isDue] of due) {
				if (!isDue || !chosen.includes(event)) continue;
				const key = `${event} ${ticket} ${number}`;
				if (this.told.has(key)) continue;
				tally.missing.push(`seed ${seed}: ${key} (${status}) ${when}`);
				this.told.add(key);
			}
		}
	}

	/** A status that changed and changed back between two polls can't be seen. */
	private wentBack(ticket: string, createdAt: number, move: number, status: string): boolean {
		if (status === STATUS.resolved) return false;
		const last = this.reads.findLast((read) => read.ticket === ticket && read.move < move);
		if (last !== undefined) return last.status === status;
		return !this.isBefore(ticket, 0, createdAt) && status === STATUS.triggered;
	}
}
