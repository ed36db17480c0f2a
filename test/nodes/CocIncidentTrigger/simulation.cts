/** One seeded run of the trigger in front of the model of COC, watched by someone who knows the truth. */
import type { Answer } from '../../../nodes/coc/answer.ts';
import type * as firstSyncSource from '../../../nodes/CocIncidentTrigger/firstSync.ts';
import type * as eventsSource from '../../../nodes/events/events.ts';
import type * as stateSource from '../../../nodes/events/state.ts';
import type * as syncSource from '../../../nodes/CocIncidentTrigger/sync.ts';
import type * as rowsSource from '../../../nodes/CocIncidentTrigger/rows.ts';
import type * as storedSource from '../../../nodes/events/storedState.ts';
import type * as lockSource from '../../../nodes/CocIncidentTrigger/pollLock.ts';
import type * as uncommittedSource from '../../../nodes/CocIncidentTrigger/uncommittedState.ts';
import type { Failure } from '../../../nodes/errors/failure.ts';
import { built } from '../../support/built.cts';
import { createRandom, type Random } from '../../support/random.cts';
import { ALL, Witness, type Reading, type Tally } from './witness.cts';
import { latest, World } from './world.cts';

const { wantsMoves } = built<typeof eventsSource>('nodes/events/events');
const { firstSync } = built<typeof firstSyncSource>('nodes/CocIncidentTrigger/firstSync');
const { rowsOf } = built<typeof rowsSource>('nodes/CocIncidentTrigger/rows');
const { lockPoll } = built<typeof lockSource>('nodes/CocIncidentTrigger/pollLock');
const { keepUncommitted, uncommittedSince } = built<typeof uncommittedSource>(
	'nodes/CocIncidentTrigger/uncommittedState',
);
const { sync } = built<typeof syncSource>('nodes/CocIncidentTrigger/sync');
const { fromStored, toStored } = built<typeof storedSource>('nodes/events/storedState');

type EventName = stateSource.EventName;
type Source = firstSyncSource.FirstSyncSource<syncSource.TicketDetail & { move: number }>;

/**
 * How n8n keeps the memory: in the workflow as it runs, or only in its database, from which it takes
 * it for each poll. There it stores polls with events, and with durable cursors all polls but the one
 * with which a workflow is switched on.
 */
