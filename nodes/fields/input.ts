import type {
	IExecuteFunctions,
	IHookFunctions,
	INodeProperties,
	IPollFunctions,
	IWebhookFunctions,
} from 'n8n-workflow';
import { cleanText } from '../coc/cleanText';
import type { Result } from '../coc/result';
import { isToolVariant } from '../errors/nodeError';
import { filesOf, NO_FILES, type InputFiles } from './inputFile';

/** What fields read from: the parameters of a node, for one item or poll. */
export interface Input {
	/** A parameter's value, its expression resolved. */
	get(name: string, label: string): Result<unknown>;
	/** The workflow's time zone, as IANA names it. */
	timeZone(): string;
	/** Whether the credential has a user of its own, who acts where no person is given. */
	hasOwnUser: boolean;
	/** Whether the node is a tool of an AI agent, which shows some fields in its own way. */
	isTool(): boolean;
	/** The collection *Options* of the node, also for a field in another collection. */
	options(): Result<unknown>;
	/** The item's binary fields. */
	files: InputFiles;
}

export const OPTIONS = { displayName: 'Options', name: 'options', placeholder: 'Add option' };

/** The parameters for an item; each is resolved once. */
export function itemInput(
	context: IExecuteFunctions,
	itemIndex: number,
	hasOwnUser: boolean,
): Input {
	const known = new Map<string, Result<unknown>>();
	const input: Input = {
		get(name, label) {
			const value = known.get(name) ?? readParameter(context, name, label, itemIndex);
			known.set(name, value);
			return value;
		},
		timeZone: () => context.getTimezone(),
		hasOwnUser,
		isTool: () => isToolVariant(context.getNode()),
		options: () => input.get(OPTIONS.name, OPTIONS.displayName),
		files: filesOf(context, itemIndex),
	};
	return input;
}

/**
 * The parameters of a trigger.
 *
 * @param properties those of the node: what a workflow doesn't hold has its default
 */
export function triggerInput(
	context: IPollFunctions | IWebhookFunctions | IHookFunctions,
	properties: INodeProperties[],
): Input {
	// The first of a name is the one for a new node.
	const all = properties.map(({ name, default: value }) => [name, value] as const);
	const defaults = new Map(all.reverse());
	const input: Input = {
		get(name) {
			const value = context.getNodeParameter(name, defaults.get(name) ?? null) as unknown;
			return { ok: true, value };
		},
		timeZone: () => context.getTimezone(),
		hasOwnUser: false,
		isTool: () => false,
		options: () => input.get(OPTIONS.name, OPTIONS.displayName),
		files: NO_FILES,
	};
	return input;
}

/** The parts of a collection that were added. */
export function inputWithin(
	input: Input,
	{ name, displayName }: Pick<INodeProperties, 'name' | 'displayName'>,
): Input {
	return {
		...input,
		get(part) {
			const values = input.get(name, displayName);
			if (!values.ok) return values;
			return { ok: true, value: (values.value as Record<string, unknown> | null)?.[part] };
		},
	};
}

/** A parameter's value for an item, its expression resolved; n8n throws when one can't be. */
function readParameter(
	context: IExecuteFunctions,
	name: string,
	label: string,
	itemIndex: number,
): Result<unknown> {
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
 * The value within a resource locator, also one that was stored without its mark. An expression for the
 * whole field gives the value itself, and so does a workflow from the time when the field was plain text.
 */
export function located(field: unknown): unknown {
	return isLocator(field) ? field.value : field;
}

export function isLocator(field: unknown): field is { value?: unknown } {
	if (typeof field !== 'object' || field === null) return false;
	return '__rl' in field || ('mode' in field && 'value' in field);
}

/**
 * A setting of the whole run, the same for all items: it can't hold an item's expression. n8n throws
 * when it is missing.
 */
export function readRunParameter(context: IExecuteFunctions, name: string): Result<unknown> {
	try {
		return { ok: true, value: context.getNodeParameter(name, 0) as unknown };
	} catch (error) {
		const message = cleanText((error as Error).message) ?? 'n8n gave no reason';
		const reason = `the node's ${name} can't be read: ${message}`;
		return { ok: false, reason, hint: 'Choose a resource and an operation of this version.' };
	}
}

/**
 * An option of the whole run: where it holds an expression, that of the first item.
 *
 * @returns null when the option wasn't added
 */
export function readRunOption(
	context: IExecuteFunctions,
	{ name, displayName }: Pick<INodeProperties, 'name' | 'displayName'>,
): Result<unknown> | null {
	const { options } = context.getNode().parameters;
	const isThere = typeof options === 'object' && options !== null && name in options;
	return isThere ? readParameter(context, `options.${name}`, displayName, 0) : null;
}
