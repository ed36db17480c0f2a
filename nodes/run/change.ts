import type { IDataObject, INodePropertyOptions } from 'n8n-workflow';
import { readCoc, type ReadCoc } from '../client/read';
import { actorOf } from '../client/renewal';
import { newItemBudget } from '../client/retryLoop';
import { isGatewayCode } from '../coc/classify';
import type { TicketState } from '../coc/history';
import { statusesBefore, type StepKind } from '../coc/lifecycle';
import { knownStatus } from '../coc/statuses';
import type { Trace } from '../coc/trace';
import { inputFailure, type Failure, type OperationWords } from '../errors/failure';
import { shownValues, type Field, type Fields, type Values } from '../fields/field';
import { ticketAsEntered } from '../fields/ticket';
import type { TicketFile } from '../fields/ticketFiles';
import { attachmentsOf } from './attachments';
import { dryRunOf } from './dryRun';
import type { Offer, Send } from './handle';
import { written, type Done } from './itemResult';
import type { ItemRun, Operation } from './operation';
import { preparing } from './preparing';
import { createRecordReader, type RecordReader } from './recordReader';
import { sendUntilKnown } from './sendUntilKnown';
import { ticketProof, type Before } from './ticketProof';

/** The fields of every change of a ticket, besides its own; `operator` where its call names one. */
type ChangeFields = Fields & {
	ticket: Field<string>;
	options: Field<{ timeout: number; dryRun: boolean; files?: TicketFile[] }>;
};

interface Common {
	ticket: string;
	operator?: string | null;
	options: { timeout: number; dryRun: boolean; files?: TicketFile[] };
}

/** How a change is sent. */
interface Way<F extends ChangeFields, Params, Now> {
	send: Send<Values<F>, Params, Now>;
	/**
	 * The call's own parameters.
	 *
	 * @param now what was looked up right before
	 * @param files IDs of the files that go with it, joined by commas; empty for none
	 */
	params(values: Values<F>, now: Now, files: string): Params;
}

/** An operation that changes a ticket. */
export interface Change<F extends ChangeFields, Params, Now> extends Way<F, Params, Now> {
	option: INodePropertyOptions;
	fields: F;
	words: Omit<OperationWords, 'iamAction'>;
	/** What it leaves in COC's record, by which it is found after its answer was lost. */
	trace: {
		kind: StepKind;
		result?: (values: Values<F>) => boolean;
		text?: (values: Values<F>) => string;
		/** What the ticket shows once it is done. */
		leads?: (values: Values<F>) => Partial<TicketState>;
	};
	/** The same for an item with files, where it needs another call. */
	withFiles?: Way<F, object, unknown>;
	/** A look at the record beforehand, where the user wants one, and after a refusal; null for none. */
	lookBefore?: (values: Values<F>) => LookBefore | null;
}

export type LookBefore = (reader: RecordReader, actor: string) => Promise<Look>;

/** What a look before the write showed. */
export type Look =
	| { shows: 'possible'; wouldBeAccepted: boolean }
	/** There is nothing to send: the item ends with this outcome. */
	| { shows: 'done'; outcome: Done['outcome'] }
	/** COC would refuse it. */
	| { shows: 'impossible'; failure: Failure }
	/** It can't be decided. */
	| { shows: 'unreadable'; failure: Failure };

/** An operation from its description: changes of one ticket go one after the other. */
export function changing<F extends ChangeFields, Params, Now>(
	definition: Change<F, Params, Now>,
): Operation {
	const { option, fields, trace, send } = definition;
	const words = { ...definition.words, iamAction: send.iamAction };
	return {
		...{ option, words, step: trace.kind, asksFirst: send.asksFirst, subjectOf: ticketAsEntered },
		...preparing(fields, (values) => ({
			key: (values as unknown as Common).ticket,
			carryOut: async (run) => await change(run, words, definition, values),
		})),
	};
}

