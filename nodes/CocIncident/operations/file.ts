import type { Resource } from '../../run/operation';
import { download } from './file/download';
import { upload } from './file/upload';

/** A ticket's file. */
export const FILE: Resource = {
	name: 'File',
	value: 'file',
	subject: { label: 'File', key: 'file' },
	preset: 'download',
	operations: [download, upload],
};
