import type { Answer, AnsweredFile } from './answer';

/** A request to COC, or to a service beside it, below its endpoint. */
export interface CocRequest {
	method: 'GET' | 'POST';
	/** Encoded, with its query. */
	path: string;
	/** Whether the credential's integration key, a secret, is the path's last segment. */
	endsInIntegrationKey?: true;
	/** The body: an object sent as JSON, or a multipart form. */
	json?: object;
	form?: FormData;
	/** Whether the call's page shows the envelope's `error_code` as `code`. */
	hasPlainCode?: boolean;
	/** What a success answer holds where the call's page shows no envelope around it, such as `data`. */
	bareMember?: string;
	/** Takes the file that a success answer is, while it arrives. */
	keepFile?: KeepFile;
	/** Largest answer that is read, in bytes; without it `MAX_ANSWER_BYTES`. */
	maxBytes?: number;
}

/**
 * Keeps a file; never throws.
 *
 * @param bytes all of them, or a stream of Node's
 */
export type KeepFile = (
	bytes: Uint8Array | AsyncIterable<Uint8Array>,
	about: Pick<AnsweredFile, 'name' | 'mimeType'>,
) => Promise<AnsweredFile['kept']>;

/** In place of an IAM action whose name COC's pages don't give: "ask for the IAM action …". */
export const UNPUBLISHED_ACTION = 'of this call, whose name COC does not publish';

/** One read: the request, what it is allowed by, and what is taken from a success answer. */
export interface ReadCall<T> {
	/** What is read, in a word. */
	what: string;
	/** IAM action that the call needs (authorization section of its API page). */
	iamAction: string;
	request: CocRequest;
	/** Null when the answer doesn't hold it. */
	take: (answer: Answer) => T | null;
}
