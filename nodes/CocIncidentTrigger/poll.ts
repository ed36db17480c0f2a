import {
	NodeOperationError,
	type IDataObject,
	type INodeExecutionData,
	type IPollFunctions,
} from 'n8n-workflow';
import { asTraits, unknownWords } from '../fields/filters';
import { TIMEOUT, timeout } from '../fields/options';
import { asBoolean, asNumber } from '../fields/value';
import { simplifyField } from '../fields/simplifyOutput';
import { all, type Checked } from '../coc/result';
import { credentialFailure } from '../errors/failure';
import { isoTime } from '../coc/json';
import type { ListFilter } from '../coc/calls/listIncidents';
import { simplifyDetail, statusLabel } from '../coc/simplify';
import { openSession } from '../client/session';
import { openTraffic } from '../client/client';
import type { Read } from '../client/read';
import { realClock } from '../client/clock';
import { fingerprintOf } from './configFingerprint';
import { beginNow } from './firstSync';
import { pollError } from './pollError';
import { asEvents, fits, wantsMoves } from './events';
import { createLeftOut, type LeftOut } from './leftOut';
import type { EventName, Happening, Memory } from './state';
import { lookAround } from './sync';
import { cocSource, type CocSource, type Detail } from './source';
import { fromStored, toStored } from './storedState';
import { nodeOf, turnOf } from './pollLock';
import { keepUnstored, unstoredSince } from './uncommittedState';

/** Fewer than COC gives at most, so that an answer stays small. */
const PER_PAGE = 100;
/** So few that they are read well within the time that n8n grants a poll. */
const PER_SLICE = 20;
/** Most details read at once. */
const CONCURRENCY = 5;
/** What n8n grants a poll where it doesn't say so. In ms. */
const USUAL_BUDGET_MS = 5 * 60_000;
/** How many tickets are looked at for a sample. */
const SAMPLES = 10;

interface Settings {
	events: EventName[];
	filters: ListFilter[];
	simplify: boolean;
	timeoutMs: number;
}

type Told = Happening & { detail: Detail };

/** One poll: the items of what happened since the last one; null when nothing has. */
export async function pollCoc(context: IPollFunctions): Promise<INodeExecutionData[][] | null> {
	const settings = readSettings(context);
	if (!settings.ok) {
		throw new NodeOperationError(
			context.getNode(),
			[settings.reason, settings.hint].filter((part) => part !== undefined).join('. '),
		);
	}
	const isTest = context.getMode() === 'manual';
	const stored = isTest ? undefined : context.getWorkflowStaticData('node').memory;
	const memory = isTest ? null : readMemory(context, stored);
	const turn = isTest ? null : turnOf(nodeOf(context), stored, memory !== null, realClock);
	if (turn?.isRefused) return null;
	try {
		const told = isTest
			? await sample(context, settings.value)
			: await follow(context, settings.value, memory);
		if (!told.ok) {
			const { retryAfterMs } = told.failure;
			if (retryAfterMs !== null) turn?.leaveAlone(realClock.now() + retryAfterMs);
			throw pollError(context.getNode(), told.failure, isTest || memory !== null);
		}
		const items = told.value.map((happening) => itemOf(happening, settings.value));
		if (items.length === 0) return null;
		turn?.tells();
		return [items];
	} finally {
		turn?.end();
	}
}

