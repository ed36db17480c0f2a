/**
 * Our signatures against those of Huawei Cloud's own SDK, on generated requests; and, as a third
 * opinion, against the stand-in's verifier.
 *
 * In five steps the SDK's signer leaves the COC contract. A request that meets one is signed by the
 * SDK's code once more with these steps put right (`correctedSigner`), so nothing is skipped, and
 * the test fails when the SDK deviates in any other way or doesn't any more:
 *
 * - path: it encodes what `url.parse` hands it, so that a blank becomes `%2520`; the contract (and
 *   the Python core) decode first. It takes a slash within a segment for a separator.
 * - query: it sorts UTF-16 units, the Go and Python cores sort characters, which is another order
 *   beyond U+FFFF.
 * - body: it hashes `JSON.stringify(data)` even when the body is a text.
 * - headers: it signs names with `_`, and values with the blanks around them.
 * - host: it keeps a port that is the scheme's own, which no client sends.
 */
import { expect, test } from '@jest/globals';
import { AKSKSigner } from '@huaweicloud/huaweicloud-sdk-core/auth/AKSKSigner';
import type { ICredential } from '@huaweicloud/huaweicloud-sdk-core/auth/ICredential';
import type { IHttpRequest } from '@huaweicloud/huaweicloud-sdk-core/http/IHttpRequest';
import type * as source from '../../../nodes/auth/signing/signature.ts';
import { isSignedWith, readAuthorization } from '../../standin/signatures.cts';
import { built } from '../../support/built.cts';
import { byLength } from '../../support/length.cts';
import { createRandom } from '../../support/random.cts';
import { generate, type Generated, urlOf } from './requests.cts';

const { signRequest } = built<typeof source>('nodes/auth/signing/signature');

const COUNT = byLength(1000, 10_000);
const SEED = 20_261_124;
const STEPS = ['path', 'query', 'body', 'headers', 'host'] as const;
type Step = (typeof STEPS)[number];

test(`${COUNT} generated requests get the signature of Huawei Cloud's own SDK`, () => {
	const random = createRandom(SEED);
	const seen = { equal: 0, path: 0, query: 0, body: 0, headers: 0, host: 0 };
	const wrong: unknown[] = [];
	for (let index = 0; index < COUNT; index++) {
		const generated = generate(random);
		const url = urlOf(generated, random);
		const signed = ours(generated, url);
		const steps = STEPS.filter((step) => DEVIATES[step](generated));
		for (const step of steps) seen[step]++;
		if (!steps.length) seen.equal++;
		const same = theirs(AKSKSigner, asGiven(generated), generated) === signed.Authorization;
		const sameCorrected =
			!steps.length ||
			theirs(correctedSigner(generated), corrected(generated), generated) === signed.Authorization;
		if (same !== !steps.length || !sameCorrected || !verified(generated, url, signed)) {
			wrong.push({ index, steps, same, sameCorrected, url, generated });
		}
	}
	expect(wrong).toEqual([]);
	const { equal, ...deviating } = seen;
	process.stdout.write(
		`Signatures compared with the SDK's: ${COUNT} (seed ${SEED}), ${equal} equal as they are, the others with a step put right: ${JSON.stringify(deviating)}\n`,
	);
	for (const step of STEPS) expect(seen[step]).toBeGreaterThan(COUNT / 100);
	expect(equal).toBeGreaterThan(COUNT / 10);
});

function bytesOf({ data }: Generated): Buffer | undefined {
	if (data === undefined) return undefined;
	return Buffer.from(typeof data === 'string' ? data : JSON.stringify(data));
}

function ours(generated: Generated, url: string): Record<string, string> {
	const { method, headers, multipart, key, now } = generated;
	const body = bytesOf(generated);
	return signRequest({ method, url, headers, body, unsignedPayload: multipart }, key, now);
}

/** The headers that an SDK client sends: its credentials add the same as our key. */
function headersOf({ headers, multipart, key, now }: Generated): Record<string, string> {
	const { securityToken, accountId, projectId } = key;
	return {
		...headers,
		'X-Sdk-Date': now.toISOString().replace(/[-:]|\.000/g, ''),
		...(multipart && { 'X-Sdk-Content-Sha256': 'UNSIGNED-PAYLOAD' }),
		...(securityToken && { 'X-Security-Token': securityToken }),
		...(accountId ? { 'X-Domain-Id': accountId } : projectId && { 'X-Project-Id': projectId }),
	};
}

