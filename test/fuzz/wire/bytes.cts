/** The bytes of an answer, its head and its body, as HTTP has them or not quite. */
import { gzipSync } from 'node:zlib';
import type { Random } from '../../support/random.cts';
import type { Came } from '../oracle.cts';

/** Bytes to send, or a pause in ms. */
export type Step = Buffer | number;

export interface Said extends Came {
	/** Lines of the head besides status and length. */
	headers: string[];
}

export const bytes = (text: string) => Buffer.from(text, 'latin1');
const MEGABYTE = Buffer.alloc(1024 * 1024, ' ');
const BIG = 200;
const PACKED_MEGABYTE = gzipSync(MEGABYTE);

/** A body and 200 MB of blanks behind it, packed. */
export const bomb = ({ body }: Said) =>
	Buffer.concat([gzipSync(body), ...Array<Buffer>(BIG).fill(PACKED_MEGABYTE)]);

export function head({ status, headers }: Said, more: string[] = [], version = '1.1'): Buffer {
	return bytes([`HTTP/${version} ${status} Some Words`, ...headers, ...more, '', ''].join('\r\n'));
}

export const length = (body: Buffer) => `Content-Length: ${body.length}`;

/** The head, and what follows of it, in pieces. */
export function whole(said: Said, body: Buffer, more = [length(body)], version = '1.1'): Buffer[] {
	return [head(said, more, version), body];
}

export const CHUNKED = ['Transfer-Encoding: chunked'];

export function chunked({ body }: Said, random: Random, trailers = ''): Buffer {
	const all = Buffer.from(body);
	const parts: Buffer[] = [];
	for (let at = 0; at < all.length; ) {
		const part = all.subarray(at, at + 1 + random.below(all.length));
		const extension = random.once(3) ? ';a="b"' : '';
		parts.push(bytes(`${part.length.toString(16)}${extension}\r\n`), part, bytes('\r\n'));
		at += part.length;
	}
	return Buffer.concat([...parts, bytes(`0\r\n${trailers}\r\n`)]);
}

/** One byte short. */
export function missing(said: Said): Buffer[] {
	const body = Buffer.from(said.body);
	return whole(said, body, [`Content-Length: ${body.length + 1}`]);
}

/** A byte every 30 ms, or an interim answer; longer than anybody waits. */
export function* drip(text: Buffer | null, before?: Buffer): Generator<Step> {
	if (before) yield before;
	for (let at = 0; at < (text?.length ?? 100_000); at++) {
		yield text?.subarray(at, at + 1) ?? bytes('HTTP/1.1 100 Continue\r\n\r\n');
		yield 30;
	}
}

export function* big(said: Said): Generator<Step> {
	const body = Buffer.from(said.body);
	yield head(said, [`Content-Length: ${BIG * MEGABYTE.length}`]);
	yield Buffer.concat([body, MEGABYTE.subarray(body.length)]);
	for (let sent = 1; sent < BIG; sent++) yield MEGABYTE;
}
