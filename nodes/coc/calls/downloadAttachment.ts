import type { AnsweredFile } from '../answer';
import type { ReadCall } from '../call';
import { urlEncoded } from '../url';
import { MAX_FILE_BYTES } from './uploadAttachment';

/** IAM action of the call. */
export const DOWNLOAD_ACTION = 'coc:ticket:downloadFile';

/**
 * The call that downloads a file (DownloadAttachment): `GET /v1/incident/attachments/{doc_id}`.
 *
 * @param id `doc_id`, as the upload gave it
 */
export function attachmentOf(id: string): ReadCall<AnsweredFile> {
	return {
		what: 'file',
		iamAction: DOWNLOAD_ACTION,
		request: {
			method: 'GET',
			path: `/v1/incident/attachments/${urlEncoded(id)}`,
			answersFile: true,
			maxBytes: MAX_FILE_BYTES,
		},
		take: ({ file }) => file ?? null,
	};
}