function asGiven(generated: Generated): IHttpRequest {
	const { method, origin, segments, query, data } = generated;
	return {
		method,
		endpoint: [origin, ...segments].join('/'),
		queryParams: structuredClone(query),
		headers: headersOf(generated),
		data,
	};
}

function corrected(generated: Generated): IHttpRequest {
	const headers = Object.entries(headersOf(generated))
		.filter(([name]) => !name.includes('_'))
		.map(([name, value]) => [name, value.trim()]);
	return {
		...asGiven(generated),
		endpoint: new URL(generated.origin).origin,
		headers: Object.fromEntries(headers) as Record<string, string>,
	};
}

function theirs(signer: typeof AKSKSigner, request: IHttpRequest, { key }: Generated): unknown {
	const credential = { getAk: () => key.accessKeyId, getSk: () => key.secretAccessKey };
	return (signer.sign(request, credential as ICredential) as Record<string, string>).Authorization;
}

/** The SDK's signer, with the steps put right that the request alone can't put right. */
function correctedSigner({ segments, query, data, multipart }: Generated): typeof AKSKSigner {
	const bytes = ([a]: string[], [b]: string[]) => Buffer.compare(Buffer.from(a!), Buffer.from(b!));
	return class extends AKSKSigner {
		static override CanonicalURI(): string {
			const uri = ['', ...segments].map((segment) => this.urlEncode(segment) as string).join('/');
			return uri.endsWith('/') ? uri : `${uri}/`;
		}

		static override CanonicalQueryString(): string {
			return Object.entries(query)
				.sort(([a], [b]) => bytes([a], [b]))
				.flatMap(([name, values]) =>
					[values]
						.flat()
						.sort((a, b) => bytes([a], [b]))
						.map((value) => `${this.urlEncode(name)}=${this.urlEncode(value)}`),
				)
				.join('&');
		}

		static override buildPayloadHash(request: IHttpRequest): string {
			const isText = typeof data === 'string' && !multipart;
			return isText ? this.Hex(data) : (super.buildPayloadHash(request) as string);
		}
	};
}

/** Which requests meet a step in which the SDK's signer deviates. */
const DEVIATES: Record<Step, (generated: Generated) => boolean> = {
	path: ({ segments }) =>
		// What `url.parse` escapes or cuts off, and what escaping itself needs.
		segments.some((segment) => /[\t\n "'<>\\^`{|}?#/]/.test(segment)) ||
		['\u0001', '\u00a0', '\ufeff'].includes(segments.at(-1)?.at(-1) ?? ''),
	query: ({ query }) => {
		const unsorted = (texts: string[]) => {
			const byUnit = [...texts].sort();
			const byByte = [...texts].sort((a, b) => Buffer.compare(Buffer.from(a), Buffer.from(b)));
			return byUnit.join() !== byByte.join();
		};
		const sent = Object.entries(query).filter(([, values]) => [values].flat().length);
		return (
			unsorted(sent.map(([name]) => name)) || sent.some(([, values]) => unsorted([values].flat()))
		);
	},
	body: ({ data, multipart }) => typeof data === 'string' && data !== '' && !multipart,
	headers: ({ headers }) =>
		Object.entries(headers).some(([name, value]) => name.includes('_') || value !== value.trim()),
	host: ({ origin }) => new URL(origin).host !== origin.toLowerCase().split('//')[1],
};

/** Whether the stand-in accepts the request as it would arrive. */
function verified(generated: Generated, url: string, signed: Record<string, string>): boolean {
	const { host, pathname, search } = new URL(url);
	const all = Object.entries({ host, ...generated.headers, ...signed });
	const request = {
		method: generated.method,
		url: pathname + search,
		headers: Object.fromEntries(all.map(([name, value]) => [name.toLowerCase(), value])),
		body: bytesOf(generated) ?? Buffer.alloc(0),
	};
	const authorization = readAuthorization(request);
	return (
		authorization !== undefined &&
		authorization.accessKeyId === generated.key.accessKeyId &&
		authorization.signedAt === generated.now.getTime() &&
		isSignedWith(generated.key.secretAccessKey, request, authorization)
	);
}
