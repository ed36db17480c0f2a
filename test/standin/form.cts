import type { RecordedRequest } from './types.cts';

/** One part of a multipart form; `file` is null for a plain value. */
export interface FormPart {
	name: string;
	file: { name: string; bytes: Buffer } | null;
}

/** The parts of a multipart body; null when it is none. */
export async function readForm({ headers, body }: RecordedRequest): Promise<FormPart[] | null> {
	const type = headers['content-type'] ?? '';
	if (!type.startsWith('multipart/form-data')) return null;
	try {
		const form = await new Response(body, { headers: { 'content-type': type } }).formData();
		return await Promise.all([...form].map(partOf));
	} catch {
		return null;
	}
}

async function partOf([name, value]: [string, string | File]): Promise<FormPart> {
	if (typeof value === 'string') return { name, file: null };
	return { name, file: { name: value.name, bytes: Buffer.from(await value.arrayBuffer()) } };
}
