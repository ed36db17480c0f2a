import type { Cause } from '../errors/failure';
import type { Wait } from './retryAfter';

/** Either a value or why there is none. */
export type Checked<T> = { ok: true; value: T } | Refused;

export interface Refused {
	ok: false;
	/** A clause that tells the user what is wrong, naming the field by its label. */
	reason: string;
	/** What to do about it, in full sentences. */
	hint?: string;
	/** Whether it may pass by itself: a network or a service in trouble, nothing to correct. */
	mayPass?: boolean;
	/** The network's code, which the reason doesn't quote; null for none. */
	code?: string | null;
	/** In n8n's words, where not the credential is at fault; null for none of them. */
	cause?: Cause | null;
	/** How long the service wants to be left alone. */
	wait?: Wait;
}

/** Several checked values as one; the first that is refused speaks. */
export function all<T extends object>(fields: {
	[K in keyof T]: Checked<T[K]>;
}): Checked<T> {
	const values: Partial<T> = {};
	for (const name of Object.keys(fields) as Array<keyof T>) {
		const field = fields[name];
		if (!field.ok) return field;
		values[name] = field.value;
	}
	return { ok: true, value: values as T };
}
