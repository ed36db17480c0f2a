import type { IBinaryKeyData, IDataObject, INodePropertyOptions } from 'n8n-workflow';
import { readCoc, type ReadCoc } from '../client/read';
import { newItemBudget } from '../client/retryLoop';
import {
	noAnswerFailure,
	unexpectedFailure,
	type Failure,
	type OperationWords,
	type Read,
} from '../errors/failure';
import type { Field, Fields, Values } from '../fields/field';
import type { Input } from '../fields/input';
import { outputField, shapedBy, type Output, type Shape } from '../fields/output';
import { ticketAsEntered } from '../fields/ticket';
import type { Done } from './itemResult';
import type { ItemRun, Operation } from './operation';
import { preparing } from './preparing';

type ReadingFields = Fields & { options: Field<{ timeout: number }> };

interface Wanted {
	output: Output;
	options: { timeout: number };
}

/** An operation that reads. */
export interface Reading<F extends ReadingFields, Found> {
	option: INodePropertyOptions;
	/** Its own; *Output* joins them. */
	fields: F;
	words: OperationWords;
	/** The subject as entered; the ticket when left out, where there is one. */
	subjectOf?: (input: Input) => string | null;
	/** How what it finds is put out; as it is when left out. */
	output?: Shape<Found>;
	/** Gives what one output item shows, and its files, or any number of items. */
	read: (
		values: Values<F> & Pick<Wanted, 'output'>,
		readCoc: ReadCoc,
		run: Omit<ItemRun, 'ownWrites'>,
	) => Promise<Read<Found | Found[]> & { binary?: IBinaryKeyData }>;
}

/** An operation from its description. */
export function reading<F extends ReadingFields, Found>(definition: Reading<F, Found>): Operation {
	const { option, words, output } = definition;
	const { options, ...own } = definition.fields;
	const fields: Fields = { ...own, ...(output && { output: outputField(output) }), options };
	const { subjectOf = 'ticket' in fields ? ticketAsEntered : () => null } = definition;
	return {
		...{ option, words, subjectOf },
		...preparing(fields, (values) => ({
			key: null,
			carryOut: async (run) =>
				await safely(readItem(run, definition, values as Values<F> & Wanted)),
		})),
	};
}

async function readItem<F extends ReadingFields, Found>(
	run: ItemRun,
	{ words, output: shape, read }: Reading<F, Found>,
	values: Values<F> & Wanted,
): Promise<Done | Failure> {
	const { client } = run;
	const { options, output }: Wanted = values;
	const ask: ReadCoc = async (call, refusedHint) => {
		const blocked = client.stop.blocks('write');
		if (blocked === null) {
			return await readCoc(client, newItemBudget(), call, options.timeout, refusedHint);
		}
		const failure = noAnswerFailure(blocked, words);
		return { ok: false, failure: { ...failure, outcome: 'notRead' } };
	};
	const result = await read(values, ask, run);
	if (!result.ok) return result.failure;
	const { value, binary } = result;
	const shaped = (found: Found) =>
		shape ? shapedBy(shape, output, found) : (found as IDataObject);
	const json = Array.isArray(value) ? value.map(shaped) : shaped(value);
	return { outcome: 'read', json, ...(binary && { binary }) };
}

/** A fault of the node itself in a read, which changes nothing. */
async function safely(reading: Promise<Done | Failure>): Promise<Done | Failure> {
	try {
		return await reading;
	} catch (error) {
		return { ...unexpectedFailure(error), outcome: 'notRead' };
	}
}
