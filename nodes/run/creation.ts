import type { IDataObject, INodePropertyOptions } from 'n8n-workflow';
import { actorOf } from '../client/renewal';
import { failureOf, withWaitOf } from '../client/request';
import { newItemBudget, sendWrite } from '../client/retryLoop';
import type { Answer } from '../coc/answer';
import type { CocRequest } from '../coc/call';
import { cleanText } from '../coc/cleanText';
import type { JsonRecord } from '../coc/json';
import { simplifyDetail } from '../coc/simplify';
import { refusedInput, type Failure, type OperationWords } from '../errors/failure';
import {
	propertiesOf,
	readFields,
	shownValues,
	type Field,
	type Fields,
	type Values,
} from '../fields/field';
import { dryRunOf } from './dryRun';
import { withOutcome, type Done } from './itemResult';
import type { ItemRun, Operation } from './operation';
import { whenAvailable } from './waitUntilAvailable';

type CreationFields = Fields & {
	title: Field<string>;
	creator: Field<string | null>;
	options: Field<{ timeout: number; dryRun: boolean; waitUntilAvailable: boolean }>;
};

interface Common {
	title: string;
	creator: string | null;
	options: { timeout: number; dryRun: boolean; waitUntilAvailable: boolean };
}

/** An operation that creates a ticket. */
export interface Creation<F extends CreationFields> {
	option: INodePropertyOptions;
	fields: F;
	words: OperationWords;
	/** @param creator IAM user ID */
	request: (values: Values<F>, creator: string) => CocRequest;
	/** The new ticket's number in a success answer; null when it has none. */
	take: (answer: Answer) => string | null;
}

/**
 * An operation from its description. A creation is sent again as long as it is proven that nothing was
 * created; not after a lost answer: a second ticket would look just like the first.
 */
export function creating<F extends CreationFields>(definition: Creation<F>): Operation {
	const { option, fields, words } = definition;
	return {
		option,
		properties: propertiesOf(fields),
		words,
		subjectOf: () => null,
		prepare(input) {
			const values = readFields(fields, input);
			if (!values.ok) return refusedInput(values);
			return { key: null, carryOut: async (run) => await create(run, definition, values.value) };
		},
	};
}

async function create<F extends CreationFields>(
	{ client }: ItemRun,
	{ fields, words, request, take }: Creation<F>,
	values: Values<F>,
): Promise<Done | Failure> {
	const { title, creator: given, options } = values as unknown as Common;
	const timeoutMs = options.timeout;
	const actor = await actorOf(given, client, words);
	if (!actor.ok) return actor.failure;
	const creator = actor.value.id ?? '';
	const shown = { ticket: null, title, ...shownValues(fields, { ...values, creator }) };
	const wanted = request(values, creator);
	if (options.dryRun) return dryRunOf(client, shown, wanted, null);

	let sentAt = 0;
	const sending = () => void (sentAt = client.clock.now());
	const timed = { ...wanted, timeoutMs, ownUser: actor.value.ownUser };
	const result = await sendWrite(client, newItemBudget(), timed, sending);
	if ('answer' in result && result.outcome === 'applied') {
		const ticket = take(result.answer);
		const response = result.answer.envelope as IDataObject | null;
		const json = withOutcome({ ...shown, ticket }, 'applied');
		if (!options.waitUntilAvailable) return { outcome: 'applied', json: { ...json, response } };
		const incident = ticket && (await whenAvailable(client, ticket, timeoutMs));
		const seen = incident ? { ...shownBy(incident), available: true } : { available: false };
		return { outcome: 'applied', json: { ...json, ...seen, response } };
	}
	const failure = failureOf(result, client.session, words, timeoutMs);
	if (failure.outcome !== 'unknown') return withWaitOf(failure, result);
	const hint = `It is not known whether it was created: before you repeat it, look among COC's incidents for "${cleanText(title)}", created by ${creator} about ${new Date(sentAt).toISOString()}.`;
	return withWaitOf({ ...failure, hint }, result);
}

/** What the new ticket shows of itself, as *Get* gives it: COC's own words, people's names. */
function shownBy(incident: JsonRecord): IDataObject {
	const known = Object.entries(simplifyDetail(incident)).filter(([, value]) => value !== null);
	return Object.fromEntries(known.filter(([name]) => name !== 'ticket'));
}
