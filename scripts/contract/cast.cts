import type { Answer } from './product.cts';

/** Who takes part in the story of the test ticket. */
export interface Cast {
	/** IAM user ID of whoever the credential is. */
	self: string;
	/** A second person, to whom the ticket goes once; null for none. */
	other: string | null;
	/** The test ticket's application (ID), where COC wants one. */
	application?: string | undefined;
	/** Whether a kind of write may be done. */
	mayI: (what: string) => Promise<boolean>;
}

/** Why the story can't go on. */
export class StoryEnd extends Error {}

export const isDone = ({ outcome }: Answer) => outcome === 'applied';

/** An answer in a few words that hold nothing of the account. */
export function said({ httpStatus, code }: Answer): string {
	return httpStatus === 0 ? 'no answer' : `${codeOf(code)}, HTTP ${httpStatus}`;
}

/** A code says nothing of an account; what else may stand in its place isn't shown. */
const codeOf = (code: string | null) =>
	code !== null && /^(?:[A-Za-z]{2,10}\.)?\d{1,12}$/.test(code) ? code : 'no known form of code';
