/** Whether an item's outcome is borne out by all that came back, read by the contract alone. */
import type { Exchanged } from './generate/deployment.cts';
import type { Item } from './item.cts';
import { mayBeRefused, mayBeRepeated, mayBeSuccess, objectIn, own, type Came } from './oracle.cts';
import * as record from './recordOracle.cts';

/** A look at the record, and when it was complete. */
interface Seen extends record.Look {
	at: number;
	/** Its place in the log. */
	index: number;
}

const answered = ({ came }: Exchanged): Came | undefined =>
	typeof came === 'object' ? came : undefined;

export const isProvenUndone = ({ came }: Exchanged) =>
	came === 'neverSent' || (came !== 'lost' && mayBeRefused(came));
export const isProvenRepeatable = ({ came }: Exchanged) =>
	came === 'neverSent' || (came !== 'lost' && mayBeRepeated(came));

/** Whatever its body says. */
export const isPlainlyUndone = ({ came, mayBeLost }: Exchanged) =>
	came === 'neverSent' || (came !== 'lost' && !mayBeLost && mayBeRefused({ ...came, body: '' }));

/** An item, as far as its outcome is to be judged. */
export type Judged = Omit<Item, 'result' | 'shown'> & { result: { outcome: string } };

/** What is wrong with the outcome; null when nothing is. */
export function faultOf({ wanted, options, log, result }: Judged): string | null {
	const writes = log.flatMap((exchanged, index) =>
		exchanged.kind === 'write' ? [{ ...exchanged, index }] : [],
	);
	const looks = looksIn(log);
	const first = writes[0];
	const since = first?.at ?? Infinity;
	const last = writes.at(-1);
	const lost = writes.filter((write) => !isProvenUndone(write));
	const after = (index: number) => looks.filter((look) => look.index > index);

	if (writes.length > 6 || log.length > 120) return 'no end of requests';
	for (const [place, write] of writes.entries()) {
		const next = writes[place + 1];
		if (!next || isProvenRepeatable(write)) continue;
		const between = after(write.index).filter(({ index }) => index < next.index);
		if (!provesTwice(between, (look) => record.mayBeSentAgain(look, wanted, since))) {
			return 'sent again without proof';
		}
	}
	if (first && options.checkStatus) {
		const before = looks.filter(({ index }) => index < first.index).at(-1);
		const detail = log.slice(0, first.index).findLast(({ kind }) => kind === 'detail');
		const came = detail && answered(detail);
		if (!(came && record.mayBeVerified(came))) return 'sent against Check Status First';
		if (options.ifAlreadyVerified === 'succeed' && !before) return 'sent without the history';
	}

	const came = last && answered(last);
	switch (result.outcome) {
		case 'applied':
			return came && mayBeSuccess(came) ? null : 'a false applied';
		case 'recovered': {
			const isDated = log.some((exchanged) => exchanged.isDated);
			// Without COC's clock only what is newer than all that was there before.
			const before = looks.filter(({ index }) => index < (first?.index ?? 0)).at(-1);
			const shown = after(first?.index ?? Infinity).some((look) =>
				isDated
					? record.mayBeRecovered(look, wanted, since)
					: before !== undefined && record.mayBeNew(look, before, wanted),
			);
			return shown && !writes.every(isPlainlyUndone) ? null : 'a false recovered';
		}
		case 'alreadyVerified': {
			// Before anything was sent, or after COC's own refusal.
			const shown = after(last?.index ?? -1).some((look) => record.mayBeAlready(look, wanted));
			const isUndone = last === undefined || isProvenUndone(last);
			return shown && isUndone && options.ifAlreadyVerified === 'succeed'
				? null
				: 'a false alreadyVerified';
		}
		case 'notSent':
			return writes.every(isProvenUndone) ? null : 'a false notSent';
		case 'refused': {
			if (!last) return 'refused without a request';
			if (lost.length === 0) return isProvenUndone(last) ? null : 'a false refused';
			const own = came && mayBeRefused(came);
			const shows = own ? record.isAbsent : record.mayBeUndone;
			const proofs = after(last.index).filter((look) => shows(look, wanted, since)).length;
			const gone = log.slice(last.index).filter(saysGone).length;
			return proofs + gone >= 2 ? null : 'a refused that the record does not prove';
		}
		case 'unknown':
			return writes.every(isPlainlyUndone) ? 'unknown though nothing was lost' : null;
		default:
			return `no outcome of a verification: ${result.outcome}`;
	}
}

/** The last two looks agree, at least a second apart. */
function provesTwice(looks: Seen[], proves: (look: Seen) => boolean): boolean {
	const [one, two] = looks.slice(-2);
	return !!one && !!two && proves(one) && proves(two) && two.at - one.at >= 1000;
}

/** COC's own word that there is no such ticket. */
export function saysGone(exchanged: Exchanged): boolean {
	const came = exchanged.kind === 'write' ? undefined : answered(exchanged);
	if (!came || !mayBeRefused(came)) return false;
	return own(objectIn(came) ?? {}, 'error_code') === 'COC.00067003';
}

/** Each detail that came, with the history before it; of several tries the last one counts. */
function looksIn(log: Exchanged[]): Seen[] {
	const looks: Seen[] = [];
	let history: Came | undefined;
	log.forEach((exchanged, index) => {
		const came = answered(exchanged);
		if (exchanged.kind === 'write') history = undefined;
		if (exchanged.kind === 'history') history = came;
		const isLastTry = log[index + 1]?.kind !== 'detail';
		if (exchanged.kind === 'detail' && isLastTry && came && history) {
			looks.push({ history, detail: came, at: exchanged.at, index });
		}
	});
	return looks;
}
