import type { AnsweredFile } from '../answer';
import type { KeepFile, ReadCall } from '../call';
import { urlEncoded } from '../url';
import { MAX_FILE_BYTES } from './uploadAttachment';

/** IAM action of the call. */
export const DOWNLOAD_ACTION = 'coc:ticket:downloadFile';

/**
 * The call that downloads a file (DownloadAttachment): `GET /v1/incident/attachments/{doc_id}`.
 *
 * @param id `doc_id`, as the upload gave it
 * @param keepFile takes the file
 */
export function attachmentOf(id: string, keepFile: KeepFile): ReadCall<AnsweredFile> {
	return {
		what: 'file',
		iamAction: DOWNLOAD_ACTION,
		request: {
			method: 'GET',
			path: `/v1/incident/attachments/${urlEncoded(id)}`,
			keepFile,
			maxBytes: MAX_FILE_BYTES,
		},
		take: ({ file }) => file ?? null,
	};
}
