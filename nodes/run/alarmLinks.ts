import type { IDataObject } from 'n8n-workflow';
import type { CocClient } from '../client/client';
import { ONCE_MORE } from '../client/policy';
import type { ReadCoc } from '../client/read';
import type { CocRequest } from '../coc/call';
import { linkOf, type Link } from '../coc/calls/showAlarm';
import { cleanText } from '../coc/cleanText';
import { inputFailure, type Failure, type Read } from '../errors/failure';
import type { Fields } from '../fields/field';
import type { TicketFile } from '../fields/ticketFiles';
import { attachmentsOf } from './attachments';
import { written, type Done } from './itemResult';
import { TWICE_IN_TEN_SECONDS, unreadable, type ReadBack } from './readBack';
import type { Plan, Planning } from './write';

/** An incident that is to be made of alarms. */
interface Wanted {
	alarms: string[];
	title: string;
	ifLinked: 'return' | 'fail';
	files: TicketFile[];
	/** Nothing is uploaded then. */
	dryRun: boolean;
}

/**
 * One incident for all alarms, unless they have one: the alarms themselves say which is theirs, before
 * and after.
 *
 * @param requestWith the call with files, by their IDs, joined by commas; empty for none
 */
export async function planLinking<F extends Fields>(
	wanted: Wanted,
	requestWith: (files: string) => CocRequest,
	shown: IDataObject,
	planning: Pick<Planning<F>, 'client' | 'readCoc' | 'addHint' | 'timeoutMs'>,
): Promise<Plan | Done | Failure> {
	const { alarms, title, ifLinked, dryRun } = wanted;
	const { client, readCoc, addHint, timeoutMs } = planning;
	const attachments = await attachmentsOf(wanted.files);
	if ('outcome' in attachments) return attachments;
	const linked = async () => {
		const read = await readLinks(client, alarms, readCoc);
		return read.ok ? linkedAlready(read.value, ifLinked) : read.failure;
	};
	let ended = await linked();
	if (ended === null && attachments.isWaiting && !dryRun) {
		// While a file is uploaded, the alarms may get an incident.
		ended = (await attachments.upload(client, timeoutMs)) ?? (await linked());
	}
	if (ended !== null) return ended;
	const { ids } = attachments;
	return {
		request: requestWith(ids.join()),
		shown: { ticket: null, ...shown, ...(ids.length > 0 && { files: ids }) },
		// What it holds isn't documented.
		take: () => ({}),
		proof: {
			patience: TWICE_IN_TEN_SECONDS,
			mostLostSends: ONCE_MORE,
			look: async (read) => await lookForLinks(client, alarms, read),
		},
		check: (sentAt) =>
			`before you repeat it, look whether the alarms have an incident now, and among COC's incidents for "${cleanText(title)}", created about ${new Date(sentAt).toISOString()}`,
		async afterwards({ ticket }) {
			if (ticket !== null) return {};
			const after = await linkedWhenKnown(client, alarms, readCoc);
			const made = incidentsOf(after);
			if (made.length > 1) addHint(`COC has made several incidents: ${describeLinks(after)}.`);
			if (made.length === 0) addHint(NOT_YET);
			return shownLinks(after);
		},
	};
}

/** How the item ends where alarms have an incident; null where none has one. */
function linkedAlready(links: Link[], ifLinked: Wanted['ifLinked']): Done | Failure | null {
	const { length: incidents } = incidentsOf(links);
	if (incidents === 0) return null;
	if (incidents > 1) return inputFailure(describeLinks(links), SEVERAL);
	if (ifLinked === 'fail') return inputFailure(describeLinks(links), LINKED);
	const alarms = links.map(({ alarm }) => alarm);
	return written({ ...shownLinks(links), alarms }, 'existing');
}

const SEVERAL = 'Give alarms of one incident, or of none.';
const LINKED = "Leave out what has one, or let 'If Already Linked' return it.";
const NOT_YET =
	"COC has made an incident, but its alarms don't name it yet: read one of them later, by 'Get'.";

/** Which incident each of some alarms belongs to. */
async function readLinks(
	{ manyReads }: CocClient,
	alarms: string[],
	readOne: ReadCoc,
): Promise<Read<Link[]>> {
	const hint = 'Check the alarm ID, and who may see the alarm.';
	const read = await Promise.all(
		alarms.map(
			async (alarm) => await manyReads.run(async () => await readOne(linkOf(alarm), hint)),
		),
	);
	const links: Link[] = [];
	for (const [index, link] of read.entries()) {
		if (link.ok) {
			links.push(link.value);
			continue;
		}
		const reason = `the alarm ${alarms[index]} can't be read: ${link.failure.reason}`;
		return { ok: false, failure: { ...link.failure, reason } };
	}
	return { ok: true, value: links };
}

/** The incidents that alarms belong to, each once. */
function incidentsOf(links: Link[]): string[] {
	const incidents = links.flatMap(({ incident }) => (incident === null ? [] : [incident]));
	return [...new Set(incidents)];
}

/** What an output has of it: the incident, and the alarms that it doesn't have. */
function shownLinks(links: Link[]): IDataObject {
	const without = links.filter(({ incident }) => incident === null).map(({ alarm }) => alarm);
	return {
		ticket: incidentsOf(links)[0] ?? null,
		...(without.length > 0 && without.length < links.length && { unlinkedAlarms: without }),
	};
}

/** "ALM1 belongs to IM1, ALM2 to none" */
function describeLinks(links: Link[]): string {
	const each = links
		.slice(0, MOST_NAMED)
		.map(({ alarm, incident }) => `${alarm} belongs to ${incident ?? 'no incident'}`);
	return each.join(', ') + (links.length > MOST_NAMED ? ' …' : '');
}

const MOST_NAMED = 10;

/** What the alarms show of an incident that none of them had before. */
async function lookForLinks(
	client: CocClient,
	alarms: string[],
	readOne: ReadCoc,
): Promise<ReadBack> {
	const links = await readLinks(client, alarms, readOne);
	if (!links.ok) return unreadable(links.failure);
	const linked = links.value.filter(({ incident }) => incident !== null).length;
	const shows = linked === 0 ? 'absent' : linked === alarms.length ? 'applied' : 'unclear';
	const found = shownLinks(links.value);
	return { shows, seen: describeLinks(links.value), isRead: true, found };
}

/** How long a success answer's incident is waited for, and between two reads, in ms. */
const WAIT = { total: 10_000, between: 2000 } as const;

/** The incident that COC has made, once all alarms name it, or what they say in the end. */
async function linkedWhenKnown(
	client: CocClient,
	alarms: string[],
	readOne: ReadCoc,
): Promise<Link[]> {
	const { clock, stop } = client;
	const endsAt = clock.now() + WAIT.total;
	for (;;) {
		const read = await readLinks(client, alarms, readOne);
		const links = read.ok ? read.value : [];
		const isKnown = read.ok && links.every(({ incident }) => incident !== null);
		if (isKnown || stop.reason !== null || clock.now() >= endsAt) return links;
		await stop.sleep(WAIT.between);
	}
}
