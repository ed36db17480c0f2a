/** A value, or why there is none. */
export type Result<T, Why = InvalidInput> = { ok: true; value: T } | (Why & { ok: false });

/** Input that can't be used. */
export interface InvalidInput {
	/** A clause without a full stop that names the field by its label. */
	reason: string;
	/** What to do about it, in full sentences. */
	hint?: string;
}

/** Several results as one; the first that isn't ok counts. */
export function all<T extends object, Why = InvalidInput>(results: {
	[K in keyof T]: Result<T[K], Why>;
}): Result<T, Why> {
	const values: Partial<T> = {};
	for (const name of Object.keys(results) as Array<keyof T>) {
		const result = results[name];
		if (!result.ok) return result as Why & { ok: false };
		values[name] = result.value;
	}
	return { ok: true, value: values as T };
}
