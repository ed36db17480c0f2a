import { LIMITS } from '../coc/limits';
import { isPathSegment } from '../coc/url';
import { asEntered } from './asEntered';
import { asIdentifier } from './checks';
import { fieldOf } from './field';

const SHAPE = { displayName: 'File ID', name: 'file' } as const;

/** The ID of an uploaded file (`doc_id`). */
export const fileId = fieldOf(
	(value, label) => {
		const id = asIdentifier(value, label, LIMITS.id);
		if (!id.ok || isPathSegment(id.value)) return id;
		return { ok: false, reason: `'${label}' is "${id.value}", which is no ID` };
	},
	{
		...SHAPE,
		type: 'string',
		default: '',
		required: true,
		placeholder: 'e.g. 9ed8f2bc-3d27-4a1f-8f1e-5d3c8a7b6c01',
		description: 'The ID that Upload gave. COC has no list of the files of a ticket.',
	},
);

/** The ID as entered. */
export const fileAsEntered = asEntered(SHAPE);
