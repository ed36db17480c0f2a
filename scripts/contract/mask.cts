/** Replaces what belongs to an account, the same by the same, so that shapes and relations stay. */
import { asRecord, canonical } from './product.cts';
import { ownTexts } from './texts.cts';
import { isCount, isOpenKey, isOpenWord, isTimeKey, isWord, LABELS } from './vocabulary.cts';

export interface Mask {
	/** A JSON document; what isn't known to be COC's own is replaced. */
	document(value: unknown): unknown;
	path(path: string): string;
	headers(headers: Record<string, unknown>): Record<string, string>;
	/** An ID of a person. */
	id(value: string): string;
}

/** Shapes of IDs, and how the n-th one is written, in the same shape. */
const SHAPES: Array<[string, RegExp, (n: number, was: string) => string]> = [
	['ticket', /^IM\d{6,}$/i, (n, was) => `IM${String(n).padStart(was.length - 2, '0')}`],
	['uuid', /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i, (n) => uuid(n)],
	['hex', /^[0-9a-f]{16,}$/i, (n, was) => n.toString(16).padStart(was.length, '0')],
];
const TICKET_KEYS = ['ticket_id', 'incident_num', 'incident_id', 'real_ticket_id'];

const TICKET_IN_PATH =
	/^(\/v1\/external\/incident\/(?!(?:create|handle|list-histories)$)|\/v2\/incidents\/(?!list$))([^/?]+)/;

const uuid = (n: number) => `00000000-0000-4000-8000-${n.toString(16).padStart(12, '0')}`;

export function createMask(): Mask {
	const replaced = new Map<string, string>();
	const numbers = new Map<number, number>();
	const counters = new Map<string, number>();

	function next(kind: string): number {
		const n = (counters.get(kind) ?? 0) + 1;
		counters.set(kind, n);
		return n;
	}

	function replace(value: string, key: string): string {
		const known = replaced.get(value);
		if (known !== undefined) return known;
		const shape = SHAPES.find(([, pattern]) => pattern.test(value));
		const [kind, , write] =
			shape ??
			(TICKET_KEYS.includes(key) ? SHAPES[0]! : ['text', null, (n: number) => `<text-${n}>`]);
		const isOdd = shape === undefined && kind === 'ticket';
		const written = write(next(kind), isOdd ? '0'.repeat(26) : value);
		replaced.set(value, written);
		return written;
	}

	function text(value: string, key: string, around: Record<string, unknown> | null): string {
		if (/^(?:|0|true|false)$/.test(value)) return value;
		if (isTimeKey(key) && isTime(value)) return value;
		if (isWord(key, value) || isOwn(value)) return value;
		if (isLabel(value, key, around)) return value;
		if (replaced.has(value)) return replaced.get(value)!;
		return isOpen(value, key, around) ? value : replace(value, key);
	}

	function number(value: number, key: string): number {
		const isKept = Math.abs(value) <= 9 || isCount(key) || (isTimeKey(key) && isTime(`${value}`));
		if (isKept) return value;
		const known = numbers.get(value) ?? 900_000_000 + next('number');
		numbers.set(value, known);
		return known;
	}

	function walk(value: unknown, key: string, around: Record<string, unknown> | null): unknown {
		if (typeof value === 'string') return text(value, key, around);
		if (typeof value === 'number') return number(value, key);
		if (Array.isArray(value)) return value.map((one: unknown) => walk(one, key, around));
		const record = asRecord(value);
		if (record === null) return value;
		return Object.fromEntries(
			Object.entries(record).map(([name, one]) => [
				isOpenWord(name) ? name : replace(name, ''),
				isTimeFilter(name, record) ? one : walk(one, name, record),
			]),
		);
	}

	/** A code stands at the top only: elsewhere a field of this name is an account's. */
	function document(value: unknown): unknown {
		const record = asRecord(value);
		const masked = walk(value, '', null);
		const codes = ['error_code', 'code', 'provider_code'].filter((name) => {
			const code = record?.[name];
			return typeof code === 'string' && /^(?:[A-Za-z]{2,10}\.)?\d{1,12}$/.test(code);
		});
		codes.forEach((name) => ((masked as Record<string, unknown>)[name] = record?.[name]));
		return masked;
	}

	return {
		document,
		id: (value) => replace(value, ''),
		path: (path) =>
			path.replace(TICKET_IN_PATH, (_all, before: string, ticket: string) => {
				return before + encodeURIComponent(replace(decodeURIComponent(ticket), 'ticket_id'));
			}),
		headers(headers) {
			const named = (name: string, pattern: RegExp) => {
				const value = headers[name];
				if (typeof value !== 'string') return {};
				return { [name]: pattern.test(value) ? value : '<other>' };
			};
			return {
				...named('date', /^[A-Z][a-z]{2}, \d\d [A-Z][a-z]{2} \d{4} \d\d:\d\d:\d\d GMT$/),
				...named('content-type', /^[a-z]+\/[a-z-]+(?:; ?charset=[a-z0-9-]{1,12})?$/i),
				...named('retry-after', /^\d{1,6}$/),
			};
		},
	};
}

