import type { IDataObject } from 'n8n-workflow';
import { credentialFailure, type Failure, type OperationWords } from '../contract/explain';
import type { Step } from '../contract/step';
import { newEffort } from '../http/call';
import { ensureToken, ownUserId } from '../http/renewal';
import type { CocRequest } from '../http/send';
import type { Work } from './operation';
import { createReader, type Reader } from './reader';
import { sendUntilKnown } from './sends';
import type { Done, Run } from './settled';

/** A write for a ticket, as an operation describes it. */
export interface Write {
	ticket: string;
	/** IAM user ID of the person who acts; null for the credential's own user. */
	actor: string | null;
	/** Bound on each exchange, in ms. */
	timeoutMs: number;
	/** Says what would be sent, and sends nothing. */
	dryRun: boolean;
	call: (actor: string) => Omit<CocRequest, 'timeoutMs'>;
	/** The fields of the output item, besides `outcome` and `response`. */
	fields: (actor: string) => IDataObject;
	/** Looks before the write, where the user wants that. */
	check: ((reader: Reader, actor: () => string) => Promise<Verdict>) | null;
	/** What the write is in COC's record, which tells what came of it after an answer was lost. */
	step: (actor: string) => Step;
}

/** What a look before the write found. */
export type Verdict =
	| { says: 'go'; wouldBeAccepted: boolean }
	/** The very thing was done before: nothing to send. */
	| { says: 'alreadyVerified' }
	/** COC would refuse it. */
	| { says: 'no'; failure: Failure }
	/** It can't be told. */
	| { says: 'unreadable'; failure: Failure };

/** A write as an item's work: writes to one ticket go one after the other. */
export function writing(wanted: Write): Work {
	return {
		lane: wanted.ticket,
		carryOut: async (run, words) => await write(run, wanted, words),
	};
}

async function write(run: Run, wanted: Write, words: OperationWords): Promise<Done | Failure> {
	if (!run.traffic.ok) return credentialFailure(run.traffic);
	const traffic = run.traffic.value;
	const { session } = traffic;
	const effort = newEffort(traffic);
	const reader = createReader(traffic, effort, wanted.ticket, wanted.timeoutMs);
	const actor = () => wanted.actor ?? ownUserId(session);
	const verdict = wanted.check && (await wanted.check(reader, actor));

	if (wanted.dryRun) {
		// Only a token tells who the credential's own user is.
		if (wanted.actor === null) await ensureToken(session);
		if (session.closed) return credentialFailure(session.closed);
		return describe(wanted, actor(), session.credential.endpoint.url, verdict);
	}
	if (verdict?.says === 'alreadyVerified') {
		const { says: outcome } = verdict;
		return { outcome, json: { ...wanted.fields(actor()), outcome, response: null } };
	}
	if (verdict && verdict.says !== 'go') return verdict.failure;
	return await sendUntilKnown(
		{ traffic, ledger: run.ledger, effort, reader, words, actor },
		wanted,
	);
}

/** The item of a dry run. */
function describe(wanted: Write, actor: string, endpoint: string, verdict: Verdict | null): Done {
	const { method, path, body } = wanted.call(actor);
	return {
		outcome: 'dryRun',
		json: {
			...wanted.fields(actor),
			outcome: 'dryRun',
			response: null,
			request: { method, url: endpoint + path, body: body as IDataObject },
			wouldBeAccepted: wouldBeAccepted(verdict),
		},
	};
}

function wouldBeAccepted(verdict: Verdict | null): boolean | null {
	if (verdict === null || verdict.says === 'unreadable') return null;
	return verdict.says === 'go' && verdict.wouldBeAccepted;
}
