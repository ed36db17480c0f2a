import type { IDataObject } from 'n8n-workflow';
import { credentialFailure } from '../errors/failure';
import { readCreated } from '../coc/calls/createCocIncident';
import { outcomeOfAnswer } from '../coc/classify';
import { callToWrite, newEffort } from '../client/retryLoop';
import { actorOf, dryRunOf, type Sending } from './dryRun';
import { failureOf, waitTold } from '../client/failureOf';
import type { Work } from './operation';

/** A new ticket, as an operation describes it. */
export interface Creation extends Sending {
	/** What to do when it isn't known whether there is a ticket now, in full sentences. */
	whereToLook: (creator: string, sentAt: Date) => string;
}

/**
 * A creation as an item's work. It is sent again as long as it is proven that nothing was created;
 * not after a lost answer: a second ticket would look just like the first.
 */
export function creating(wanted: Creation): Work {
	return {
		lane: null,
		async carryOut(run, words) {
			if (!run.traffic.ok) return credentialFailure(run.traffic);
			const traffic = run.traffic.value;
			const { session, clock } = traffic;
			if (wanted.dryRun) return await dryRunOf(wanted, session, null);

			let creator = '';
			let sentAt = 0;
			const result = await callToWrite(traffic, newEffort(), () => {
				creator = actorOf(wanted, session);
				sentAt = clock.now();
				return { ...wanted.call(creator), timeoutMs: wanted.timeoutMs };
			});
			if ('answer' in result && outcomeOfAnswer(result.answer) === 'applied') {
				const response: IDataObject | null = result.answer.envelope;
				const ticket = readCreated(result.answer);
				const json = { ...wanted.fields(creator), ticket, outcome: 'applied', response };
				return { outcome: 'applied', json };
			}
			const failure = failureOf(result, session, words, wanted.timeoutMs);
			if (failure.outcome !== 'unknown') return waitTold(failure, result);
			const hint = wanted.whereToLook(creator, new Date(sentAt));
			return waitTold({ ...failure, hint }, result);
		},
	};
}
