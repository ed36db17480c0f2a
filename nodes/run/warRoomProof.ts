import { ONCE_MORE } from '../client/policy';
import { keyOfWarRoom, readWarRooms } from '../client/warRoomPages';
import { EVER, type ListedWarRoom, type WarRoomQuery } from '../coc/calls/listWarRooms';
import { warRoomOf } from '../coc/calls/showCocIncidentDetail';
import { cleanText } from '../coc/cleanText';
import { compareTexts } from '../coc/compareTexts';
import { timeOf } from '../coc/json';
import type { TicketWrites } from './earlierTries';
import { TWICE_IN_TEN_SECONDS, unreadable, type ReadBack } from './readBack';
import type { ReadRecord } from './recordReader';
import type { RecordProof } from './write';

/** A new war room whose answer may get lost; title and administrator are those that were sent. */
interface SentWarRoom {
	ticket: string;
	title: string;
	administrator: string;
	/** The incident's war rooms right before. */
	before: ListedWarRoom[];
	/** When it wasn't sent yet, in ms by COC's clock; null when that isn't known. */
	since: number | null;
	/** What this run did for the incident. */
	writes: TicketWrites;
}

/** All war rooms of an incident, however old. */
export function ofIncident(ticket: string): WarRoomQuery {
	return { incident_num: ticket, triggered_start_time: EVER };
}

/**
 * How COC's record shows a new war room: its list has a new one with title and administrator. It wasn't
 * created where the incident names none either, read twice at least ten seconds apart.
 */
export function warRoomProof(sent: SentWarRoom): RecordProof {
	const { writes } = sent;
	return {
		patience: TWICE_IN_TEN_SECONDS,
		mostLostSends: ONCE_MORE,
		async look(read) {
			const found = await lookFor(sent, read);
			const number = found.found?.warRoom;
			if (typeof number === 'string') writes.recorded.push(number);
			return found;
		},
		unproven: () => void (writes.maybeRecorded = true),
	};
}

async function lookFor(sent: SentWarRoom, read: ReadRecord): Promise<ReadBack> {
	const { ticket, before, writes } = sent;
	const listed = await readWarRooms(read, ofIncident(ticket));
	if (!listed.ok) return unreadable(listed.failure);
	const known = new Set([...before.map(keyOfWarRoom), ...writes.recorded]);
	const fresh = listed.value.filter((room) => !known.has(keyOfWarRoom(room)));
	const [ours, ...others] = fresh.filter((room) => isSent(room, sent));
	if (ours && ours.number !== null && others.length === 0 && !writes.maybeRecorded) {
		return { shows: 'applied', isRead: true, found: { warRoom: ours.number } };
	}
	const unclear = (seen: string): ReadBack => ({ shows: 'unclear', seen, isRead: true });
	if (fresh.length > 0) return unclear(`it has ${named(fresh)}, which may be this one`);
	const ofTicket = await read(warRoomOf(ticket));
	if (!ofTicket.ok) return unreadable(ofTicket.failure);
	const none = 'no new war room of it is listed';
	const { warRoom } = ofTicket.value;
	return warRoom === null
		? { shows: 'absent', seen: `${none}, and it names none`, isRead: true }
		: unclear(`${none}, but it names the war room ${cleanText(warRoom)}`);
}

/** COC's clock in its answers and in its records may differ by this much, in ms. */
const TOLERANCE_MS = 1000;

function isSent({ row, title, administrator }: ListedWarRoom, sent: SentWarRoom): boolean {
	const at = timeOf(row.create_time);
	const isEarlier = at !== null && sent.since !== null && at < sent.since - TOLERANCE_MS;
	const isAlike = title !== null && compareTexts(title, sent.title) === 'same';
	return isAlike && administrator === sent.administrator && !isEarlier;
}

const MOST_NAMED = 3;

/** "the war rooms W1, W2" */
function named(rooms: ListedWarRoom[]): string {
	const numbers = rooms.map(({ number }) => cleanText(number) ?? 'one without a number');
	const more = numbers.length > MOST_NAMED ? ' …' : '';
	const what = numbers.length === 1 ? 'the new war room' : 'the new war rooms';
	return `${what} ${numbers.slice(0, MOST_NAMED).join(', ')}${more}`;
}
