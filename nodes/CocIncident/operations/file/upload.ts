import { uploadAttachment, uploadedId, UPLOAD_ACTION } from '../../../coc/calls/uploadAttachment';
import { refusedInput } from '../../../errors/refusedInput';
import { ofField } from '../../../fields/field';
import { INPUT_DATA, inputDataFieldName } from '../../../fields/inputDataFieldName';
import { sendable } from '../../../fields/inputFile';
import { dryRunOfCreation, fileName, options } from '../../../fields/options';
import { REPEATABLE, writing } from '../../../run/write';

/** Uploads a file, which Submit Solution and Reopen can attach to a ticket (UploadAttachment). */
export const upload = writing({
	option: {
		name: 'Upload',
		value: 'upload',
		action: 'Upload file',
		description: 'Upload a file, to attach it to an incident',
	},
	fields: { source: inputDataFieldName, options: options({ dryRun: dryRunOfCreation, fileName }) },
	words: {
		done: 'uploaded',
		iamAction: UPLOAD_ACTION,
		refusedHint:
			'Check that COC takes files of this type, and that the file is what its name says.',
	},
	async plan({ source, options: { fileName: wanted } }) {
		const file = ofField(INPUT_DATA, await sendable(source, INPUT_DATA, wanted ?? source.name));
		if (!file.ok) return refusedInput(file);
		const { name, size } = file.value;
		return {
			request: uploadAttachment(file.value),
			shown: { file: null, name, size },
			take: (answer) => ({ file: uploadedId(answer) }),
			// At worst COC keeps a file that no ticket has.
			proof: REPEATABLE,
			check: () => `upload "${name}" again: a file without a ticket does no harm`,
		};
	},
});
