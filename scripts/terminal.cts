import { stripVTControlCharacters, styleText } from 'node:util';

/** Colours a text where the terminal has colours. */
export function paint(format: Parameters<typeof styleText>[0], text: string): string {
	return process.stdout.isTTY && process.stdout.hasColors() ? styleText(format, text) : text;
}

/** Rows as aligned columns, the first row as their headings. */
export function table(rows: string[][]): string {
	const widths = (rows[0] ?? []).map((_, column) =>
		Math.max(...rows.map((row) => width(row[column] ?? ''))),
	);
	return rows
		.map((row, index) => {
			const cells = row.map(
				(cell, column) => cell + ' '.repeat((widths[column] ?? 0) - width(cell)),
			);
			const line = cells.join('  ').trimEnd();
			return index === 0 ? paint('bold', line) : line;
		})
		.join('\n');
}

const width = (text: string) => stripVTControlCharacters(text).length;
