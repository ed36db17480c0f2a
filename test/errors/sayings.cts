/**
 * What the editor shows of a failed item, for each operation and each way to fail: made by the node's own
 * builders and n8n's own errors. `sayings.txt` holds it, so that all can be read at once. After a change
 * of words take it anew:
 *
 *     npm run build && node --require tsx/cjs test/errors/sayings.cts
 */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { IExecuteFunctions, INode } from 'n8n-workflow';
import type * as operationsSource from '../../nodes/CocIncident/operations/operations.ts';
import type * as resultSource from '../../nodes/coc/result.ts';
import type * as failureSource from '../../nodes/errors/failure.ts';
import type * as refusedSource from '../../nodes/errors/refusedInput.ts';
import type * as itemErrorSource from '../../nodes/run/itemError.ts';
import type * as newTicketSource from '../../nodes/run/newTicket.ts';
import type { Input } from '../../nodes/fields/input.ts';
import type { Operation } from '../../nodes/run/operation.ts';
import { reading } from '../coc/reading.cts';
import { built } from '../support/built.cts';

const { RESOURCES } = built<typeof operationsSource>('nodes/CocIncident/operations/operations');
const { all } = built<typeof resultSource>('nodes/coc/result');
const { answerFailure, lostFailure, noAnswerFailure } =
	built<typeof failureSource>('nodes/errors/failure');
const { refusedInput } = built<typeof refusedSource>('nodes/errors/refusedInput');
const { errorItem, itemError } = built<typeof itemErrorSource>('nodes/run/itemError');
const { lookForTicket } = built<typeof newTicketSource>('nodes/run/newTicket');

type Words = failureSource.OperationWords;
type Failure = failureSource.Failure;

export const SAYINGS = join(__dirname, 'sayings.txt');

const refused = (words: Words) => {
	const said = { error_code: 'GOM.00007256', error_msg: 'Not in this status.', request_id: 'r-1' };
	return answerFailure(reading(said, { httpStatus: 400 }), words, 'token');
};
const unknown = (words: Words) => {
	const asked = { host: 'coc.example', timeoutMs: 30_000, field: 'Endpoint' } as const;
	const lost = noAnswerFailure({ kind: 'timeout', code: null }, words, asked);
	return lostFailure(lost, words, "its history doesn't hold it");
};
const notSent = () => {
	const faults = all({
		first: { ok: false, reason: "'First' is empty", fields: ['First'] },
		second: { ok: false, reason: "'Second' is too long", hint: 'Shorten it.', fields: ['Second'] },
	});
	return refusedInput(faults as resultSource.InvalidInput);
};
const cancelled = (words: Words) => noAnswerFailure({ kind: 'cancelled', code: null }, words);

const ofWrite = { refused, unknown, 'not sent': notSent, cancelled };
const ofRead = {
	'not read': (words: Words): Failure => ({ ...refused(words), outcome: 'notRead' }),
	'not sent': notSent,
	cancelled: (words: Words): Failure => ({ ...cancelled(words), outcome: 'notRead' }),
};

/** The words of an operation; what isn't a change of a ticket says what to check once it was sent. */
function wordsOf({ option, words, step }: Operation): Words {
	if (step !== undefined) return words;
	const look = lookForTicket('Payments are down', 'u1', 0);
	return { ...words, check: () => (option.value === 'create' ? look : '<what its plan says>') };
}

const node = (type: string): INode => ({
	...{ id: '1', name: 'COC', type, typeVersion: 1, position: [0, 0], parameters: {} },
});
const contextOf = (type: string) => ({ getNode: () => node(type) }) as IExecuteFunctions;

/** Every field of an item has this value. */
const input = { get: () => ({ ok: true, value: 'X1' }) } as unknown as Input;

/** A failed item of an operation: alone in its run, or the third of seven. */
function failedItem(operation: Operation, failure: Failure, itemCount = 1) {
	const { subject } = RESOURCES.find(({ operations }) => operations.includes(operation))!;
	const run = { words: wordsOf(operation), subject: operation.subject ?? subject, itemCount };
	const failed = { ...failure, subject: operation.subjectOf(input) };
	return { run, failed, itemIndex: itemCount === 1 ? 0 : 2 };
}

/** What writes can be tried dry. */
const writes = ({ properties }: Operation) => JSON.stringify(properties).includes('"dryRun"');

function stopped(item: ReturnType<typeof failedItem>, type: string): string[] {
	const all =
		item.run.itemCount === 1 ? null : '1 refused (item 2), 6 never sent (items 0, 1, 3–6)';
	const { message, description } = itemError(
		contextOf(type),
		item.failed,
		item.run,
		item.itemIndex,
		all,
	);
	return [message, description ?? ''].filter((text) => text !== '');
}

function block(title: string, rows: Array<[string, string[]]>): string {
	const lines = rows.flatMap(([name, texts]) =>
		texts.map((text, index) => `  ${(index === 0 ? name : '').padEnd(12)}${text}`),
	);
	return [title, ...lines, ''].join('\n');
}

/** The whole table: title and description of each, and then the same for those who see the message alone. */
export function sayings(): string {
	const operations = RESOURCES.flatMap((resource) => resource.operations);
	const blocks = operations.map((operation) => {
		const ways = writes(operation) ? ofWrite : ofRead;
		const rows = Object.entries(ways).map(([name, failureOf]): [string, string[]] => {
			const item = failedItem(operation, failureOf(wordsOf(operation)));
			return [name, stopped(item, 'cocIncident')];
		});
		return block(operation.option.name, rows);
	});
	const verify = operations.find(({ option }) => option.value === 'verify')!;
	const one = failedItem(verify, refused(verify.words));
	const third = failedItem(verify, refused(verify.words), 7);
	const itself = ({ failed, run, itemIndex }: typeof one) => {
		const { json } = errorItem(contextOf('cocIncident'), failed, run, itemIndex);
		return [json.error as string];
	};
	blocks.push(
		block('Verify, one of several items', [
			['refused', stopped(third, 'cocIncident')],
			['as an item', itself(third)],
		]),
		block('Verify, where the message is all that is seen', [
			['as an item', itself(one)],
			['as a tool', stopped(one, 'cocIncidentTool')],
			['of several', stopped(third, 'cocIncidentTool')],
		]),
	);
	return blocks.join('\n');
}

if (require.main === module) writeFileSync(SAYINGS, sayings());
