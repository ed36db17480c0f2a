import { parameterError } from './answers.cts';

/** One field's rule: what it accepts, said in words for the refusal. */
export interface Rule<T> {
	wanted: string;
	accepts(value: unknown): value is T;
	optional?: boolean;
}

export type Shape = Record<string, Rule<unknown>>;
export type Checked<S extends Shape> = { [K in keyof S]: S[K] extends Rule<infer T> ? T : never };

/** A text of `min` to `max` characters, counted by code point as a person counts. */
export function text(max: number, min = 1): Rule<string> {
	return {
		wanted: `a text of ${min} to ${max} characters`,
		accepts: (value): value is string => {
			return typeof value === 'string' && value.length >= min && [...value].length <= max;
		},
	};
}

/** A JSON number without fraction; a text isn't one. */
export function integer(min: number, max: number): Rule<number> {
	return {
		wanted: `an integer from ${min} to ${max}`,
		accepts: (value): value is number => {
			return Number.isInteger(value) && Number(value) >= min && Number(value) <= max;
		},
	};
}

/** The same as a query spells it. */
export function integerText(min: number, max: number): Rule<string> {
	return {
		wanted: `an integer from ${min} to ${max}`,
		accepts: (value): value is string => {
			return (
				typeof value === 'string' &&
				/^(0|[1-9]\d*)$/.test(value) &&
				integer(min, max).accepts(Number(value))
			);
		},
	};
}

/** A list of 1 to `max` texts. */
export function textList(max: number): Rule<string[]> {
	return {
		wanted: `a list of 1 to ${max} texts`,
		accepts: (value): value is string[] => {
			const list = Array.isArray(value) ? value : [];
			return (
				list.length >= 1 && list.length <= max && list.every((item) => text(255).accepts(item))
			);
		},
	};
}

/** A JSON boolean; the texts "true" and "false" are none. */
export const flag: Rule<boolean> = {
	wanted: 'true or false',
	accepts: (value) => typeof value === 'boolean',
};

/** A moment in milliseconds since 1970, as an integer. */
export const moment: Rule<number> = {
	wanted: 'a time in integer milliseconds',
	accepts: (value): value is number => Number.isSafeInteger(value) && Number(value) >= 0,
};

/** COC's lists that hold at most one text. */
export const atMostOne: Rule<string[]> = {
	wanted: 'a list of at most one text',
	accepts: (value): value is string[] => {
		return (
			Array.isArray(value) && value.length <= 1 && value.every((item) => text(255).accepts(item))
		);
	},
};

/** One of a few fixed values. */
export function oneOf<T>(...values: T[]): Rule<T> {
	return {
		wanted: `one of ${values.map((value) => JSON.stringify(value)).join(', ')}`,
		accepts: (value): value is T => values.includes(value as T),
	};
}

/** Null counts as well. */
export function nullable<T>(rule: Rule<T>): Rule<T | null> {
	return {
		...rule,
		wanted: `${rule.wanted}, or null`,
		accepts: (value): value is T | null => value === null || rule.accepts(value),
	};
}

/** May be absent. */
export function optional<T>(rule: Rule<T>): Rule<T | undefined> {
	return { ...rule, optional: true };
}

/** Whatever the JSON holds; a closer look follows elsewhere. */
export const anything: Rule<unknown> = {
	wanted: 'a value',
	accepts: (value): value is unknown => value !== undefined,
};

/** A query as an object. What comes more than once is refused; `lists` are lists however often. */
export function readQuery(query: URLSearchParams, lists: string[] = []): Record<string, unknown> {
	const repeated = [...query.keys()].find(
		(name) => query.getAll(name).length > 1 && !lists.includes(name),
	);
	if (repeated) throw parameterError(`The field[${repeated}] is there more than once.`);
	const fields: Record<string, unknown> = Object.fromEntries(query);
	for (const name of lists) if (query.has(name)) fields[name] = query.getAll(name);
	return fields;
}

/** The value as an object of exactly this shape; anything else is refused. */
export function checked<S extends Shape>(value: unknown, shape: S, name: string): Checked<S> {
	if (typeof value !== 'object' || value === null || Array.isArray(value)) {
		throw parameterError(`The ${name} must be a JSON object.`);
	}
	for (const key of Object.keys(value)) {
		if (!Object.hasOwn(shape, key)) throw parameterError(`The field[${key}] is unknown.`);
	}
	const fields = value as Record<string, unknown>;
	for (const [key, rule] of Object.entries(shape)) {
		// Only own keys count: a missing "constructor" must not be found on the prototype.
		if (!Object.hasOwn(fields, key)) {
			if (!rule.optional) throw parameterError(`The field[${key}] is missing.`);
		} else if (!rule.accepts(fields[key])) {
			throw parameterError(
				`The field[${key}] value[${brief(fields[key])}] must be ${rule.wanted}.`,
			);
		}
	}
	return value as Checked<S>;
}

function brief(value: unknown): string {
	const characters = [...(typeof value === 'string' ? value : JSON.stringify(value))];
	return characters.length > 60 ? `${characters.slice(0, 60).join('')}...` : characters.join('');
}
