import {
	NodeOperationError,
	type IDataObject,
	type INodeExecutionData,
	type INodeProperties,
	type IPollFunctions,
} from 'n8n-workflow';
import { openClient } from '../client/client';
import { realClock } from '../client/clock';
import { openSession } from '../client/session';
import { capitalized } from '../errors/explain';
import { credentialFailure, type Read } from '../errors/failure';
import { nodeError } from '../errors/nodeError';
import { refusedInput } from '../errors/refusedInput';
import { eventIdOf, isNamedByHistory } from '../events/eventId';
import { eventItem, INCIDENT_SHAPE } from '../events/eventItem';
import { events, wantsMoves } from '../events/events';
import { nodeOf } from '../events/nodeKey';
import type { Detail } from '../events/record';
import type { State, TicketEvent } from '../events/state';
import { fromStored, toStored } from '../events/storedState';
import { collectionField, propertiesOf, readFields, type Values } from '../fields/field';
import { traitFilters, unknownKeys } from '../fields/filters';
import { OPTIONS, triggerInput } from '../fields/input';
import { timeout } from '../fields/options';
import { outputField } from '../fields/output';
import { pool } from '../run/pool';
import { configFingerprint } from './configFingerprint';
import { firstSync } from './firstSync';
import { createLeftOut, type LeftOut } from './leftOut';
import { pollError } from './pollError';
import { lockPoll } from './pollLock';
import { sampleOf } from './sample';
import { cocSource, type CocSource } from './source';
import { sync } from './sync';
import { keepUncommitted, uncommittedSince } from './uncommittedState';

/** Fewer than COC gives at most, so that an answer stays small. */
const PER_PAGE = 100;
/** So few that they are read well within the time that n8n grants a poll. */
const PER_SLICE = 20;
/** Most details read at once. */
const CONCURRENCY = 5;
/** What n8n grants a poll where it doesn't say so. In ms. */
const USUAL_BUDGET_MS = 5 * 60_000;

const fields = {
	events,
	filters: traitFilters,
	output: outputField(INCIDENT_SHAPE),
	options: collectionField(OPTIONS, { timeout }),
};

type Settings = Values<typeof fields>;

/** The trigger's properties. */
export const triggerProperties: INodeProperties[] = propertiesOf(fields);

/** An event, and all that is put out of it. */
type Emitted = TicketEvent & { data: IDataObject; eventId: string };

/** One poll: the items of what happened since the last one; null when nothing has. */
export async function pollCoc(context: IPollFunctions): Promise<INodeExecutionData[][] | null> {
	const settings = readFields(fields, triggerInput(context, triggerProperties));
	if (!settings.ok) {
		const failure = refusedInput(settings);
		const message = `${capitalized(failure.reason)}. ${failure.hint}`;
		throw nodeError(context.getNode(), failure, { message, description: '' });
	}
	const isTest = context.getMode() === 'manual';
	const stored = isTest ? undefined : context.getWorkflowStaticData('node').memory;
	const state = isTest ? null : readState(context, stored);
	const lock = isTest ? null : lockPoll(nodeOf(context), stored, state !== null, realClock);
	if (lock?.isRefused) return null;
	try {
		const emitted = isTest
			? await sample(context, settings.value)
			: await follow(context, settings.value, state);
		if (!emitted.ok) {
			const { retryAfterMs } = emitted.failure;
			if (retryAfterMs !== null) lock?.backOffUntil(realClock.now() + retryAfterMs);
			throw pollError(context.getNode(), emitted.failure, isTest || state !== null);
		}
		const { output } = settings.value;
		const items = emitted.value.map((event) => eventItem(event, output));
		if (items.length === 0) return null;
		lock?.emits();
		return [items];
	} finally {
		lock?.release();
	}
}

