import type { IDataObject } from 'n8n-workflow';
import { credentialFailure, noAnswerFailure } from '../errors/failure';
import { newEffort } from '../client/retryLoop';
import type { Traffic } from '../client/client';
import type { Work } from './operation';
import { readFromCoc, type Read, type Reading } from '../client/read';

/** Reads something; not once the run is stopped. */
export type Ask = <T>(reading: Reading<T>) => Promise<Read<T>>;

/**
 * A read as an item's work.
 *
 * @param timeoutMs bound on each exchange
 * @param read hands back the output item's data, or that of any number of items
 */
export function reading(
	timeoutMs: number,
	read: (ask: Ask, traffic: Traffic) => Promise<Read<IDataObject | IDataObject[]>>,
): Work {
	return {
		lane: null,
		async carryOut(run, words) {
			if (!run.traffic.ok) return credentialFailure(run.traffic);
			const traffic = run.traffic.value;
			const ask: Ask = async (wanted) => {
				const halted = traffic.brake.halted('write');
				if (halted === null) return await readFromCoc(traffic, newEffort(), wanted, timeoutMs);
				const failure = noAnswerFailure(halted, words);
				return { ok: false, failure: { ...failure, outcome: 'notRead' } };
			};
			const found = await read(ask, traffic);
			return found.ok ? { outcome: 'read', json: found.value } : found.failure;
		},
	};
}
