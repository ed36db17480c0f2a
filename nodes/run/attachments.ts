import type { CocClient } from '../client/client';
import { newItemBudget } from '../client/retryLoop';
import { uploadAttachment, uploadedId, UPLOAD_ACTION } from '../coc/calls/uploadAttachment';
import { unreadFailure, type Failure, type OperationWords } from '../errors/failure';
import { refusedInput } from '../errors/refusedInput';
import { ofField } from '../fields/field';
import { sendable } from '../fields/inputFile';
import { FILES, type TicketFile } from '../fields/ticketFiles';
import { harmless, sendUntilKnown } from './sendUntilKnown';

/** The files that go with a change of a ticket. */
export interface Attachments {
	/** Their IDs; of one that isn't uploaded yet its name. */
	readonly ids: string[];
	/** Whether one isn't. */
	readonly isWaiting: boolean;
	/** Uploads those that aren't; why that failed, or null. */
	upload(client: CocClient, timeoutMs: number): Promise<Failure | null>;
}

/** Checks all of them before anything is sent. */
export async function attachmentsOf(files: TicketFile[]): Promise<Attachments | Failure> {
	const ids: string[] = [];
	const waiting: Array<{ at: number; file: File }> = [];
	for (const [at, one] of files.entries()) {
		if ('id' in one) {
			ids.push(one.id);
			continue;
		}
		const file = ofField(FILES, await sendable(one.file, FILES));
		if (!file.ok) return refusedInput(file);
		ids.push(file.value.name);
		waiting.push({ at, file: file.value });
	}
	return {
		ids,
		get isWaiting() {
			return waiting.length > 0;
		},
		async upload(client, timeoutMs) {
			for (let next = waiting[0]; next !== undefined; next = waiting[0]) {
				const id = await uploaded(client, next.file, timeoutMs);
				if (typeof id !== 'string') return id;
				ids[next.at] = id;
				waiting.shift();
			}
			return null;
		},
	};
}

const WORDS: OperationWords = {
	done: 'uploaded',
	iamAction: UPLOAD_ACTION,
	refusedHint: 'Check that COC takes files of this type, and that the file is what its name says.',
};

/** The ID of a file once it is uploaded. The ticket isn't changed without it. */
async function uploaded(
	client: CocClient,
	file: File,
	timeoutMs: number,
): Promise<string | Failure> {
	const request = { ...uploadAttachment(file), timeoutMs };
	const sent = await sendUntilKnown({
		...{ client, budget: newItemBudget(), timeoutMs, words: WORDS, proof: harmless },
		sending: () => undefined,
		request: async () => await Promise.resolve({ ok: true, value: request }),
	});
	const id = 'outcome' in sent || sent.answer === null ? null : uploadedId(sent.answer);
	if (id !== null) return id;
	const failure = 'outcome' in sent ? sent : unreadFailure('COC answered without its ID', '');
	const reason = `the file "${file.name}" was not uploaded: ${failure.reason}`;
	const isLost = failure.outcome === 'unknown' || failure.outcome === 'notRead';
	return {
		...{ ...failure, outcome: 'notSent', reason },
		...(isLost && { hint: '', again: 'later' }),
	};
}
