/** COC and IAM for the runs of a plan, with trouble by chance and people who work meanwhile. */
import { setTimeout as sleep } from 'node:timers/promises';
import type { ICredentialDataDecryptedObject as Data } from 'n8n-workflow';
import type { StoredCredential } from '../engine/index.cts';
import { startIam } from '../standin/iam.cts';
import {
	type HistoryEntry,
	type RecordedRequest,
	startStandIn,
	type StandIn,
} from '../standin/index.cts';
import { diceFor } from './dice.cts';
import { type Entry, entryOf, isWrite } from './entries.cts';
import { type Peoples, peopleOf } from './people.cts';
import type { Plan, PlannedRun } from './plan.cts';
import { BOSS, SOMEBODY } from './somebody.cts';
import { type Shares, troubleFor } from './trouble.cts';

export interface World {
	coc: StandIn;
	/** How long a client waits for an answer. */
	timeoutMs: number;
	/** The credential of this run. */
	credentialOf(run: PlannedRun): StoredCredential;
	/** Calls back when so many writes of this run have arrived. */
	afterWrites(run: PlannedRun, count: number, then: () => void): void;
	/** What COC recorded for the items: other people's entries are left out. */
	entriesOf(ticket: string): Array<Entry & { at: number }>;
	/** Trouble that was made, by name: for writes and reads. */
	troubles: Map<string, { writes: number; reads: number }>;
	/** Whether nothing is to go wrong at the moment. */
	isCalm(): boolean;
	/** What happened to a ticket, a line for each request. */
	storyOf(ticket: string): string[];
	/** Ends when COC has dealt with every request, those included whose client has given up. */
	settled(): Promise<void>;
	close(): Promise<void>;
}

export interface Weather {
	seed: number;
	share: number;
	calm: boolean;
	skewMs: number;
	timeoutMs: number;
	/** Names of the trouble that is left out. */
	without: string[];
}

let worlds = 0;

