/** A server that records what arrives, and n8n's request helpers to send it something. */
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { buffer } from 'node:stream/consumers';
import { expect } from '@jest/globals';
import { callHelper, loadPackage, type HelperCall } from '../../engine/index.cts';
import { isSignedWith, readAuthorization, type SignedRequest } from '../../standin/signatures.cts';

export const TODAY = 'httpRequestWithAuthentication';
export const LEGACY = 'requestWithAuthentication';
export type Helper = HelperCall['helper'];
/** Options in the helper's dialect, tests make up some that its type doesn't allow. */
export type Options = Record<string, unknown>;

const packages = loadPackage(join(__dirname, 'fixture'));
const data = { accessKeyId: 'AK', secretAccessKey: 'SK' };

export async function startRecorder() {
	const received: SignedRequest[] = [];
	const server = createServer((request, response) => {
		void buffer(request).then((body) => {
			const { method = '', url = '', headers } = request;
			received.push({ method, url, headers, body });
			response.setHeader('Content-Type', 'application/json');
			response.end('{}');
		});
	});
	await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
	const { port } = server.address() as AddressInfo;

	/** What arrives when a node sends this with a credential; undefined when n8n sends nothing. */
	async function send(
		helper: Helper,
		options: Options,
		type: 'plainApi' | 'signedApi',
	): Promise<SignedRequest | undefined> {
		const call = { helper, options } as unknown as HelperCall;
		try {
			await callHelper(await packages, call, { id: 'c', name: 'C', type, data });
		} catch (error) {
			if (received.length) throw error;
		}
		return received.splice(0).at(-1);
	}

	/** What arrives when it is signed; fails when the signature is over anything else. */
	async function signed(helper: Helper, options: Options) {
		const request = await send(helper, options, 'signedApi');
		const facts = request && { ...essence(request), signed: isSigned(request) };
		expect(facts).toEqual(facts && { ...facts, signed: true });
		return request;
	}

	/** The same, and fails when n8n sends anything else by itself. */
	async function signedAsSent(helper: Helper, make: () => Options) {
		const plain = await send(helper, make(), 'plainApi');
		const request = await signed(helper, make());
		expect(essence(request)).toEqual(essence(plain));
		return request;
	}

	return {
		host: `127.0.0.1:${port}`,
		signed,
		signedAsSent,
		close: () => {
			server.closeAllConnections();
			return new Promise((resolve) => server.close(resolve));
		},
	};
}

/** Whether the request is signed over what arrived. */
function isSigned(request: SignedRequest): boolean {
	const authorization = readAuthorization(request);
	return authorization !== undefined && isSignedWith('SK', request, authorization);
}

/** What the receiver works with, a multipart body without its random boundary. */
function essence(request: SignedRequest | undefined) {
	if (!request) return undefined;
	const { method, url, headers, body } = request;
	const type = headers['content-type'] ?? '';
	const boundary = /boundary=(.+)$/.exec(type)?.[1];
	const neutral = (text: string) => (boundary ? text.replaceAll(boundary, '…') : text);
	return { method, url, type: neutral(type), body: neutral(body.toString('latin1')) };
}
