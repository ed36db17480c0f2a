/** Whether a change of a ticket ended as all that came back bears out, read by the contract alone. */
import { ACTIONS } from './contract.cts';
import * as record from './entryOracle.cts';
import type { Exchanged } from './generate/deployment.cts';
import type { ActionItem } from './item.cts';
import { isPlainlyUndone, isProvenRepeatable, isProvenUndone, saysGone } from './itemOracle.cts';
import { objectIn, own, mayBeRefused, mayBeSuccess, type Came } from './oracle.cts';
import { statusOf, type Look } from './recordOracle.cts';
import { answered, handledFault, heldBack, sentFault } from './sentOracle.cts';

/** A look at the record. */
interface Seen extends Look {
	at: number;
	index: number;
}

interface Write extends Exchanged {
	index: number;
}

/** What is wrong with the item; null when nothing is. */
export function actionFault(item: ActionItem): string | null {
	const { log } = item;
	if (log.length > 200) return 'no end of requests';
	const writes = log.flatMap((exchanged, index) =>
		exchanged.kind === 'write' ? [{ ...exchanged, index }] : [],
	);
	if (writes.length > 6) return 'no end of writes';
	if (writes.length === 0 && isV2(item)) {
		const held = heldBack(item);
		if (held) return 'held back what COC offers';
	}
	return sendsFault(item, writes) ?? outcomeFault(item, writes);
}

const isV2 = ({ asked }: ActionItem) => ACTIONS[asked.name].version === 'v2';

/** What is wrong with one of the writes, or with sending it at all. */
function sendsFault(item: ActionItem, writes: Write[]): string | null {
	const { log } = item;
	const sought = soughtIn(item, writes);
	let since = -1;
	for (const [place, write] of writes.entries()) {
		const before = writes[place - 1];
		// Renewed for another user: somebody else would act.
		if (item.actor !== null && isV2(item) && write.user !== item.actor)
			return 'sent as another user';
		if (before && isAgain(before)) {
			if (JSON.stringify(before.sent) !== JSON.stringify(write.sent)) since = before.index;
		} else if (before) {
			since = before.index;
		}
		const fault = isV2(item)
			? sentFault(item, write, log.slice(since + 1, write.index))
			: handledFault(item, write);
		if (fault !== null) return fault;
		if (!before) continue;
		const lost = writes.slice(0, place).filter((one) => !isProvenUndone(one));
		const [latest] = lost.slice(-1);
		if (latest) {
			const proof = twiceFault(item, sought, latest, write, writes[0]!);
			if (proof !== null) return proof;
		} else if (!isAgain(before)) {
			return 'sent again after a refusal';
		}
	}
	const renewed = writes.filter(
		(write, place) => place < writes.length - 1 && isTokenRefused(write),
	);
	return renewed.length > 1 ? 'renewed the token twice' : null;
}

/** Whether the same may be sent again on the strength of its answer alone. */
const isAgain = (write: Exchanged) => isProvenRepeatable(write) || isTokenRefused(write);

/** Once for an item, with a renewed token; not where the gateway says that a new one won't help. */
function isTokenRefused(write: Exchanged): boolean {
	const came = answered(write);
	if (!came || !mayBeRefused(came)) return false;
	const code = String(own(objectIn(came) ?? {}, 'error_code'));
	return /^APIGW?\.030[17]$/.test(code) || (came.status === 401 && !/^APIGW?\.0305$/.test(code));
}

