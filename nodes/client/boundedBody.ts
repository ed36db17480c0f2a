import type { BodyProblem } from '../coc/answer';

/**
 * Reads a response's body to its end, or says why that wasn't possible.
 *
 * @param tooLarge aborted when the body has more bytes: ends the request
 * @param deadline that ends the request as well
 */
export async function readBody(
	stream: AsyncIterable<Uint8Array>,
	maxBytes: number,
	tooLarge: AbortController,
	deadline: AbortSignal,
): Promise<{ body: Uint8Array } | { body: null; bodyProblem: BodyProblem }> {
	const chunks: Uint8Array[] = [];
	let size = 0;
	try {
		for await (const chunk of stream) {
			size += chunk.length;
			if (size > maxBytes) {
				// Ends the request as well: destroying the stream alone leaves the socket open.
				tooLarge.abort();
				return { body: null, bodyProblem: 'tooLarge' };
			}
			chunks.push(chunk);
		}
		return { body: Buffer.concat(chunks) };
	} catch {
		return { body: null, bodyProblem: deadline.aborted ? 'timedOut' : 'lost' };
	}
}
