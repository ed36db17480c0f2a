/** Files of items, as n8n keeps them: in memory, or in its storage. */
import type { IBinaryData, INode } from 'n8n-workflow';
import type { Coc, Verification } from './coc.cts';

/** A file in an item, kept in memory as n8n does without a storage. */
export function inMemory(
	content: string | Buffer,
	{ fileName = 'report.pdf', mimeType = 'application/pdf' }: Partial<IBinaryData> = {},
): IBinaryData {
	return { data: Buffer.from(content).toString('base64'), fileName, mimeType };
}

/** Runs an operation on files; each item has these fields and files. */
export async function operateOnFiles(
	coc: Coc,
	operation: 'upload' | 'download',
	items: Array<{ json?: Record<string, unknown>; binary?: Record<string, IBinaryData> }>,
	{ parameters, ...settings }: Partial<INode> = {},
): Promise<Verification> {
	const fields =
		operation === 'upload' ? { inputDataFieldName: 'data' } : { file: '={{ $json.file }}' };
	return await coc.run(
		items.map(({ json = {} }) => json),
		{ ...settings, parameters: { resource: 'file', operation, ...fields, ...parameters } },
		{ files: items.map(({ binary }) => binary) },
	);
}