export async function startWorld(
	plan: Plan,
	{ seed, share, calm, skewMs, timeoutMs, without }: Weather,
): Promise<World> {
	const now = () => Date.now() + skewMs;
	const runByTicket = new Map<string, Run>();
	const runs = plan.runs.map((planned) => {
		const run: Run = { planned, writes: 0, expired: false, alarms: [] };
		for (const { ticket } of planned.items) runByTicket.set(ticket.trim(), run);
		return run;
	});
	const asked = new Map<string, number>();
	const hit = new Map<RecordedRequest, string>();
	const began = now();
	const troubles: World['troubles'] = new Map();
	const sharesOf = ({ planned }: Run, kind: 'writes' | 'reads'): Shares => ({
		share,
		timeoutMs,
		// Whoever is refused a look at the record can't tell what became of a write.
		refusals: planned.refusals ? { writes: 0.15, reads: 0.02 }[kind] : 0,
	});
	const id = ++worlds;
	let underWay = 0;

	const coc = await startStandIn({
		now,
		quirks: {
			deEscalationApproval: { people: [BOSS], all: false },
			onShift: () => SOMEBODY,
		},
		onRequest(record) {
			underWay++;
			const run = runByTicket.get(record.ticket ?? '');
			if (!isWrite(record) || !run) return;
			run.writes++;
			for (const { count, then } of run.alarms) if (count === run.writes) then();
			people.before(record);
		},
		onAnswer(record) {
			underWay--;
			if (isWrite(record)) people.after(record);
		},
		disturb(record) {
			const ticket = record.ticket ?? '';
			const run = runByTicket.get(ticket);
			if (!run) return [];
			if (run.expired) return [{ kind: 'expiredToken' }];
			const kind = isWrite(record) ? 'writes' : 'reads';
			const name = `${record.method} ${record.path} ${ticket}`;
			const nth = (asked.get(name) ?? 0) + 1;
			asked.set(name, nth);
			const dice = diceFor(seed, `${name} ${nth}`);
			// Slow enough for what is under way to be settled before the end.
			if (calm && isSoonOver(run)) return [{ kind: 'latency', ms: 150 + dice.below(200) }];
			const trouble = troubleFor(dice, now(), sharesOf(run, kind));
			if (!trouble || without.includes(trouble.name)) {
				return [{ kind: 'latency', ms: dice.below(15) }];
			}
			const count = troubles.get(trouble.name) ?? { writes: 0, reads: 0 };
			count[kind]++;
			hit.set(record, trouble.name);
			troubles.set(trouble.name, count);
			return trouble.faults;
		},
	});
	const iam = await startIam({ coc, now, disturb: () => [{ kind: 'latency', ms: 50 }] });
	// Some pauses have to be approved, as if the tenant couldn't decide.
	const pauses = diceFor(seed, 'approval of pauses');
	Object.defineProperty(coc.quirks, 'pauseApproval', {
		get: () => (pauses.once(2) ? { people: [BOSS], all: false } : null),
	});
	const before = new Set(plan.tickets.flatMap((ticket) => coc.addTicket(ticket).history));
	const people: Peoples = peopleOf(plan, coc, { seed, now });

	const credentials = new Map(
		runs.map((run, index) => [run.planned, credentialFor(run, `${id}-${index}`)]),
	);
	/** Makes the credential, and sees to it that it ends when the plan says so. */
	function credentialFor(run: Run, name: string): StoredCredential {
		const { mode, actor, permissions, expireAfter } = run.planned;
		const may = { userId: actor, ...(permissions && { permissions }) };
		const make = {
			token: () => ({ token: coc.issueToken(may) }),
			accessKey: () => {
				const { accessKeyId, secretAccessKey } = coc.issueAccessKey(may);
				return { accessKeyId, secretAccessKey };
			},
			iamUser: () => {
				const login = { accountName: 'account', userName: `chaos-${name}`, password: 'made up' };
				const user = iam.addUser({ ...login, ...may });
				if (expireAfter !== undefined) {
					run.alarms.push({
						count: expireAfter,
						// The newest one may just have come.
						then: () => user.tokens.splice(0).forEach((token) => coc.expireToken(token)),
					});
				}
				return { ...login, iamEndpoint: iam.url };
			},
		};
		if (expireAfter !== undefined && mode !== 'iamUser') {
			run.alarms.push({ count: expireAfter, then: () => (run.expired = true) });
		}
		const data: Data = { endpoint: coc.url, authentication: mode, ...make[mode]() };
		return { id: `chaos-${name}`, name, type: 'huaweiCloudCocApi', data };
	}

	return {
		coc,
		timeoutMs,
		credentialOf: (run) => credentials.get(run)!,
		afterWrites(run, count, then) {
			runs.find(({ planned }) => planned === run)?.alarms.push({ count, then });
		},
		entriesOf: (ticket) =>
			(coc.tickets.get(ticket)?.history ?? [])
				.filter((entry: HistoryEntry) => !people.own.has(entry) && !before.has(entry))
				.map((entry) => ({ ...entryOf(entry), at: entry.at })),
		troubles,
		isCalm: () => calm && runs.some(isSoonOver),
		storyOf: (ticket) => {
			const requests = coc.requests.filter((record) => record.ticket === ticket);
			return requests.map((record) => {
				const { at, path, status, applied } = record;
				const call = path.endsWith(ticket) ? 'detail' : (path.split('/').pop() ?? '');
				const came = `${status ?? 'no answer'}${applied ? ', applied' : ''}`;
				return `${at - began} ms: ${call} → ${came} (${hit.get(record) ?? 'no trouble'})`;
			});
		},
		async settled() {
			while (underWay > 0) await sleep(20);
		},
		async close() {
			people.stop();
			await iam.close();
			await coc.close();
		},
	};
}

/** Whether the credential ends soon, or the run is stopped soon. */
function isSoonOver({ planned, writes }: Run): boolean {
	const { expireAfter, cancelAfter, mode } = planned;
	const end = cancelAfter ?? (mode === 'iamUser' ? undefined : expireAfter);
	return end !== undefined && writes > end / 2 && writes <= end;
}

interface Run {
	planned: PlannedRun;
	/** How many have arrived. */
	writes: number;
	/** Its token or access key isn't taken any more. */
	expired: boolean;
	alarms: Array<{ count: number; then: () => void }>;
}
