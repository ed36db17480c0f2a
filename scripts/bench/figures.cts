/** A table's rows, the first one its headings. */
export type Rows = string[][];

export function median(values: number[]): number {
	const sorted = values.toSorted((a, b) => a - b);
	return sorted[Math.floor(sorted.length / 2)] ?? NaN;
}

/** The median of one figure. */
export function medianOf<T extends string>(results: Array<Record<T, number>>, name: T): number {
	return median(results.map((result) => result[name]));
}

export function inMilliseconds(microseconds: number, digits: number): string {
	return `${(microseconds / 1000).toLocaleString('en', { minimumFractionDigits: digits, maximumFractionDigits: digits })} ms`;
}

export function inKilobytes(bytes: number): string {
	return `${(bytes / 1024).toFixed(1)} kB`;
}

/** Rows as a table of Markdown. */
export function markdown([headings = [], ...rows]: Rows): string {
	const line = (cells: string[]) => `| ${cells.join(' | ')} |`;
	return [line(headings), line(headings.map(() => '---')), ...rows.map(line)].join('\n');
}
