import type { IBinaryKeyData, IDataObject, INodePropertyOptions } from 'n8n-workflow';
import { readCoc, type ReadCoc } from '../client/read';
import { newItemBudget } from '../client/retryLoop';
import {
	noAnswerFailure,
	refusedInput,
	type Failure,
	type OperationWords,
	type Read,
} from '../errors/failure';
import { propertiesOf, readFields, type Field, type Fields, type Values } from '../fields/field';
import type { Input } from '../fields/input';
import { ticketAsEntered } from '../fields/ticket';
import type { Done } from './itemResult';
import type { ItemRun, Operation } from './operation';

type ReadingFields = Fields & { options: Field<{ timeout: number }> };

/** An operation that reads. */
export interface Reading<F extends ReadingFields> {
	option: INodePropertyOptions;
	fields: F;
	words: OperationWords;
	/** The subject as entered; the ticket when left out, where there is one. */
	subjectOf?: (input: Input) => string | null;
	/** Gives the output item's data and files, or the data of any number of items. */
	read: (
		values: Values<F>,
		readCoc: ReadCoc,
		run: Omit<ItemRun, 'ownWrites'>,
	) => Promise<Read<IDataObject | IDataObject[]> & { binary?: IBinaryKeyData }>;
}

/** An operation from its description. */
export function reading<F extends ReadingFields>(definition: Reading<F>): Operation {
	const { option, fields, words } = definition;
	const { subjectOf = 'ticket' in fields ? ticketAsEntered : () => null } = definition;
	return {
		...{ option, words, subjectOf, properties: propertiesOf(fields) },
		prepare(input) {
			const values = readFields(fields, input);
			if (!values.ok) return refusedInput(values);
			return { key: null, carryOut: async (run) => await readItem(run, definition, values.value) };
		},
	};
}

async function readItem<F extends ReadingFields>(
	run: ItemRun,
	{ words, read }: Reading<F>,
	values: Values<F>,
): Promise<Done | Failure> {
	const { client } = run;
	const { options } = values as unknown as { options: { timeout: number } };
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
	return { outcome: 'read', json: value, ...(binary && { binary }) };
}
