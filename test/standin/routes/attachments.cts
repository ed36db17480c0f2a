import { parameterError, success } from '../answers.cts';
import { checked, readQuery, text } from '../check.cts';
import type { Route } from './route.cts';

const EXTENSION = /\.(jpg|png|docx|txt|pdf)$/i;
const MOST_BYTES = 10 * 1024 * 1024;

/** POST /v1/incident/attachments, and its twin below /v1/external: one file a call. */
export const uploads: Route[] = [
	'/v1/incident/attachments',
	'/v1/external/incident/attachments',
].map((path) => ({
	...{ method: 'POST', path, takes: 'form', permission: 'coc:ticket:uploadFile' },
	answer({ form, query }, { files }) {
		checked(readQuery(query), {}, 'query');
		const parts = form ?? [];
		const [first, ...others] = parts;
		if (first?.name !== 'file' || first.file === null || others.length > 0) {
			throw parameterError('The form must hold one part, the file.');
		}
		const { name, bytes } = first.file;
		if (!EXTENSION.test(name)) throw parameterError(`The file type of ${name} is not allowed.`);
		if (bytes.length > MOST_BYTES) throw parameterError('The file is larger than 10 MB.');
		return success({ doc_id: files.add({ name, bytes }), doc_name: name });
	},
}));

/** GET /v1/incident/attachments/{doc_id} */
export const download: Route = {
	method: 'GET',
	path: '/v1/incident/attachments/{doc_id}',
	permission: 'coc:ticket:downloadFile',
	answer({ params, query }, { files }) {
		checked(readQuery(query), {}, 'query');
		const { doc_id: id } = checked(params, { doc_id: text(255) }, 'path');
		const file = files.get(id);
		if (!file) throw parameterError(`The field[doc_id] value[${id}] does not exist.`);
		return {
			status: 200,
			headers: { 'Content-Type': 'application/octet-stream' },
			body: file.bytes,
		};
	},
};