/** What happened since the last poll; the state moves on only once all of it could be read. */
async function follow(
	context: IPollFunctions,
	settings: Settings,
	state: State | null,
): Promise<Read<Emitted[]>> {
	const endsAt = realClock.now() + (context.getPollBudgetMs?.() ?? USUAL_BUDGET_MS) / 2;
	const leftOut = createLeftOut(context);
	for (const sentence of unknownKeys(settings.filters)) leftOut.warn(sentence);
	const source = await openSource(context, settings, endsAt, leftOut);
	if (!source.ok) return source;
	const data = context.getWorkflowStaticData('node');
	const limits = { perPage: PER_PAGE, perSlice: PER_SLICE, concurrency: CONCURRENCY };
	const isOver = () => realClock.now() >= endsAt;
	const result =
		state === null
			? await firstSync(source.value, limits, configFingerprint(context.getNode().parameters))
			: await sync(source.value, state, { ...limits, isOver }, (status) =>
					wantsMoves(settings.events, status),
				);
	if (!result.ok) return result;
	const failure = leftOut.failure();
	if (failure !== null) return { ok: false, failure };
	if (state === null && data.memory !== undefined) context.logger?.warn(BEGINS_ANEW);
	const emitted = result.value.emit.filter(({ event }) => settings.events.includes(event));
	if (emitted.length === 0) keepUncommitted(nodeOf(context), data.memory, result.value.state);
	data.memory = toStored(result.value.state) as unknown as IDataObject;
	return { ok: true, value: await withIds(source.value, emitted) };
}

/** Reads the histories that the events' IDs depend on. */
async function withIds(
	source: CocSource,
	found: Array<TicketEvent & { detail: Detail }>,
): Promise<Emitted[]> {
	const emitted = new Array<Emitted>(found.length);
	await pool(
		found.length,
		CONCURRENCY,
		() => ({ key: null }),
		async (index) => {
			const { detail, ...event } = found[index]!;
			const history = isNamedByHistory(event, detail) ? await source.history(event.ticket) : null;
			const eventId = eventIdOf(event, detail, history);
			emitted[index] = { ...event, data: detail.data, eventId };
		},
	);
	return emitted;
}

/** The state that the node's settings belong to; null when it has to begin. */
function readState(context: IPollFunctions, stored: unknown): State | null {
	const fingerprint = configFingerprint(context.getNode().parameters);
	const state = [uncommittedSince(nodeOf(context), stored), fromStored(stored)].find(
		(one) => one !== null && (one.configFingerprint ?? fingerprint) === fingerprint,
	);
	return state ? { ...state, configFingerprint: fingerprint } : null;
}

const BEGINS_ANEW =
	"The COC Incident Trigger starts from now: its 'Trigger On' or 'Filters' are other ones, or this version can not read what it remembered.";

/** A ticket of now, for the editor; it shows what is thrown, and nothing where nothing comes. */
async function sample(context: IPollFunctions, settings: Settings): Promise<Read<Emitted[]>> {
	const endsAt = realClock.now() + USUAL_BUDGET_MS / 2;
	const source = await openSource(context, settings, endsAt, createLeftOut(context));
	if (!source.ok) return source;
	const sampled = await sampleOf(source.value, settings.events, settings.filters);
	if (!sampled.ok) return sampled;
	const { value } = sampled;
	if (value.found) return { ok: true, value: await withIds(source.value, [value.found]) };
	throw new NodeOperationError(context.getNode(), `No test event: ${value.reason}. ${value.hint}`);
}

async function openSource(
	context: IPollFunctions,
	{ filters, options }: Settings,
	endsAt: number,
	leftOut: LeftOut,
): Promise<Read<CocSource>> {
	const session = await openSession(context);
	if (!session.ok) return { ok: false, failure: credentialFailure(session) };
	const speed = { concurrency: CONCURRENCY, requestsPerSecond: null };
	const client = openClient(session.value, speed, realClock);
	const bounds = { filters, timeoutMs: options.timeout, endsAt, leftOut };
	return { ok: true, value: cocSource(client, bounds) };
}
