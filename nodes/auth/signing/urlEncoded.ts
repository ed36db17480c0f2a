/**
 * Queries and forms in the spelling of the libraries inside n8n's request helpers: `qs`, and Axios
 * for forms in today's dialect; for every value that can come out of a workflow.
 */
type Pair = [name: string, value: string];

/** `qs.stringify(values, { arrayFormat })`: indices, brackets, repeat or comma. */
export function stringifyQuery(values: unknown, arrayFormat = 'indices'): string {
	if (!isObject(values)) return '';
	return Object.entries(values)
		.flatMap(([name, value]) => queryPairs(name, value, arrayFormat))
		.map((pair) => pair.map(percentEncode).join('='))
		.join('&');
}

function queryPairs(name: string, value: unknown, arrayFormat: string): Pair[] {
	if (value === undefined) return [];
	if (value === null) return [[name, '']];
	if (!isNested(value)) return [[name, formText(value)]];
	if (arrayFormat === 'comma' && Array.isArray(value)) {
		const texts = value.map((one) => (isNested(one) ? one : formText(one ?? '')));
		return texts.length ? [[name, texts.join(',')]] : [];
	}
	const nameOf = (Array.isArray(value) && NAME_OF_ELEMENT[arrayFormat]) || nameOfPart;
	return Object.entries(value).flatMap(([key, part]) =>
		queryPairs(nameOf(name, key), part, arrayFormat),
	);
}

const nameOfPart = (name: string, key: string) => `${name}[${key}]`;

const NAME_OF_ELEMENT: Record<string, typeof nameOfPart> = {
	brackets: (name) => `${name}[]`,
	repeat: (name) => name,
};

/** What Axios makes of an object whose content type is `application/x-www-form-urlencoded`. */
export function stringifyForm(values: object): string {
	const pairs = Object.entries(values).flatMap(([name, value]) =>
		// Only a list of plain values at the top has no indices.
		Array.isArray(value) && !value.some(isNested)
			? value.flatMap((one) => formPairs(`${name}[]`, one))
			: formPairs(name, value),
	);
	return new URLSearchParams(pairs).toString();
}

function formPairs(name: string, value: unknown): Pair[] {
	if (value === undefined || value === null) return [];
	if (!isNested(value)) return [[name, formText(value)]];
	return Object.entries(value).flatMap(([key, part]) => formPairs(nameOfPart(name, key), part));
}

function isObject(value: unknown): value is object {
	return typeof value === 'object' && value !== null;
}

/** Lists and objects; a date or bytes stand for one text. */
function isNested(value: unknown): value is object {
	return isObject(value) && !(value instanceof Date) && !Buffer.isBuffer(value);
}

function formText(value: unknown): string {
	return value instanceof Date ? value.toISOString() : String(value);
}

/** Everything but RFC 3986's unreserved characters. */
function percentEncode(text: string): string {
	return text.replace(/[^A-Za-z0-9\-._~]+/gu, (characters) =>
		Buffer.from(characters).toString('hex').toUpperCase().replace(/../g, '%$&'),
	);
}
