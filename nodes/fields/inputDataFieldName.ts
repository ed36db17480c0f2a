import type { INodeProperties } from 'n8n-workflow';
import { cleanText } from '../coc/cleanText';
import { asRequiredText } from './checks';
import { fieldOf, type Field } from './field';
import type { InputFile } from './inputFile';

const property: INodeProperties = {
	displayName: 'Input Data Field Name',
	name: 'inputDataFieldName',
	type: 'string',
	default: 'data',
	required: true,
	placeholder: 'e.g. data',
	hint: 'The name of the input field that holds the file',
	description:
		'The binary field of the item with the file: .jpg, .png, .docx, .txt or .pdf, and 10 MB at most',
};

/** A file of the item, by the name of its binary field. */
export const inputDataFieldName: Field<InputFile> = {
	...fieldOf((value, label, { files }) => {
		const name = asRequiredText(value, label, Infinity);
		if (!name.ok) return name;
		const file = files.of(name.value);
		if (file !== null) return { ok: true, value: file };
		const shown = cleanText(name.value.slice(0, 50)) ?? '';
		return {
			ok: false,
			reason: `'${label}' is "${shown}", and the item has no such file`,
			hint: has(files.names()),
		};
	}, property),
	shown: () => ({}),
};

/** How messages name the field. */
export const INPUT_DATA = property.displayName;

/** The field as entered. */
function has(names: string[]): string {
	if (names.length === 0) return 'The item has no files: connect a node that gives one.';
	return `It has: ${names
		.slice(0, 10)
		.map((name) => cleanText(name) ?? '?')
		.join(', ')}.`;
}
