import type { ReadCoc } from '../client/read';
import type { CocRequest } from '../coc/call';
import { HANDLE_ACTION, handleCocIncident, type Handling } from '../coc/calls/handleCocIncident';
import type { Failure } from '../errors/failure';

/** How a change of a ticket is sent; `Params` are the call's own. */
export interface Send<Params> {
	iamAction: string;
	/** Whether the call names who acts; otherwise it is the credential's own user. */
	namesActor: boolean;
	/**
	 * The request, made before each send.
	 *
	 * @param actor IAM user ID; null when unknown
	 */
	request(ticket: string, actor: string | null, params: Params, readCoc: ReadCoc): Promise<Made>;
}

/** A request, or why it must not be sent; a dry run shows it all the same. */
export type Made =
	| {
			ok: true;
			value: CocRequest;
			/** Whether COC offers it now; null when that isn't asked. */
			isOffered: boolean | null;
	  }
	| { ok: false; failure: Failure; request?: CocRequest };

/** A change by v1's call, in an operator's name (HandleCocIncident). */
export function v1Handle<Key extends keyof Handling>(operateKey: Key): Send<Handling[Key]> {
	return {
		iamAction: HANDLE_ACTION,
		namesActor: true,
		request: async (ticket, actor, parameter) =>
			await Promise.resolve({
				ok: true,
				isOffered: null,
				value: handleCocIncident(ticket, actor ?? '', operateKey, parameter),
			}),
	};
}
