// Answers that ask to be left alone, and how the node's messages repeat that.
import type { Fault } from '../standin/index.cts';

/** An answer that asks to come back later. */
export const asking = (retryAfter: string, status = 429): Fault => ({
	kind: 'status',
	status,
	retryAfter,
});
/** Once: a sentence that comes twice is hard to read. */
export const ASKS =
	/^(?!.*left alone.*left alone).*ask(?:s|ed) to be left alone for 60 minutes, until 20\d\d-\d\d-\d\dT\d\d:\d\d:\d\dZ/;

/** The time in a message. */
export const until = (text = '') => Date.parse(/until (\S+Z)/.exec(text)?.[1] ?? '');