/** What speaks against sending a write whose earlier answer was lost. */
function twiceFault(
	item: ActionItem,
	sought: record.Sought,
	lost: Write,
	next: Write,
	first: Write,
): string | null {
	const { log } = item;
	const between = (index: number) => index > lost.index && index < next.index;
	const looks = looksIn(log, lost.index).filter(({ index }) => between(index));
	const isAbsent = ({ history }: Look) => record.isAbsentFrom(history, sought);
	if (!isV2(item)) {
		const [one, two] = looks.slice(-2);
		if (!one || !two || two.at - one.at < 1000) return 'sent again without two looks';
		const waits = [one, two].every(
			(look) => isAbsent(look) && sought.action.from.includes(statusOf(look.detail)?.trim() ?? ''),
		);
		return waits ? null : 'sent again without proof';
	}
	const span = (looks.at(-1)?.at ?? 0) - (looks[0]?.at ?? 0);
	if (looks.length < 2 || span < 10_000) return 'sent again within 10 s';
	if (!looks.every(isAbsent)) return 'sent again though a look may show it';
	const histories = log.filter(({ kind }, index) => kind === 'history' && between(index));
	const readable = histories.map(answered).filter((came) => came && mayBeSuccess(came));
	if (!readable.every((came) => record.isAbsentFrom(came!, sought))) {
		return 'sent again though the history may show it';
	}
	for (const { detail } of looks) {
		const part = sought.before ? record.changedPart(detail, sought.before) : 'everything';
		if (part !== null) return `sent again though the ticket's ${part} changed`;
	}
	const id = ({ sent }: Write) => (sent as { task_id?: unknown }).task_id;
	return id(next) === id(first) ? null : 'sent again with another task ID';
}

function soughtIn(item: ActionItem, writes: Write[]): record.Sought {
	const [first] = writes;
	const last = (kind: Exchanged['kind']) => {
		const one = first && item.log.slice(0, first.index).findLast((read) => read.kind === kind);
		return one && answered(one);
	};
	return record.soughtOf(item, first?.at ?? Infinity, last('detail'), last('history'));
}

/** What is wrong with the outcome itself. */
function outcomeFault(item: ActionItem, writes: Write[]): string | null {
	const { log, result } = item;
	const sought = soughtIn(item, writes);
	const last = writes.at(-1);
	const came = last && answered(last);
	const lost = writes.filter((write) => !isProvenUndone(write));
	switch (result.outcome) {
		case 'applied':
			return came && mayBeSuccess(came) ? null : 'a false applied';
		case 'recovered': {
			if (!log.some(({ isDated }) => isDated)) return 'recovered without a clock';
			const looks = looksIn(log, writes[0]?.index ?? Infinity);
			const shown = looks.some((look) => record.shows(look, sought));
			return shown && !writes.every(isPlainlyUndone) ? null : 'a false recovered';
		}
		case 'notSent':
			return lost.length === 0 ? null : 'a false notSent';
		case 'refused': {
			if (!last) return 'refused without a request';
			if (lost.length === 0) return isProvenUndone(last) ? null : 'a false refused';
			const proves = came && mayBeRefused(came) ? isGone : record.isUndone;
			const proofs = looksIn(log, last.index).filter((look) => proves(look, sought)).length;
			const gone = log.slice(last.index).filter(saysGone).length;
			return proofs + gone >= 2 ? null : 'a refused that the record does not prove';
		}
		case 'unknown':
			return writes.every(isPlainlyUndone) ? 'unknown though nothing was lost' : null;
		default:
			return `no outcome of a change: ${result.outcome}`;
	}
}

const isGone = ({ history, detail }: Look, sought: record.Sought) =>
	record.isAbsentFrom(history, sought) && statusOf(detail) !== undefined;

/** Each detail that came after a place in the log, with the history before it. */
function looksIn(log: Exchanged[], after: number): Seen[] {
	const looks: Seen[] = [];
	let history: Came | undefined;
	log.forEach((exchanged, index) => {
		const came = answered(exchanged);
		if (exchanged.kind === 'write') history = undefined;
		// Of several tries the last one counts.
		const isLastTry = log[index + 1]?.kind !== exchanged.kind;
		const isRead = came !== undefined && mayBeSuccess(came);
		if (exchanged.kind === 'history' && (isRead || isLastTry)) history = came;
		if (exchanged.kind !== 'detail' || !(isRead || isLastTry)) return;
		if (index > after && came && history)
			looks.push({ history, detail: came, at: exchanged.at, index });
	});
	return looks;
}
