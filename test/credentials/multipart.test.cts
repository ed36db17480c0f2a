/** Files are uploaded by n8n's HTTP Request node, or by other nodes. */
import { describe, expect, test } from '@jest/globals';
import type { HelperCall } from '../engine/index.cts';
import { useDeployment } from '../support/deployment.cts';

const d = useDeployment();

describe('an upload as a multipart form', () => {
	const path = '/v1/external/incident/attachments';
	const file = { value: Buffer.from('100 % ✅ \r\n--'), options: { filename: 'a.txt' } };
	const form = () => {
		const data = new FormData();
		data.append('file', new Blob([file.value]), 'a.txt');
		return data;
	};
	const uploads = (): Array<[string, HelperCall]> => [
		[
			'of the HTTP Request node',
			{
				helper: 'requestWithAuthentication',
				options: { uri: d.coc.url + path, method: 'POST', formData: { file } },
			},
		],
		[
			'of the HTTP Request node that names its type',
			{
				helper: 'requestWithAuthentication',
				options: {
					uri: d.coc.url + path,
					method: 'POST',
					formData: { file },
					headers: { 'content-type': 'multipart/form-data' },
				},
			},
		],
		[
			'of another node',
			{
				helper: 'httpRequestWithAuthentication',
				options: { url: d.coc.url + path, method: 'POST', body: form() as never },
			},
		],
	];

	test.each([0, 1, 2])('is signed without its bytes, way %d', async (way) => {
		const [, call] = uploads()[way]!;
		await d.call(d.credential('accessKey'), call);
		const [request] = d.coc.requests;
		expect(d.coc.requests.map(({ status }) => status)).toEqual([200]);
		expect(request?.userId).toBe(d.key.userId);
		expect(request?.headers['x-sdk-content-sha256']).toBe('UNSIGNED-PAYLOAD');
		expect(request?.headers['content-type']).toMatch(/^multipart\/form-data; ?boundary=/);
		expect(request?.text).toContain('100 % ✅ \r\n--');
		expect(request?.headers.authorization).toContain(
			'SignedHeaders=host;x-sdk-content-sha256;x-sdk-date',
		);
	});

	test.each([0, 1, 2])('carries an IAM user’s token, way %d', async (way) => {
		const [, call] = uploads()[way]!;
		await d.call(d.credential('iamUser'), call);
		expect(d.coc.requests.at(-1)?.userId).toBe(d.user.userId);
	});
});
