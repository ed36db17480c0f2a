/** Compares an answer with the one of a transcript, in which what belongs to an account is replaced. */

export interface Bindings {
	/** What a replaced value of the transcript stands for here. */
	values: Map<string, string>;
	/** Which one an ID of here has been taken for. */
	ids: Map<string, string>;
}

export type Note = (where: string, what: string) => void;

const REPLACED = /^<text-\d+>$/;
const SHAPES: Array<[string, RegExp]> = [
	['a ticket number', /^IM\d{6,}$/],
	['a UUID', /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/],
	['a hexadecimal ID', /^[0-9a-f]{16,}$/],
	['milliseconds as text', /^\d{13}$/],
	['an ISO time', /^\d{4}-\d\d-\d\d[T ]/],
];

/** Notes each place where `here` isn't as the transcript has it. */
export function compare(
	there: unknown,
	here: unknown,
	bindings: Bindings,
	note: Note,
	where = '',
): void {
	if (Array.isArray(there) && Array.isArray(here)) {
		if (there.length !== here.length) note(where, `${there.length} entries, here ${here.length}`);
		const pairs = paired(there as unknown[], here as unknown[], bindings);
		pairs.forEach(([one, other]) => compare(one, other, bindings, note, `${where}[]`));
	} else if (isObject(there) && isObject(here)) {
		for (const key of new Set([...Object.keys(there), ...Object.keys(here)])) {
			const at = where === '' ? key : `${where}.${key}`;
			if (!(key in here)) note(at, 'missing here');
			else if (!(key in there)) note(at, 'only here');
			else compare(there[key], here[key], bindings, note, at);
		}
	} else if (kindOf(there) !== kindOf(here)) {
		note(where, `${kindOf(there)}, here ${kindOf(here)}`);
	} else if (!isSame(there, here, bindings)) {
		note(
			where,
			isReplaced(there) ? 'not the same as before' : `${shown(there)}, here ${shown(here)}`,
		);
	}
}

function isSame(there: unknown, here: unknown, { values, ids }: Bindings): boolean {
	if (typeof there === 'boolean' || there === null) return there === here;
	if (there === here && !isReplaced(there)) return true;
	if (typeof there === 'number')
		return isTime(there) ? isTime(here as number) : there > 899_999_999;
	if (typeof there !== 'string') return false;
	if (/^\d{13}$|^\d{4}-\d\d-\d\d[T ]/.test(there)) return true;
	if (!isReplaced(there)) return false;
	const known = values.get(there);
	if (known !== undefined) return known === here;
	values.set(there, String(here));
	if (REPLACED.test(there)) return true;
	const other = ids.get(String(here)) ?? there;
	ids.set(String(here), there);
	return other === there;
}

/** Tickets by their number, where they have one; else by their places. */
function paired(
	there: unknown[],
	here: unknown[],
	{ values }: Bindings,
): Array<[unknown, unknown]> {
	const idOf = (one: unknown) => (isObject(one) ? one.ticket_id : undefined);
	const byId = new Map(here.map((one) => [idOf(one), one]));
	const wanted = there.map((one) => {
		const id = idOf(one);
		return typeof id === 'string' ? (values.get(id) ?? id) : id;
	});
	if (byId.size === here.length && wanted.every((id) => id !== undefined && byId.has(id))) {
		return there.map((one, at) => [one, byId.get(wanted[at])]);
	}
	return there.slice(0, here.length).map((one, at) => [one, here[at]]);
}

function isReplaced(value: unknown): boolean {
	if (typeof value === 'number') return value >= 900_000_000 && !isTime(value);
	const text = String(value);
	return REPLACED.test(text) || SHAPES.slice(0, 3).some(([, shape]) => shape.test(text));
}

/** A replaced text may stand for any. */
function kindOf(value: unknown): string {
	if (value === null) return 'null';
	if (Array.isArray(value)) return 'a list';
	if (typeof value === 'number') return isTime(value) ? 'milliseconds as number' : 'a number';
	if (typeof value !== 'string') return typeof value;
	return SHAPES.find(([, shape]) => shape.test(value))?.[0] ?? 'a text';
}

const isTime = (value: number) => value > 978_307_200_000 && value < 4_133_980_800_000;

const shown = (value: unknown) => JSON.stringify(value);

function isObject(value: unknown): value is Record<string, unknown> {
	return typeof value === 'object' && value !== null && !Array.isArray(value);
}
