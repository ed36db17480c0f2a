import type { IDataObject, INodePropertyOptions } from 'n8n-workflow';
import { readCoc, type ReadCoc } from '../client/read';
import { newItemBudget } from '../client/retryLoop';
import type { Answer } from '../coc/answer';
import type { CocRequest } from '../coc/call';
import type { Failure, OperationWords } from '../errors/failure';
import type { Input } from '../fields/input';
import { shownValues, type Field, type Fields, type Values } from '../fields/field';
import { dryRunOf } from './dryRun';
import { written, type Done } from './itemResult';
import type { ItemRun, Operation, Subject } from './operation';
import { preparing } from './preparing';
import type { Patience, ReadBack } from './readBack';
import { createReadRecord, type ReadRecord } from './recordReader';
import { harmless, sendUntilKnown, type Proof } from './sendUntilKnown';

/** The fields of every write, besides its own. */
export type WritingFields = Fields & { options: Field<{ timeout: number; dryRun: boolean }> };

interface Common {
	options: { timeout: number; dryRun: boolean };
}

/** An operation that writes something else than a step of a ticket's life. */
export interface Writing<F extends WritingFields> {
	option: INodePropertyOptions;
	fields: F;
	words: OperationWords;
	/** What its items are about; that of the resource when left out. */
	subject?: Subject;
	/** The subject as entered; null where it has no name before it is there. */
	subjectOf?: (input: Input) => string | null;
	/** The statuses of the incidents that it is possible for; the editor's list holds these. */
	ofStatuses?: readonly string[];
	/** Items of one key never overlap; each is one of its own when left out. */
	keyOf?: (values: Values<F>) => string;
	/** Looks at what the write needs; gives it, or how the item ends without it. */
	plan: (values: Values<F>, planning: Planning<F>) => Promise<Plan | Done | Failure>;
}

/** What there is to plan a write with. */
export interface Planning<F extends Fields>
	extends Pick<ItemRun, 'client' | 'ownWrites' | 'addHint'> {
	readCoc: ReadCoc;
	words: OperationWords;
	/** What the output item repeats of the input. */
	shownOf: (values: Values<F>) => IDataObject;
	/** Bound on one exchange, in ms. */
	timeoutMs: number;
}

/** One write, once all that it needs is known. */
export interface Plan {
	request: CocRequest;
	/** The credential's own user in whose name it acts; not sent with the token of another one. */
	ownUser?: string | undefined;
	/** The output item beside its outcome; first what the item is about. */
	shown: IDataObject;
	/** Whether COC would accept it, for a dry run; unknown when left out. */
	accepts?: boolean | null;
	/** What a success answer adds to it. */
	take: (answer: Answer) => IDataObject;
	/** How its outcome is known after a lost answer. */
	proof: RecordProof | typeof REPEATABLE | null;
	/**
	 * What to do before repeating what may have been done, as a clause.
	 *
	 * @param sentAt in ms since 1970
	 */
	check: (sentAt: number) => string;
	/** What is shown once it is done. */
	afterwards?: (shown: IDataObject) => Promise<IDataObject>;
}

/** A write that does no harm when it is done twice, by its API page. */
export const REPEATABLE = 'repeatable';

/** How COC's record shows a write. */
export interface RecordProof {
	patience: Patience;
	/** Most sends whose answer was lost; the usual number when left out. */
	mostLostSends?: number;
	/** Reads the record once. */
	look: (read: ReadRecord) => Promise<ReadBack>;
	/** The write may be in the record, and doesn't show. */
	unproven?: () => void;
}

/** An operation from its description. */
export function writing<F extends WritingFields>(definition: Writing<F>): Operation {
	const { option, fields, words, subject, ofStatuses, keyOf } = definition;
	const { subjectOf = () => null } = definition;
	return {
		...{ option, words, subjectOf },
		...(subject && { subject }),
		...(ofStatuses && { ofStatuses }),
		...preparing(fields, (values) => ({
			key: keyOf?.(values) ?? null,
			carryOut: async (run) => await write(run, definition, values),
		})),
	};
}

async function write<F extends WritingFields>(
	{ client, ownWrites, addHint }: ItemRun,
	definition: Writing<F>,
	values: Values<F>,
): Promise<Done | Failure> {
	const { words } = definition;
	const { options } = values as unknown as Common;
	const timeoutMs = options.timeout;
	const budget = newItemBudget();
	const ask: ReadCoc = async (call, hint) => {
		const read = await readCoc(client, budget, call, timeoutMs, hint);
		return read.ok ? read : { ok: false, failure: { ...read.failure, outcome: 'notSent' } };
	};
	const plan = await definition.plan(values, {
		...{ client, ownWrites, addHint, readCoc: ask, words, timeoutMs },
		shownOf: (said) => shownValues(definition.fields, said),
	});
	if ('outcome' in plan) return plan;
	const { request, ownUser, shown, accepts = null, take, check, afterwards } = plan;
	if (options.dryRun) return dryRunOf(client, shown, request, accepts);

	let sentAt = 0;
	const sending = () => void (sentAt = client.clock.now());
	const sent = await sendUntilKnown({
		...{ client, budget, timeoutMs },
		words: { ...words, check: () => check(sentAt) },
		proof: proofOf(plan, createReadRecord(client, budget, timeoutMs)),
		sending,
		request: async () =>
			await Promise.resolve({ ok: true, value: { ...request, timeoutMs, ownUser } }),
	});
	if ('outcome' in sent) return sent;
	const { answer } = sent;
	const outcome = answer ? 'applied' : 'recovered';
	const whole = { ...shown, ...(answer ? take(answer) : sent.found) };
	const seen = afterwards ? await afterwards(whole) : {};
	return written({ ...whole, ...seen }, outcome, answer);
}

function proofOf({ proof }: Plan, read: ReadRecord): Proof | null {
	if (proof === null) return null;
	if (proof === REPEATABLE) return harmless;
	return { ...harmless, ...proof, look: async () => await proof.look(read) };
}
