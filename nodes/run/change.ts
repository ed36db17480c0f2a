import { credentialFailure, type Failure, type OperationWords } from '../errors/failure';
import type { Step } from '../coc/step';
import { newEffort } from '../client/retryLoop';
import { actorOf, dryRunOf, type Sending } from './dryRun';
import type { Work } from './operation';
import { createReader, type Reader } from '../client/read';
import { sendUntilKnown } from './sendUntilKnown';
import type { Done, Run } from './itemResult';

/** A write for a ticket, as an operation describes it. */
export interface Write extends Sending {
	ticket: string;
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
	const effort = newEffort();
	const reader = createReader(traffic, effort, wanted.ticket, wanted.timeoutMs);
	const actor = () => actorOf(wanted, session);
	const verdict = wanted.check && (await wanted.check(reader, actor));

	if (wanted.dryRun) return await dryRunOf(wanted, session, wouldBeAccepted(verdict));
	if (verdict?.says === 'alreadyVerified') {
		const { says: outcome } = verdict;
		return { outcome, json: { ...wanted.fields(actor()), outcome, response: null } };
	}
	if (verdict && verdict.says !== 'go') return verdict.failure;
	const ledger = run.ledger.at(session.credential.endpoint.url);
	const before = reader.latest?.history ?? null;
	return await sendUntilKnown({ traffic, ledger, effort, reader, before, words, actor }, wanted);
}

function wouldBeAccepted(verdict: Verdict | null): boolean | null {
	if (verdict === null || verdict.says === 'unreadable') return null;
	return verdict.says === 'go' && verdict.wouldBeAccepted;
}
