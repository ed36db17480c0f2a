import type { IExecuteFunctions, INodeProperties } from 'n8n-workflow';
import { cleanText } from '../coc/answer';
import type { Checked } from '../coc/result';
import { asWords } from './text';

/** A field's value for an item, its expression resolved; n8n throws when one can't be. */
export function readParameter(
	context: IExecuteFunctions,
	name: string,
	label: string,
	itemIndex: number,
): Checked<unknown> {
	try {
		const plain = plainReference(context, name, itemIndex);
		if (plain !== undefined) return { ok: true, value: plain };
		return { ok: true, value: context.getNodeParameter(name, itemIndex, undefined) as unknown };
	} catch (error) {
		const message = cleanText((error as Error).message) ?? 'n8n gave no reason';
		return { ok: false, reason: `'${label}' can't be read: ${message}` };
	}
}

/**
 * What `={{ $json.ticket }}` stands for, the most usual expression by far: the item's own text or
 * yes/no. n8n resolves each expression in a sandbox, which takes as long as the whole request; all
 * others are left to it.
 */
function plainReference(
	context: IExecuteFunctions,
	name: string,
	itemIndex: number,
): string | boolean | undefined {
	const parameter = context.getNodeParameter(name, itemIndex, undefined, {
		rawExpressions: true,
	}) as unknown;
	const raw = located(parameter);
	const field = typeof raw === 'string' ? PLAIN_REFERENCE.exec(raw)?.[1] : undefined;
	if (field === undefined || field in Object.prototype) return undefined;
	const value = context.getInputData()[itemIndex]?.json[field];
	return typeof value === 'string' || typeof value === 'boolean' ? value : undefined;
}

const PLAIN_REFERENCE = /^=\{\{\s*\$json\.([A-Za-z]\w*)\s*\}\}$/;

/**
 * The value within a resource locator. An expression for the whole field gives the value itself, and
 * so does a workflow from the time when the field was plain text.
 */
export function located(field: unknown): unknown {
	const isLocator = typeof field === 'object' && field !== null && '__rl' in field;
	return isLocator ? (field as { value?: unknown }).value : field;
}

/** A field's value for an item, read as what it must be. */
export function readField<T>(
	context: IExecuteFunctions,
	itemIndex: number,
	{ name, displayName }: Pick<INodeProperties, 'name' | 'displayName'>,
	as: (value: unknown, label: string) => Checked<T>,
): Checked<T> {
	const value = readParameter(context, name, displayName, itemIndex);
	return value.ok ? as(value.value, displayName) : value;
}

/** A field's text for an item, of at most so many characters. */
export function readWords(
	context: IExecuteFunctions,
	itemIndex: number,
	field: Pick<INodeProperties, 'name' | 'displayName'>,
	limit: number,
): Checked<string> {
	return readField(context, itemIndex, field, (value, label) => asWords(value, label, limit));
}

/**
 * A setting of the whole run, the same for all items: it can't hold an item's expression. n8n throws
 * when it is missing.
 */
export function readRunParameter(context: IExecuteFunctions, name: string): Checked<unknown> {
	try {
		return { ok: true, value: context.getNodeParameter(name, 0) as unknown };
	} catch (error) {
		const message = cleanText((error as Error).message) ?? 'n8n gave no reason';
		const reason = `the node's ${name} can't be read: ${message}`;
		return { ok: false, reason, hint: 'Choose a resource and an operation of this version.' };
	}
}

/**
 * An option that holds for the whole run: where it holds an expression, that of the first item.
 *
 * @returns null when the option wasn't added
 */
export function readRunOption(
	context: IExecuteFunctions,
	name: string,
	label: string,
): Checked<unknown> | null {
	const { options } = context.getNode().parameters;
	const isThere = typeof options === 'object' && options !== null && name in options;
	return isThere ? readParameter(context, `options.${name}`, label, 0) : null;
}
