import type { IBinaryData } from 'n8n-workflow';
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
			const call = attachmentOf(id, async (bytes, { name, mimeType }) => {
				const named = wanted ?? name ?? id;
				// By its extension n8n knows it better.
				const type = /\.\w+$/.test(named) ? undefined : (mimeType ?? undefined);
				return await run.saveFile(bytes, named, type);
			});
			const found = await readCoc(call, CHECK);
			if (!found.ok) return found;
			const { size, kept } = found.value;
			if (!kept.ok) return { ok: false, failure: unreadFailure(kept.reason, ROOM) };
			const saved = kept.value as IBinaryData;
			const value = { file: id, name: saved.fileName ?? null, mimeType: saved.mimeType, size };
			return { ok: true, value, binary: { [field]: saved } };
		});
	},
});
