import type { IDataObject } from 'n8n-workflow';
import { credentialFailure, type Failure } from '../errors/failure';
import { ensureToken, ownUserId } from '../client/renewal';
import type { CocRequest } from '../client/send';
import type { Session } from '../client/session';
import type { Done } from './itemResult';

/** Something to be sent in a person's name. */
export interface Sending {
	/** IAM user ID of the person who acts; null for the credential's own user. */
	actor: string | null;
	/** Bound on each exchange, in ms. */
	timeoutMs: number;
	/** Says what would be sent, and sends nothing. */
	dryRun: boolean;
	call: (actor: string) => Omit<CocRequest, 'timeoutMs'>;
	/** The fields of the output item, besides `outcome` and `response`. */
	fields: (actor: string) => IDataObject;
}

/** Asked when it is needed: a renewed token may be another user's. */
export function actorOf({ actor }: Sending, session: Session): string {
	return actor ?? ownUserId(session);
}

/**
 * The item of a dry run.
 *
 * @param wouldBeAccepted null when that isn't known
 */
export async function dryRunOf(
	wanted: Sending,
	session: Session,
	wouldBeAccepted: boolean | null,
): Promise<Done | Failure> {
	// Only a token tells who the credential's own user is.
	if (wanted.actor === null) await ensureToken(session);
	if (session.closed) return credentialFailure(session.closed);
	const actor = actorOf(wanted, session);
	const { method, path, body } = wanted.call(actor);
	return {
		outcome: 'dryRun',
		json: {
			...wanted.fields(actor),
			outcome: 'dryRun',
			response: null,
			request: {
				method,
				url: session.credential.endpoint.url + path,
				body: body as IDataObject,
			},
			wouldBeAccepted,
		},
	};
}
