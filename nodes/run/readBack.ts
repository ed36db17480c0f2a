import type { IDataObject } from 'n8n-workflow';
import type { CocClient } from '../client/client';
import { readBackMs } from '../client/policy';
import type { ItemBudget } from '../client/retryLoop';
import type { Finding } from '../coc/findWrite';
import type { Failure } from '../errors/failure';
import { recordTimeout } from './recordReader';

/**
 * What COC's record shows after a lost answer. `isFinal`: reading again would find the same. `isRead`:
 * whether the record could be read. `found`: what the output item has of it.
 */
export type ReadBack = Finding & { isFinal?: boolean; isRead: boolean; found?: IDataObject };

/** Most reads of the record after a lost answer. */
const MOST_READS = 3;

/**
 * COC may still be at work on a request whose answer was lost: only what so many reads in a row, this
 * far apart in ms, don't show counts as not applied.
 */
export interface Patience {
	reads: 1 | 2 | typeof MOST_READS;
	betweenMs: number;
}

/** Where the record may lag behind by seconds. */
export const TWICE_IN_TEN_SECONDS: Patience = { reads: 2, betweenMs: 10_000 };

/**
 * Reads COC's record until it shows the write, or often enough that it doesn't, within bounds.
 *
 * @param mostMs the user's bound on one exchange, in ms
 * @param look reads the record once
 */
export async function readBack(
	client: CocClient,
	budget: ItemBudget,
	mostMs: number,
	patience: Patience,
	look: () => Promise<ReadBack>,
): Promise<ReadBack> {
	const longest = readBackMs(recordTimeout(mostMs), patience.betweenMs);
	budget.readBackEndsAt = client.clock.now() + longest;
	const found = await readUntilKnown(client, budget, patience, look);
	budget.readBackEndsAt = null;
	return found;
}

async function readUntilKnown(
	{ stop, clock }: CocClient,
	budget: ItemBudget,
	patience: Patience,
	look: () => Promise<ReadBack>,
): Promise<ReadBack> {
	const isCancelled = () => stop.reason === 'cancelled';
	let seen: string | null = null;
	let isRead = false;
	let before: ReadBack['shows'] | undefined;
	let alike = 0;
	// While COC asks to be left alone, its record isn't read either.
	for (let reads = 1; stop.wait === null; reads++) {
		const found = await look();
		const { shows } = found;
		isRead ||= found.isRead;
		if (shows === 'applied' || found.isFinal === true) return found;
		alike = shows === before ? alike + 1 : 1;
		if (alike >= patience.reads && shows !== 'unclear') return found;
		if (stop.wait === null || seen === null) ({ seen } = found);
		before = shows;
		const pause = patience.betweenMs * (1 + clock.random() / 2);
		const isLate = budget.readBackEndsAt !== null && clock.now() + pause >= budget.readBackEndsAt;
		if (reads === MOST_READS || isLate || isCancelled()) break;
		await stop.sleepBetweenReads(pause);
		// Cut short: the next read comes too soon to prove that nothing was done.
		if (isCancelled()) before = undefined;
	}
	return { shows: 'unclear', seen: seen ?? 'nothing, it was not looked at', isRead };
}

/** A record that can't be read shows nothing. */
export function unreadable({ reason, cause, httpStatus, errorCode }: Failure): ReadBack {
	const isFinal = cause === 'credential-invalid' || (httpStatus === 403 && errorCode !== null);
	return { shows: 'unclear', seen: reason, isFinal, isRead: false };
}
