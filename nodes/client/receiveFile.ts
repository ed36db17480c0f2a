import type { AnsweredFile, BodyProblem, RawAnswer } from '../coc/answer';
import { fileHeaders, isEnvelope, mayBeEnvelope, typeOfBytes } from '../coc/answeredFile';
import type { KeepFile } from '../coc/call';

/** An answer's body as n8n's helper gives it: a stream of Node. */
export interface BodyStream extends AsyncIterable<Uint8Array> {
	once(event: 'readable' | 'end' | 'error', listener: (error?: Error) => void): BodyStream;
	read(): Uint8Array | null;
	unshift(chunk: Uint8Array): void;
	/** The same stream, each of whose chunks passes the function. */
	map(pass: (chunk: Uint8Array) => Uint8Array): BodyStream;
	readonly errored: Error | null;
}

/** What was received in place of a body, or the body. */
export type Received = Pick<RawAnswer, 'body'> & {
	bodyProblem?: BodyProblem;
	file?: AnsweredFile;
};

/** What COC calls every file. */
const BYTES = 'application/octet-stream';

interface Bounds {
	maxBytes: number;
	/** Ends the request. */
	tooLarge: AbortController;
	deadline: AbortSignal;
	/** Reads the body to its end, within these bounds. */
	readBody: () => Promise<Received>;
}

/**
 * Hands a file over while it arrives. What looks like an envelope is read first: an error comes in place
 * of a file, with whatever status and type.
 */
export async function receiveFile(
	{ httpStatus, headers, body }: Pick<RawAnswer, 'httpStatus' | 'headers'> & { body: BodyStream },
	keep: KeepFile,
	{ maxBytes, tooLarge, deadline, readBody }: Bounds,
): Promise<Received> {
	const about = fileHeaders(httpStatus, headers);
	if (about === null) return await readBody();
	const begin = await firstOf(body);
	if (begin === null || mayBeEnvelope(begin)) {
		const read = await readBody();
		if (!(read.body instanceof Uint8Array) || isEnvelope(read.body)) return read;
		if (read.body.length === 0 && about.mimeType === null) return read;
		const kept = await keep(read.body, about);
		return { body: null, file: { ...about, size: read.body.length, kept } };
	}
	const isUntold = about.mimeType === null || about.mimeType === BYTES;
	if (isUntold) about.mimeType = typeOfBytes(begin);
	let size = 0;
	const bounded = body.map((chunk) => {
		size += chunk.length;
		if (size > maxBytes) {
			tooLarge.abort();
			throw new RangeError('too large');
		}
		return chunk;
	});
	const kept = await keep(bounded, about);
	if (size > maxBytes) return { body: null, bodyProblem: 'tooLarge' };
	if (deadline.aborted) return { body: null, bodyProblem: 'timedOut' };
	if (body.errored !== null) return { body: null, bodyProblem: 'lost' };
	return { body: null, file: { ...about, size, kept } };
}

/** The first bytes of a stream, which stay in it; null when there are none, or it broke. */
async function firstOf(body: BodyStream): Promise<Uint8Array | null> {
	await new Promise<void>((go) => {
		for (const event of ['readable', 'end', 'error'] as const) body.once(event, () => go());
	});
	const chunk = body.read();
	if (chunk !== null) body.unshift(chunk);
	return chunk;
}
