/** One seeded run of the trigger in front of the model of COC, watched by someone who knows the truth. */
import type * as eventsSource from '../../nodes/CocIncidentTrigger/events.ts';
import type * as memorySource from '../../nodes/CocIncidentTrigger/memory.ts';
import type * as roundSource from '../../nodes/CocIncidentTrigger/round.ts';
import type * as storedSource from '../../nodes/CocIncidentTrigger/stored.ts';
import type { Failure } from '../../nodes/shared/contract/explain.ts';
import { built } from '../support/built.cts';
import { createRandom, type Random } from '../support/random.cts';
import { ALL, Witness, type Reading, type Tally } from './witness.cts';
import { latest, World } from './world.cts';

const { wantsMoves } = built<typeof eventsSource>('nodes/CocIncidentTrigger/events');
const { begin } = built<typeof memorySource>('nodes/CocIncidentTrigger/memory');
const { lookAround } = built<typeof roundSource>('nodes/CocIncidentTrigger/round');
const { fromStored, toStored } = built<typeof storedSource>('nodes/CocIncidentTrigger/stored');

type Memory = memorySource.Memory;
type EventName = memorySource.EventName;
type Source = roundSource.Source<roundSource.Told & { move: number }>;

/** Tells of the outcome in `tally`. */
export async function simulate(seed: number, tally: Tally): Promise<void> {
	await new Simulation(seed, tally).run();
}

class Simulation {
	private readonly random: Random;
	private readonly world: World;
	private readonly perPage: number;
	/** Most rows that COC gives at once, whatever is asked for. */
	private readonly cap: number;
	/** Whether COC counts its pages by what it gives, or by what it is asked for. */
	private readonly capsPages: boolean;
	/** What COC says how many there are: nothing, the truth, always 0, or what is on the page. */
	private readonly total: 'none' | 'true' | 'zero' | 'page';
	private readonly perSlice: number;
	private readonly concurrency: number;
	/** The events that the user chose. */
	private readonly chosen: EventName[];
	private memory: Memory | null = null;
	/** What n8n has in its database. */
	private stored: string | null = null;
	private readonly witness: Witness;
	/** How much of what was read n8n has stored. */
	private storedReads = 0;
	private readonly keep: memorySource.Keep;
	private calm = false;

	constructor(
		seed: number,
		private readonly tally: Tally,
	) {
		const random = createRandom(seed);
		this.random = random;
		this.world = new World(random, {
			grain: random.pick([1, 1, 1000]),
			lag: random.pick([0, 5000, 300_000]),
			historyLag: random.pick([0, 20_000]),
			skew: random.pick([0, 0, -120_000, 3000]),
		});
		this.perPage = random.pick([1, 2, 3, 5, 10, 200]);
		this.cap = random.pick([Infinity, Infinity, 1, 2, 3, 7]);
		this.capsPages = random.once(2);
		const totals = ['none', 'none', 'true', 'true', 'zero'] as const;
		this.total = random.pick(this.cap === Infinity ? [...totals, 'page'] : totals);
		this.perSlice = random.pick([1, 2, 3, 20]);
		this.concurrency = random.pick([1, 5]);
		this.keep = random.pick([
			{ open: 800, completed: 400 },
			{ open: 2, completed: 1 },
			{ open: 0, completed: 0 },
		]);
		const some = ALL.filter(() => random.once(2));
		this.chosen = some.length === 0 ? ALL : some;
		this.witness = new Witness(seed, this.world, this.chosen, tally);
	}

	async run(): Promise<void> {
		const { random, world, tally } = this;
		tally.runs++;
		this.live(random.below(20), 3_600_000);
		await this.poll();
		for (let left = 5 + random.below(25); left > 0; left--) {
			this.live(random.below(8), random.pick([1000, 60_000, 60_000, 1_200_000, 86_400_000]));
			if (random.once(6)) this.restart();
			await this.poll();
		}
		// Until all that happened must have shown.
		this.calm = true;
		for (let left = 3; left > 0; left--) {
			world.now += 400_000;
			await this.poll();
		}
		this.witness.expectAll(world.tickets, 'at the end');
		tally.tickets += world.tickets.length;
		tally.changes += world.tickets.reduce((sum, { versions }) => sum + versions.length, 0);
	}

	/** Some things happen within this time, some of them at once. */
	private live(things: number, within: number): void {
		const { random, world } = this;
		const end = world.now + within;
		for (let left = things; left > 0; left--) {
			if (!random.once(3)) world.now += random.below(Math.ceil((end - world.now) / left));
			this.act();
		}
		world.now = Math.max(end, world.now);
	}

