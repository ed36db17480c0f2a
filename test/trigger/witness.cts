/** Someone who knows what truly happened, and holds what the trigger tells against it. */
import type { EventName, Happening } from '../../nodes/CocIncidentTrigger/memory.ts';
import { STATUS, type World, type WorldTicket } from './world.cts';

export interface Tally {
	runs: number;
	polls: number;
	failedPolls: number;
	partialPolls: number;
	restarts: number;
	lostMemories: number;
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
	/** COC's clock when the trigger was switched on. */
	start = 0;
	/** Event, ticket and number of the change: what was told. */
	private readonly told = new Set<string>();

	constructor(
		private readonly seed: number,
		private readonly world: World,
		/** The events that the user chose. */
		private readonly chosen: EventName[],
		private readonly tally: Tally,
	) {}

	/** An event must tell what was read, and must not have been told before. */
	judge({ event, ticket, newStatus, oldStatus, at }: Happening, move: number): void {
		const { tally, seed } = this;
		tally.events++;
		const { versions, createdAt } = this.world.get(ticket);
		const fail = (list: string[], what: string) =>
			list.push(`seed ${seed}: ${event} of ${ticket} (${oldStatus} → ${newStatus}) ${what}`);
		if (!versions.some((version) => version.at === at)) fail(tally.wrong, 'at a wrong time');

		if (event === 'incidentCreated') {
			if (createdAt < this.start) fail(tally.wrong, 'from before the start');
			return this.note(event, ticket, 0, fail);
		}
		const version = versions.find((one) => one.move === move)!;
		if (version.status !== newStatus) fail(tally.wrong, 'never read so');
		if (version.movedAt < this.start) fail(tally.wrong, 'from before the start');
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
		const { chosen, start, tally, seed } = this;
		for (const { ticket, createdAt, versions } of tickets) {
			const { status, move, movedAt, from } = versions.at(-1)!;
			const isMove = from !== null && movedAt >= start;
			const due: Array<[EventName, number, boolean]> = [
				['incidentCreated', 0, createdAt >= start],
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
		return createdAt >= this.start && status === STATUS.triggered;
	}
}
