/**
 * Queries and forms in the spelling of the libraries inside n8n's request helpers (`qs`, and Axios
 * for a form in today's dialect), as far as values can come out of a workflow.
 */
export type ArrayFormat = 'indices' | 'brackets' | 'repeat' | 'comma';

type Pair = [name: string, value: string];

/** `qs.stringify(values, { arrayFormat })` */
export function stringifyQuery(values: unknown, arrayFormat: ArrayFormat = 'indices'): string {
	return isObject(values)
		? entriesOf(values)
				.flatMap(([name, value]) => queryPairs(name, value, arrayFormat))
				.map((pair) => pair.map(percentEncode).join('='))
				.join('&')
		: '';
}

function queryPairs(name: string, value: unknown, arrayFormat: ArrayFormat): Pair[] {
	if (value === undefined || typeof value === 'function') return [];
	if (value === null) return [[name, '']];
	if (!isObject(value) || isText(value)) return [[name, textOf(value)]];
	if (Array.isArray(value) && arrayFormat === 'comma') {
		const joined = value.map((one) => (isText(one) ? textOf(one) : one)).join(',');
		return value.length ? [[name, joined]] : [];
	}
	const nameOf = Array.isArray(value) ? NAME_OF_ELEMENT[arrayFormat] : NAME_OF_ELEMENT.indices;
	return entriesOf(value).flatMap(([key, one]) => queryPairs(nameOf(name, key), one, arrayFormat));
}

const NAME_OF_ELEMENT: Record<ArrayFormat, (name: string, key: string) => string> = {
	indices: (name, key) => `${name}[${key}]`,
	brackets: (name) => `${name}[]`,
	repeat: (name) => name,
	comma: (name) => name,
};

/** What Axios makes of an object whose content type is `application/x-www-form-urlencoded`. */
export function stringifyForm(values: object): string {
	const pairs = entriesOf(values).flatMap(([name, value]) =>
		Array.isArray(value) && !value.some(isVisited)
			? value.flatMap((one) => formPairs(`${name}[]`, one))
			: formPairs(name, value),
	);
	return new URLSearchParams(pairs).toString();
}

function formPairs(name: string, value: unknown): Pair[] {
	if (value === undefined || value === null) return [];
	if (!isVisited(value)) return [[name, textOf(value)]];
	return entriesOf(value).flatMap(([key, one]) => formPairs(`${name}[${key}]`, one));
}

function isObject(value: unknown): value is object {
	return typeof value === 'object' && value !== null;
}

/** Objects that stand for one text. */
function isText(value: unknown): boolean {
	return value instanceof Date || Buffer.isBuffer(value);
}

function isVisited(value: unknown): value is object {
	return isObject(value) && !isText(value);
}

function textOf(value: unknown): string {
	return value instanceof Date ? value.toISOString() : String(value);
}

/** Object.entries, which leaves nothing out that an array has. */
function entriesOf(values: object): Array<[string, unknown]> {
	return Object.entries(values);
}

/** Everything but RFC 3986's unreserved characters. */
function percentEncode(text: string): string {
	return text.replace(/[^A-Za-z0-9\-._~]+/gu, (characters) =>
		Buffer.from(characters).toString('hex').toUpperCase().replace(/../g, '%$&'),
	);
}
