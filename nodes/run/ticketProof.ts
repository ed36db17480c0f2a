import type { CocClient } from '../client/client';
import type { ItemBudget } from '../client/retryLoop';
import { NO_SUCH_TICKET } from '../coc/classify';
import { findWrite, type KnownWrites } from '../coc/findWrite';
import type { History, TicketState } from '../coc/history';
import type { Trace } from '../coc/trace';
import type { OwnWrites, TicketWrites } from './earlierTries';
import { unreadable, type Patience, type ReadBack } from './readBack';
import { createRecordReader, type SentTask } from './recordReader';
import type { Proof } from './sendUntilKnown';

/** A ticket right before a write; null for what nobody read. */
export interface Before {
	history: History | null;
	state: TicketState | null;
	task: SentTask | null;
}

/** A change of a ticket whose answer may get lost. */
export interface TracedChange {
	ticket: string;
	trace: Trace;
	patience: Patience;
	client: CocClient;
	ownWrites: OwnWrites;
	budget: ItemBudget;
	/** The user's bound on one exchange, in ms. */
	timeoutMs: number;
	/** What was known of the ticket right before the first send. */
	before: () => Before;
}

/** How COC's record of a ticket proves a change of it; `sending` is called when a send begins. */
export function ticketProof(change: TracedChange): Proof & { sending: () => void } {
	const { ticket, trace, patience, client, ownWrites, budget, timeoutMs, before } = change;
	let writes: TicketWrites | undefined;
	const begun = () => (writes ??= writesOf(client, ownWrites, ticket, trace));
	const known = (): KnownWrites => {
		const { firstSentAt, recorded, maybeRecorded } = begun();
		const { history, state } = before();
		return {
			since: client.clockOffset === null ? null : firstSentAt + client.clockOffset,
			...{ before: history, stateBefore: state, recorded, maybeRecorded },
		};
	};
	return {
		patience,
		sending: () => void begun(),
		async look(): Promise<ReadBack> {
			const reader = createRecordReader(client, budget, ticket, timeoutMs, before().task);
			const record = await reader.record();
			// The answers show COC's clock.
			if (record.ok) return { ...findWrite(trace, record.value, known()), isRead: true };
			const { reason, httpStatus, errorCode } = record.failure;
			// A ticket that doesn't exist can't have been changed. COC refuses with 400, or 200; a gateway
			// may repeat the code with another status.
			const isRefusal = httpStatus === 400 || httpStatus === 200;
			if (errorCode === NO_SUCH_TICKET && isRefusal) {
				return { shows: 'tooLate', seen: reason, isRead: true };
			}
			return unreadable(record.failure);
		},
		recorded: () => void begun().recorded.push(trace.text),
		unproven: () => void (begun().maybeRecorded = true),
	};
}

function writesOf(
	{ session, clock }: CocClient,
	ownWrites: OwnWrites,
	ticket: string,
	{ operator }: Trace,
): TicketWrites {
	return ownWrites.of(session.credential.endpoint.url, ticket, operator, clock.now());
}