/** The values of a filter are those of its field. */
function isTimeFilter(name: string, { field, values }: Record<string, unknown>): boolean {
	if (name !== 'values' || !isTimeKey(String(field)) || !Array.isArray(values)) return false;
	return values.every((value) => typeof value === 'string' && isTime(value));
}

/** In ms or s since 1970, between 2001 and 2100, or in a usual writing. */
function isTime(text: string): boolean {
	if (/^\d{10}$|^\d{13}$/.test(text)) {
		const ms = Number(text) * (text.length === 10 ? 1000 : 1);
		return ms >= 978_307_200_000 && ms < 4_133_980_800_000;
	}
	return /^\d{4}-\d\d-\d\d[T ]\d\d:\d\d(?::\d\d(?:[.,]\d{1,9})?)?(?: ?(?:Z|UTC|[+-]\d\d:?\d\d))?$/.test(
		text,
	);
}

/** The label of one of COC's preset values. */
function isLabel(text: string, key: string, around: Record<string, unknown> | null): boolean {
	if (key !== 'name_en' && key !== 'name_zh') return false;
	const labelled = [around?.enum_key, around?.biz_id].map((one) => LABELS.get(String(one)));
	return labelled.some((label) => label?.toLowerCase() === text.toLowerCase());
}

/** One of COC's own words, where the contract leaves them open. */
function isOpen(text: string, key: string, around: Record<string, unknown> | null): boolean {
	if (!isOpenWord(text)) return false;
	const isOperation = key === 'key' && around !== null && 'task_id' in around;
	const field = String(around?.prop_id ?? around?.filed_key);
	const isListed =
		(key === 'biz_id' || key === 'enum_key') && /^(?:work_flow_)?status$|^phase$/.test(field);
	return isOpenKey(key) || isOperation || isListed;
}

/**
 * What the story wrote itself, in whatever spelling it came back: nothing but its own letters in their
 * order, tags aside, so that nothing of the account can be in it.
 */
function isOwn(text: string): boolean {
	const letters = lettersOf(text.replace(/<\/?[a-z]{1,6} ?\/?>/gi, ' '));
	return letters.length >= 30 && OWN_LETTERS.some((own) => isWithin(letters, own));
}

function lettersOf(text: string): string {
	return canonical(text).replace(/[^\p{L}\p{N}]/gu, '');
}

const OWN_LETTERS = ownTexts
	.map((own) => [own, own.replaceAll(/<\/?b>/g, ' ')].map(lettersOf))
	.flat();

/** Whether a text is another one with characters left out. */
function isWithin(part: string, whole: string): boolean {
	let at = 0;
	for (const character of whole) if (part.startsWith(character, at)) at += character.length;
	return at === part.length;
}
