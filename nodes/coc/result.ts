/** A value, or why there is none. */
export type Result<T, Why = InvalidInput> = { ok: true; value: T } | (Why & { ok: false });

/** Input that can't be used. */
export interface InvalidInput {
	/** A clause without a full stop that names the field by its label. */
	reason: string;
	/** What to do about it, in full sentences. */
	hint?: string;
	/** Labels of the fields that are at fault. */
	fields?: string[];
	/** Where more than one thing is wrong, each by itself. */
	faults?: InvalidInput[];
}

/** Several results as one, with all that is wrong: nobody should have to come back for the next one. */
export function all<T extends object>(results: { [K in keyof T]: Result<T[K]> }): Result<T> {
	const values: Partial<T> = {};
	const faults: InvalidInput[] = [];
	for (const name of Object.keys(results) as Array<keyof T>) {
		const result = results[name];
		if (result.ok) values[name] = result.value;
		else faults.push(...(result.faults ?? [result]));
	}
	const [first, ...others] = faults;
	if (first === undefined) return { ok: true, value: values as T };
	return { ok: false, ...(others.length === 0 ? first : together(faults)) };
}

function together(faults: InvalidInput[]): InvalidInput {
	return {
		reason: faults.map(({ reason }) => reason).join('; '),
		fields: [...new Set(faults.flatMap(({ fields = [] }) => fields))],
		faults,
	};
}
