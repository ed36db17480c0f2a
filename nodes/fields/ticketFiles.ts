import { cleanText } from '../coc/cleanText';
import type { Result } from '../coc/result';
import { fieldOf, type OptionField } from './field';
import type { Input } from './input';
import type { InputFile, InputFiles } from './inputFile';

/** A file for a ticket: one that was uploaded, by its ID, or one of the item. */
export type TicketFile = { id: string } | { field: string; file: InputFile };

/** The console allows so many files a ticket. */
const MOST_FILES = 10;

/** Files that go with a solution, a reopening, or an incident that is made of alarms. */
export const ticketFiles: OptionField<TicketFile[]> = {
	...fieldOf((value, label, { files }) => asFiles(value, label, files), {
		displayName: 'Files',
		name: 'files',
		type: 'string',
		default: '',
		placeholder: 'e.g. data, 9ed8f2bc-3d27-4a1f-8f1e-5d3c8a7b6c01',
		description:
			'Names of binary fields of the item, which are uploaded first, or IDs of uploaded files, separated by commas',
	}),
	absent: [],
};

/** Whether the option was added. */
export function hasFiles(input: Input): boolean {
	const options = input.options();
	return options.ok && 'files' in Object(options.value);
}

/** How messages name the field. */
export const FILES = ticketFiles.properties[0]!.displayName;

function asFiles(value: unknown, label: string, files: InputFiles): Result<TicketFile[]> {
	const list = typeof value === 'string' ? value.split(',') : value;
	if (!Array.isArray(list) || !list.every((one) => typeof one === 'string')) {
		return { ok: false, reason: `'${label}' must be a text or a list of texts` };
	}
	const names = list.map((name) => name.trim()).filter((name) => name !== '');
	if (names.length === 0) {
		return { ok: false, reason: `'${label}' is empty`, hint: 'Enter one, or remove the option.' };
	}
	if (names.length > MOST_FILES) {
		const reason = `'${label}' has ${names.length} files, and COC takes ${MOST_FILES} at most`;
		return { ok: false, reason };
	}
	const found: TicketFile[] = [];
	for (const name of new Set(names)) {
		const file = files.of(name);
		if (file === null && !ID.test(name)) return isNone(name, label, files.names());
		found.push(file ? { field: name, file } : { id: name });
	}
	return { ok: true, value: found };
}

/** As COC's pages show them; anything else is the name of a field that isn't there. */
const ID = /^[0-9a-f]{8}(?:-?[0-9a-f]{4}){3}-?[0-9a-f]{12}$/i;

function isNone(name: string, label: string, fields: string[]): Result<never> {
	const shown = cleanText(name.slice(0, 50)) ?? '';
	const list = fields.slice(0, MOST_FILES).map((field) => cleanText(field) ?? '?');
	return {
		ok: false,
		reason: `'${label}' has "${shown}", which is neither a file of the item nor the ID of one`,
		hint: list.length > 0 ? `The item has: ${list.join(', ')}.` : 'The item has no files.',
	};
}
