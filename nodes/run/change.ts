import type { IDataObject, INodePropertyOptions } from 'n8n-workflow';
import { readCoc, type ReadCoc } from '../client/read';
import { actorOf } from '../client/renewal';
import { newItemBudget } from '../client/retryLoop';
import type { Trace } from '../coc/findWrite';
import { statusBefore, type StepKind } from '../coc/lifecycle';
import { refusedInput, type Failure, type OperationWords } from '../errors/failure';
import {
	propertiesOf,
	readFields,
	shownValues,
	type Field,
	type Fields,
	type Values,
} from '../fields/field';
import { ticketAsEntered } from '../fields/ticket';
import { dryRunOf } from './dryRun';
import type { Made, Send } from './handle';
import type { Done } from './itemResult';
import type { ItemRun, Operation } from './operation';
import { createRecordReader, type RecordReader } from './readBack';
import { sendUntilKnown } from './sendUntilKnown';

/** The fields of every change of a ticket, besides its own; `operator` where its call names one. */
type ChangeFields = Fields & {
	ticket: Field<string>;
	options: Field<{ timeout: number; dryRun: boolean }>;
};

interface Common {
	ticket: string;
	operator?: string | null;
	options: { timeout: number; dryRun: boolean };
}

/** An operation that changes a ticket. */
export interface Change<F extends ChangeFields, Params> {
	option: INodePropertyOptions;
	fields: F;
	words: Pick<OperationWords, 'done' | 'effect' | 'refusedHint'>;
	/** What it leaves in COC's record, by which it is found after its answer was lost. */
	trace: {
		kind: StepKind;
		result?: (values: Values<F>) => boolean;
		text?: (values: Values<F>) => string;
	};
	send: Send<Params>;
	/** The call's own parameters. */
	params: (values: Values<F>) => Params;
	/** A look at the record beforehand, where the user wants one; null for none. */
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
export function changing<F extends ChangeFields, Params>(definition: Change<F, Params>): Operation {
	const { option, fields, trace, send } = definition;
	const words = { ...definition.words, iamAction: send.iamAction };
	return {
		option,
		properties: propertiesOf(fields),
		words,
		awaits: statusBefore(trace.kind),
		subjectOf: ticketAsEntered,
		prepare(input) {
			const read = readFields(fields, input);
			if (!read.ok) return refusedInput(read);
			const { value: values } = read;
			return {
				key: (values as unknown as Common).ticket,
				carryOut: async (run) => await change(run, words, definition, values),
			};
		},
	};
}

async function change<F extends ChangeFields, Params>(
	{ client, ownWrites }: ItemRun,
	words: OperationWords,
	{ fields, trace, send, params, lookBefore }: Change<F, Params>,
	values: Values<F>,
): Promise<Done | Failure> {
	const { ticket, operator = null, options } = values as unknown as Common;
	const timeoutMs = options.timeout;
	const actor = await actorOf(operator, client, words);
	if (!actor.ok) return actor.failure;
	const { id, ownUser } = actor.value;
	const named = send.namesActor ? { ...values, operator: id } : values;
	const shown = { ticket, operator: id, ...shownValues(fields, named) };

	const budget = newItemBudget();
	const wantedLook = lookBefore?.(values) ?? null;
	const reader = wantedLook && createRecordReader(client, budget, ticket, timeoutMs);
	const look = wantedLook && reader && (await wantedLook(reader, id ?? ''));
	const read: ReadCoc = async (call, hint) => await readCoc(client, budget, call, timeoutMs, hint);
	const wanted = { ticket, actor: id, kind: trace.kind, params: params(values), readCoc: read };
	const make = async () => await send.request(wanted);
	if (options.dryRun) {
		const made = await make();
		const request = made.ok ? made.value : made.request;
		if (request === undefined) return (made as { failure: Failure }).failure;
		return dryRunOf(client, shown, request, wouldBeAccepted(look, made));
	}
	if (look?.shows === 'done') return done(shown, look.outcome, null);
	if (look && look.shows !== 'possible') return look.failure;
	const sent = await sendUntilKnown({
		...{ ticket, client, ownWrites, budget, timeoutMs, words },
		trace: traceOf(trace, values, id),
		before: reader?.latest?.history ?? null,
		async request() {
			const made = await make();
			return made.ok ? { ok: true, value: { ...made.value, timeoutMs, ownUser } } : made;
		},
	});
	if ('outcome' in sent) return sent;
	const { answer } = sent;
	return answer
		? done(shown, 'applied', answer.envelope as IDataObject | null)
		: done(shown, 'recovered', null);
}

function traceOf<F extends ChangeFields>(
	{ kind, result, text }: Change<F, unknown>['trace'],
	values: Values<F>,
	operator: string | null,
): Trace {
	return { kind, operator, text: text?.(values) ?? '', ...(result && { result: result(values) }) };
}

function done(shown: IDataObject, outcome: Done['outcome'], response: IDataObject | null): Done {
	return { outcome, json: { ...shown, outcome, response } };
}

function wouldBeAccepted(look: Look | null, made: Made): boolean | null {
	if (!made.ok) return false;
	if (look === null) return made.isOffered;
	if (look.shows === 'unreadable') return null;
	return look.shows === 'possible' && look.wouldBeAccepted;
}