	private act(): void {
		const { random, world } = this;
		if (world.tickets.length === 0 || random.once(4)) world.create();
		// Those that were touched last are the likeliest to be touched again.
		else if (random.once(2)) world.touch(random.pick(world.tickets.slice(-4)));
		else world.touch(random.pick(world.tickets));
	}

	/** n8n starts again with what it has stored: what polls without events remembered is lost. */
	private restart(): void {
		const { tally, stored } = this;
		tally.restarts++;
		if (stored === null) return;
		if (this.memory && JSON.stringify(toStored(this.memory)) !== stored) tally.lostMemories++;
		this.memory = fromStored(JSON.parse(stored));
		this.witness.reads.length = this.storedReads;
		if (this.memory === null) throw new Error(`The memory can't be read: ${stored}`);
	}

	private async poll(): Promise<void> {
		const { world, random, tally } = this;
		tally.polls++;
		if (this.memory === null) {
			this.witness.start = world.clock;
			this.memory = begin(world.clock);
			this.stored = JSON.stringify(toStored(this.memory));
			return;
		}
		let calls = 0;
		const most = this.calm || !random.once(5) ? Infinity : 1 + random.below(6);
		const failsAt = this.calm || !random.once(5) ? Infinity : 1 + random.below(12);
		/** A call takes its time, and life goes on meanwhile. */
		const call = <T,>(answer: () => T): Promise<CallResult<T>> => {
			calls++;
			world.now += random.below(300);
			if (!this.calm && random.once(12)) {
				tally.changesWhilePaging++;
				this.act();
			}
			return Promise.resolve(
				calls === failsAt
					? { ok: false as const, failure: FAILURE }
					: { ok: true as const, value: answer() },
			);
		};
		const reads: Reading[] = [];
		const source: Source = {
			list: ({ from, to, page, perPage }) =>
				call(() => {
					const given = Math.min(perPage, this.cap);
					const begin = (page - 1) * (this.capsPages ? given : perPage);
					const all = world.listed(from, to);
					const rows = all.slice(begin, begin + given);
					if (rows.length === perPage) tally.fullPages++;
					if (rows.length < Math.min(perPage, all.length - begin)) tally.cappedPages++;
					const totals = { none: null, true: all.length, zero: 0, page: rows.length };
					return {
						now: world.clock,
						total: totals[this.total],
						rows: rows.map(({ ticket: { ticket, createdAt }, version: { at } }) => ({
							...{ ticket, createdAt },
							updatedAt: at,
						})),
					};
				}),
			detail: (ticket) =>
				call(() => {
					const { status, handledAt, move } = latest(world.get(ticket));
					reads.push({ ticket, status, move });
					return { status, handledAt, move };
				}),
			hasMoved: (ticket, since) =>
				call(() =>
					world
						.get(ticket)
						.versions.some(
							({ movedAt, toldAt, from }) =>
								from !== null && movedAt >= since && toldAt <= world.now,
						),
				),
		};
		const visible = world.tickets.filter(({ versions }) =>
			versions.every(({ visibleAt, toldAt }) => visibleAt <= world.now && toldAt <= world.now),
		);
		const before = new Map(visible.map((ticket) => [ticket, ticket.versions.length]));
		let isPartial = false;
		const round = await lookAround(
			source,
			this.memory,
			{
				perPage: this.perPage,
				perSlice: this.perSlice,
				concurrency: this.concurrency,
				keep: this.keep,
				isOver: () => (isPartial = calls >= most),
			},
			(status) => wantsMoves(this.chosen, status),
		);
		if (!round.ok) {
			tally.failedPolls++;
			return;
		}
		if (isPartial) tally.partialPolls++;
		this.memory = round.value.memory;
		this.witness.reads.push(...reads);
		const emit = round.value.emit.filter(({ event }) => this.chosen.includes(event));
		for (const happening of emit) this.witness.judge(happening, happening.detail.move);
		if (emit.length > 0) {
			this.stored = JSON.stringify(toStored(this.memory));
			this.storedReads = this.witness.reads.length;
		}
		if (!isPartial) {
			// Those that the list showed as they were, and that nobody touched since.
			this.witness.expectAll(
				visible.filter((ticket) => before.get(ticket) === ticket.versions.length),
				'after a poll',
			);
		}
	}
}

type CallResult<T> = { ok: true; value: T } | { ok: false; failure: Failure };

const FAILURE: Failure = {
	outcome: 'notRead',
	origin: 'service',
	reason: 'the poll broke off',
	hint: '',
	errorCode: null,
	httpStatus: 503,
	requestId: null,
	cause: null,
	retryAfterMs: null,
};
