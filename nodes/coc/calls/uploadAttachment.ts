import type { Answer } from '../answer';
import type { CocRequest } from '../call';
import { asNonEmptyText, asRecord } from '../json';

/** IAM action of the call. */
export const UPLOAD_ACTION = 'coc:ticket:uploadFile';

/** The call that uploads a file for a ticket (UploadAttachment): `POST /v1/incident/attachments`. */
export function uploadAttachment(file: File): CocRequest {
	const form = new FormData();
	form.append('file', file);
	return { method: 'POST', path: '/v1/incident/attachments', form, hasPlainCode: true };
}

/** `data.doc_id`; null when the answer doesn't hold one. */
export function uploadedId({ envelope }: Answer): string | null {
	return asNonEmptyText(asRecord(envelope?.data)?.doc_id);
}

/** The extensions of the files that COC takes. */
export const FILE_EXTENSIONS = ['jpg', 'png', 'docx', 'txt', 'pdf'] as const;

/** Largest file, in bytes. */
export const MAX_FILE_BYTES = 10 * 1024 * 1024;