async function change<F extends ChangeFields, Params, Now>(
	{ client, ownWrites, operations }: ItemRun,
	words: OperationWords,
	definition: Change<F, Params, Now>,
	values: Values<F>,
): Promise<Done | Failure> {
	const { fields, trace, lookBefore, withFiles } = definition;
	const { ticket, operator = null, options } = values as unknown as Common;
	const timeoutMs = options.timeout;
	const attachments = await attachmentsOf(options.files ?? []);
	if ('outcome' in attachments) return attachments;
	const hasFiles = attachments.ids.length > 0;
	const { send, params } = ((hasFiles && withFiles) || definition) as Way<F, Params, Now>;
	const actor = await actorOf(send.namesActor ? operator : null, client, words);
	if (!actor.ok) return actor.failure;
	const { id, ownUser } = actor.value;
	if (!send.namesActor && operator !== null && operator !== id) return NOT_THE_CALLER;
	const named = 'operator' in values ? { ...values, operator: id } : values;
	const shown: IDataObject = {
		...{ ticket, operator: id, ...shownValues(fields, named) },
		...(hasFiles && { files: attachments.ids }),
	};

	const budget = newItemBudget();
	const wantedLook = lookBefore?.(values);
	const reader = createRecordReader(client, budget, ticket, timeoutMs);
	const look = (await wantedLook?.(reader, id ?? '')) ?? null;
	const wanted = {
		...{ ticket, client, operations, actor: id, kind: trace.kind, item: values, lost: null },
		readCoc: (async (call, hint) =>
			await readCoc(client, budget, call, timeoutMs, hint)) satisfies ReadCoc,
		params: (now: Now) => params(values, now, attachments.ids.join()),
	};
	if (options.dryRun) {
		const made = await send.request(wanted);
		const request = made.ok ? made.value : made.request;
		if (request === undefined) return (made as { failure: Failure }).failure;
		const accepts = made.ok && (made.offer !== null || (await accepted(look, reader, trace.kind)));
		return dryRunOf(client, { ...shown, ...made.found }, request, accepts);
	}
	if (look?.shows === 'done') return written(shown, look.outcome);
	if (look && look.shows !== 'possible') return look.failure;
	let offer: Offer | null = null;
	const before = (): Before => ({
		history: offer ? offer.history : (reader.latest?.history ?? null),
		state: offer && offer.state,
		task: offer && offer.task,
	});
	const proof = ticketProof({
		...{ ticket, client, ownWrites, budget, timeoutMs, before, patience: send.patience },
		trace: traceOf(trace, values, id),
	});
	const sent = await sendUntilKnown({
		...{ client, budget, timeoutMs, words, proof, sending: proof.sending },
		async request() {
			let made = await send.request({ ...wanted, lost: offer });
			if (!made.ok) return made;
			if (attachments.isWaiting) {
				const failure = await attachments.upload(client, timeoutMs);
				if (failure) return { ok: false, failure };
				// With their IDs, and with what is possible now.
				made = await send.request({ ...wanted, lost: offer });
				if (!made.ok) return made;
			}
			offer ??= made.offer;
			Object.assign(shown, made.found);
			return { ok: true, value: { ...made.value, timeoutMs, ownUser } };
		},
	});
	if ('outcome' in sent) {
		// Another execution may have done the same since that look: one event can be delivered twice.
		const again = isRefusedByCoc(sent) ? await wantedLook?.(reader, id ?? '') : undefined;
		if (again?.shows === 'done') return written(shown, again.outcome);
		return await send.explain(sent, wanted);
	}
	const { answer } = sent;
	return written(shown, answer ? 'applied' : 'recovered', answer);
}

/** Whether COC itself refused it, not the gateway in front of it. */
function isRefusedByCoc({ outcome, httpStatus, errorCode }: Failure): boolean {
	const isOwn = errorCode !== null && !isGatewayCode(errorCode);
	return outcome === 'refused' && isOwn && (httpStatus === 200 || httpStatus === 400);
}

function traceOf<F extends ChangeFields>(
	{ kind, result, text, leads }: Change<F, unknown, unknown>['trace'],
	values: Values<F>,
	operator: string | null,
): Trace {
	return {
		...{ kind, operator, text: text?.(values) ?? '', leads: leads?.(values) },
		...(result && { result: result(values) }),
	};
}

const NOT_THE_CALLER = inputFailure(
	"COC takes a solution with files in the name of the credential's own user only, and 'Operator' is another one",
	"Leave 'Operator' empty, use that person's credential, or remove 'Files'.",
);

/** Whether COC would accept what it wasn't asked about; null when the ticket doesn't show it. */
async function accepted(
	look: Look | null,
	reader: RecordReader,
	kind: StepKind,
): Promise<boolean | null> {
	if (look?.shows === 'unreadable') return null;
	if (look) return look.shows === 'possible' && look.wouldBeAccepted;
	const status = await reader.status();
	const isKnown = status.ok && knownStatus(status.value) !== null;
	return isKnown ? statusesBefore(kind).includes(status.value) : null;
}