/** What happened since the last poll; the memory moves on only once all of it could be read. */
async function follow(
	context: IPollFunctions,
	settings: Settings,
	memory: Memory | null,
): Promise<Read<Told[]>> {
	const endsAt = realClock.now() + (context.getPollBudgetMs?.() ?? USUAL_BUDGET_MS) / 2;
	const leftOut = createLeftOut(context);
	for (const sentence of unknownWords(settings.filters)) leftOut.warn(sentence);
	const source = await openSource(context, settings, endsAt, leftOut);
	if (!source.ok) return source;
	const data = context.getWorkflowStaticData('node');
	const limits = { perPage: PER_PAGE, perSlice: PER_SLICE, concurrency: CONCURRENCY };
	const { events } = settings;
	const isOver = () => realClock.now() >= endsAt;
	const round =
		memory === null
			? await beginNow(source.value, limits, fingerprintOf(context.getNode().parameters))
			: await lookAround(source.value, memory, { ...limits, isOver }, (status) =>
					wantsMoves(events, status),
				);
	if (!round.ok) return round;
	const failure = leftOut.failure();
	if (failure !== null) return { ok: false, failure };
	if (memory === null && data.memory !== undefined) context.logger?.warn(BEGINS_ANEW);
	const told = round.value.emit.filter(({ event }) => events.includes(event));
	if (told.length === 0) keepUnstored(nodeOf(context), data.memory, round.value.memory);
	data.memory = toStored(round.value.memory) as unknown as IDataObject;
	return { ok: true, value: told };
}

/** What the node remembers of what it is asked for now; null when it has to begin. */
function readMemory(context: IPollFunctions, stored: unknown): Memory | null {
	const asked = fingerprintOf(context.getNode().parameters);
	const memory = [unstoredSince(nodeOf(context), stored), fromStored(stored)].find(
		(one) => one !== null && (one.asked ?? asked) === asked,
	);
	return memory ? { ...memory, asked } : null;
}

const BEGINS_ANEW =
	"The COC Incident Trigger starts from now: its 'Trigger On' or 'Filters' are other ones, or this version can not read what it remembered.";

/** A ticket of now, for the editor: as the first of the chosen events would give it. */
async function sample(context: IPollFunctions, settings: Settings): Promise<Read<Told[]>> {
	const endsAt = realClock.now() + USUAL_BUDGET_MS / 2;
	const leftOut = createLeftOut(context);
	const source = await openSource(context, settings, endsAt, leftOut);
	if (!source.ok) return source;
	const [event] = settings.events;
	const newest = await source.value.newest(SAMPLES);
	if (!newest.ok) return newest;
	let found: Told | undefined;
	for (const { ticket, updatedAt: at, flaw } of newest.value.rows) {
		if (flaw !== undefined) continue;
		const detail = await source.value.detail(ticket);
		if (!detail.ok) return detail;
		if (detail.value === null) continue;
		const { status: newStatus } = detail.value;
		const one = { event: event!, ticket, oldStatus: null, newStatus, at, detail: detail.value };
		found ??= one;
		if (!fits(event!, newStatus)) continue;
		found = one;
		break;
	}
	return { ok: true, value: found === undefined ? [] : [found] };
}

async function openSource(
	context: IPollFunctions,
	{ filters, timeoutMs }: Settings,
	endsAt: number,
	leftOut: LeftOut,
): Promise<Read<CocSource>> {
	const session = await openSession(context);
	if (!session.ok) return { ok: false, failure: credentialFailure(session) };
	const speed = { concurrency: CONCURRENCY, requestsPerSecond: null };
	const traffic = openTraffic(session.value, speed, realClock);
	return {
		ok: true,
		value: cocSource(traffic, { filters, timeoutMs, endsAt, leftOut }),
	};
}

function readSettings(context: IPollFunctions): Checked<Settings> {
	const options = context.getNodeParameter('options', {}) as { timeout?: unknown };
	return all<Settings>({
		events: asEvents(context.getNodeParameter('events', [])),
		filters: asTraits(context.getNodeParameter('filters', {}), context),
		simplify: asBoolean(context.getNodeParameter('simplify', true), simplifyField.displayName),
		timeoutMs: asNumber(
			{ ok: true, value: options.timeout ?? timeout.field.default },
			timeout.field.displayName,
			TIMEOUT,
		),
	});
}

function itemOf(told: Told, { simplify }: Settings): INodeExecutionData {
	const { event, ticket, oldStatus, newStatus, at, detail } = told;
	return {
		json: {
			event,
			ticket,
			oldStatus: simplify ? statusLabel(oldStatus) : oldStatus,
			newStatus: simplify ? statusLabel(newStatus) : newStatus,
			at: isoTime(at),
			incident: simplify ? simplifyDetail(detail.data) : detail.data,
		},
	};
}
