import { attachmentOf, DOWNLOAD_ACTION } from '../../../coc/calls/downloadAttachment';
import { unreadFailure } from '../../../errors/failure';
import { fileAsEntered, fileId } from '../../../fields/fileId';
import { fileName, options } from '../../../fields/options';
import { outputFieldName } from '../../../fields/outputFieldName';
import { reading } from '../../../run/readItem';

const CHECK = 'Check the ID, and who may see the ticket of the file.';

const ROOM = 'Check the space that n8n has for files.';

/** Downloads a file (DownloadAttachment). */
export const download = reading({
	option: {
		name: 'Download',
		value: 'download',
		action: 'Download file',
		description: 'Get a file by the ID from its upload',
	},
	fields: { file: fileId, field: outputFieldName, options: options({ fileName }) },
	words: {
		done: 'downloaded',
		iamAction: DOWNLOAD_ACTION,
		refusedHint: CHECK,
	},
	subjectOf: fileAsEntered,
	async read({ file: id, field, options: { fileName: wanted } }, readCoc, run) {
		return await run.client.oneFile.run(async () => {
			const found = await readCoc(attachmentOf(id), CHECK);
			if (!found.ok) return found;
			const { bytes, name, mimeType } = found.value;
			const saved = await run.saveFile(bytes, wanted ?? name ?? id, typeOf(mimeType));
			if (!saved.ok) return { ok: false, failure: unreadFailure(saved.reason, ROOM) };
			const { fileName: kept = null, mimeType: type } = saved.value;
			const value = { file: id, name: kept, mimeType: type, size: bytes.length };
			return { ok: true, value, binary: { [field]: saved.value } };
		});
	},
});

/** COC calls every file a stream of bytes; n8n finds out by its name and content. */
function typeOf(mimeType: string | null): string | undefined {
	return mimeType === null || mimeType === 'application/octet-stream' ? undefined : mimeType;
}