type Keeping = 'workflow' | 'database' | 'cursors';

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
	private readonly keeping: Keeping;
	/** The memory in the workflow as it runs. */
	private running: string | undefined;
	/** What n8n has in its database. */
	private stored: string | undefined;
	private hasBegun = false;
	private starts = 0;
	private readonly witness: Witness;
	/** How much of what was read n8n has stored. */
	private storedReads = 0;
	private readonly keep: stateSource.Keep;
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
			skew: random.pick([0, 0, 0, -120_000, 3000, -4 * 3_600_000]),
			dateless: random.pick([0, 0, 0, 30, 100]),
			flawed: random.pick([0, 0, 5]),
		});
		this.keeping = random.pick(['workflow', 'database', 'cursors'] as const);
		// By number alone not every ticket is found at once, where many change: pages of tickets without
		// a time are the exception.
		const { flawed } = this.world.settings;
		this.perPage = random.pick(flawed > 0 ? [4, 5, 10, 200] : [1, 2, 3, 5, 10, 200]);
		this.cap = random.pick(flawed > 0 ? [Infinity, 4, 7] : [Infinity, Infinity, 1, 2, 3, 7]);
		this.capsPages = random.once(2);
		const totals = ['none', 'none', 'true', 'true', 'zero'] as const;
		this.total = random.pick(this.cap === Infinity ? [...totals, 'page'] : totals);
		this.perSlice = random.pick([1, 2, 3, 20]);
		this.concurrency = random.pick([1, 5]);
		const { dateless, skew } = this.world.settings;
		const isClockKnown = dateless === 0 && skew > -3_600_000;
		const few = isClockKnown ? random.pick([2, 0]) : 800;
		// Without COC's clock it isn't known how long ago a ticket was read: the latest are kept anyway.
		this.keep = random.pick([
			{ open: 800, completed: 400 },
			{ open: few, completed: Math.ceil(few / 2) },
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
		if (this.hasBegun) this.witness.expectAll(world.tickets, 'at the end');
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

	/** n8n starts again with what it has stored: what polls without events remembered may be lost. */
	private restart(): void {
		const { tally, stored } = this;
		tally.restarts++;
		this.starts++;
		if (this.running !== stored) tally.lostMemories++;
		this.running = stored;
		this.witness.reads.length = this.storedReads;
		// Nothing was told yet: it begins anew.
		if (stored === undefined) this.hasBegun = false;
	}

	/** A tick of n8n's clock; sometimes one more comes along with what the first one began with. */
	private async poll(): Promise<void> {
		const { random, world, keeping } = this;
		const given = keeping === 'workflow' ? this.running : this.stored;
		if (keeping === 'workflow' || !random.once(4)) return await this.pollWith(given);
		const first = this.pollWith(given);
		if (random.once(2)) await first;
		await Promise.all([first, this.pollWith(given)]);
		world.now += 30_000;
	}

	private async pollWith(given: string | undefined): Promise<void> {
		const { world, tally, random } = this;
		const node = `${this.witness.seed} ${this.starts}`;
		const parsed: unknown = given === undefined ? undefined : JSON.parse(given);
		const memory = uncommittedSince(node, parsed) ?? fromStored(parsed);
		if (memory === null && given !== undefined) throw new Error(`It can't be read: ${given}`);
		tally.polls++;
		const lock = lockPoll(node, parsed, memory !== null, { now: () => world.now });
		if (lock.isRefused) return void tally.passedPolls++;
		const looked = await this.look(memory);
		lock.release();
		if (looked === null) return void tally.failedPolls++;
		const { round, reads, expectTold } = looked;
		const emit = round.emit.filter(({ event }) => this.chosen.includes(event));
		if (emit.length > 0) {
			lock.emits();
			// As when the workflow is switched off meanwhile, or the poll took too long.
			if (this.keeping !== 'workflow' && !this.calm && random.once(12)) {
				tally.discarded++;
				world.now += 31_000;
				return;
			}
		} else keepUncommitted(node, parsed, round.state);
		const after = JSON.stringify(toStored(round.state));
		if (this.hasBegun) this.witness.reads.push(...reads);
		else this.witness.begin(round.state.start, reads);
		this.hasBegun = true;
		for (const happening of emit) this.witness.judge(happening, happening.detail.move);
		this.running = after;
		const isDropped = memory === null && this.keeping === 'cursors';
		if (isDropped) tally.droppedBeginnings++;
		else if (memory === null || emit.length > 0 || this.keeping === 'cursors') {
			this.stored = after;
			this.storedReads = this.witness.reads.length;
		}
		if (memory !== null) expectTold();
	}

	/** What a poll with this memory sees; null when it fails. */
	private async look(memory: stateSource.State | null) {
		const { world, random, tally } = this;
		let calls = 0;
		const most = this.calm || !random.once(5) ? Infinity : 1 + random.below(6);
		const failsAt = this.calm || !random.once(5) ? Infinity : 1 + random.below(12);
		/** A call takes its time, and life goes on meanwhile. */
		const call = async <T,>(answer: () => T): Promise<CallResult<T>> => {
			calls++;
			world.now += random.below(300);
			if (!this.calm && random.once(12)) {
				tally.changesWhilePaging++;
				this.act();
			}
			return await Promise.resolve(
				calls === failsAt
					? { ok: false as const, failure: FAILURE }
					: { ok: true as const, value: answer() },
			);
		};
		const listed = (tickets: object[], from: number) => {
			const answer = { success: true, envelope: { data: { tickets } } } as unknown as Answer;
			const rows = rowsOf(answer, from)!;
			tally.leftOut += rows.filter(({ flaw }) => flaw !== undefined).length;
			tally.undated += rows.filter(({ isUndated }) => isUndated).length;
			const now = world.clock;
			if (now === null) tally.dateless++;
			return { rows, now };
		};
		const reads: Reading[] = [];
		const page = async ({ from, to, page: number, perPage }: Query) =>
			await call(() => {
				const given = Math.min(perPage, this.cap);
				const begin = (number - 1) * (this.capsPages ? given : perPage);
				const all = world.rows(from, to);
				const tickets = all.slice(begin, begin + given);
				if (tickets.length === perPage) tally.fullPages++;
				if (tickets.length < Math.min(perPage, all.length - begin)) tally.cappedPages++;
				const totals = { none: null, true: all.length, zero: 0, page: tickets.length };
				return { ...listed(tickets, from), total: totals[this.total] };
			});
		const source: Source = {
			list: page,
			newestOfAll: async (count) =>
				await call(() => listed(world.rows(0).slice(-count).reverse(), 0)),
			detail: async (ticket) =>
				await call(() => {
					const { status, handledAt, move } = latest(world.get(ticket));
					reads.push({ ticket, status, move });
					return { status, handledAt, move };
				}),
			hasMoved: async (ticket, since) =>
				await call(() =>
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
		const { perPage, perSlice, concurrency, keep } = this;
		const limits = { perPage, perSlice, concurrency, keep };
		const round =
			memory === null
				? await firstSync(source, limits, 'asked')
				: await sync(
						source,
						memory,
						{ ...limits, isOver: () => (isPartial = calls >= most) },
						(status) => wantsMoves(this.chosen, status),
					);
		if (!round.ok) return null;
		if (isPartial) tally.partialPolls++;
		return {
			round: round.value,
			reads,
			expectTold: () => {
				if (isPartial) return;
				// Those that the list showed as they were, and that nobody touched since.
				this.witness.expectAll(
					visible.filter((ticket) => before.get(ticket) === ticket.versions.length),
					'after a poll',
				);
			},
		};
	}
}

type Query = Parameters<Source['list']>[0];
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
