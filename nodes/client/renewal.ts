import type { IamSession } from '../auth/iam';
import { knownCredential } from '../auth/knownCredential';
import { forget, lastSignIn, NEW_TOKEN_REFUSED } from '../auth/signIn';
import { PROBE } from '../coc/calls/listIncidentSimpleTickets';
import {
	credentialFailure,
	noAnswerFailure,
	type CredentialFault,
	type OperationWords,
	type Read,
} from '../errors/failure';
import type { CocClient } from './client';
import { send } from './send';
import { readStored, type Session } from './session';
import { shareDecision } from './shareDecision';

/**
 * Sees to it that the session has a token that will last, before anything is sent: an IAM user's is
 * got when there is none, and renewed before it ends. Ends the session when that can't be had, so
 * that a failing IAM isn't asked again for every item.
 */
export async function ensureToken(session: Session): Promise<void> {
	if (session.credential.authentication.kind !== 'iamUser') return;
	refresh(session);
	if (tokenOf(session) === null) await shared(session, () => renew(session));
}

/** Replaces a token that COC refused; true when there is another one to try. */
export async function replaceToken(session: Session, refused: string): Promise<boolean> {
	await shared(session, async () => {
		const { authentication } = session.credential;
		if (authentication.kind !== 'iamUser' || authentication.session?.token !== refused) return;
		const mayHelp = forget(authentication.login, authentication.session);
		await renew(session, { token: refused, mayHelp });
	});
	const token = tokenOf(session);
	return token !== null && token !== refused;
}

/** The session's IAM token, or null when it has none. */
export function tokenOf(session: Session): string | null {
	return iamSessionOf(session)?.token ?? null;
}

/** The ID of the credential's own user, known once an IAM user has a token; null otherwise. */
export function ownUserId(session: Session): string | null {
	return iamSessionOf(session)?.userId ?? null;
}

function iamSessionOf({ credential }: Session): IamSession | null {
	const { authentication } = credential;
	return authentication.kind === 'iamUser' ? authentication.session : null;
}

/** Lets all that need a new token wait for the same one. */
async function shared(session: Session, work: () => Promise<void>): Promise<void> {
	if (session.fault) return;
	session.renewal ??= work().finally(() => {
		session.renewal = undefined;
	});
	await session.renewal;
}

/**
 * Takes a newer token from the stored credential, where another execution or worker may have put
 * one, else lets n8n get one: an empty `sessionToken` makes it call `preAuthentication` and store
 * what that returns.
 */
async function renew(
	session: Session,
	refused?: { token: string; mayHelp: boolean },
): Promise<void> {
	const { context, itemIndex, decrypted } = session;
	const stored = await readStored(context, itemIndex);
	if (stored.ok) decrypted.data = { ...stored.value };
	refresh(session);
	const found = tokenOf(session);
	if (found !== null && found !== refused?.token) return;
	if (refused?.mayHelp === false) {
		session.fault = NEW_TOKEN_REFUSED;
		return;
	}

	decrypted.data.sessionToken = '';
	refresh(session);
	await send(session, PROBE);
	refresh(session);
	if (tokenOf(session) === null) session.fault = await reasonOf(session);
	await shareDecision(session);
}

async function reasonOf({ credential }: Session): Promise<CredentialFault> {
	const { authentication, trust } = credential;
	const last =
		authentication.kind === 'iamUser' ? await lastSignIn(authentication.login, trust) : undefined;
	if (last && !last.ok) return last;
	return {
		reason: 'n8n could not store the new token in the credential',
		hint: 'Open the credential, test and save it',
		again: 'then',
	};
}

/** Reads the credential's data again, which n8n may have changed. */
function refresh(session: Session): void {
	const credential = knownCredential(session.decrypted.data);
	if (!credential.ok) {
		session.fault = credential;
		return;
	}
	session.credential = credential.value;
	const more = credential.value.secrets.filter((secret) => !session.secrets.includes(secret));
	if (more.length > 0) session.secrets = [...session.secrets, ...more];
}

/** Who acts, asked for once an item. */
export interface Actor {
	/** IAM user ID; null when the credential doesn't show its own user's. */
	id: string | null;
	/** The same, when it is the credential's own user: not sent with the token of another one. */
	ownUser: string | undefined;
}

/**
 * The person in whose name an item is sent: the given one, or the credential's own user, whom only a
 * token shows.
 *
 * @param given IAM user ID; null for the credential's own user
 */
export async function actorOf(
	given: string | null,
	{ session, stop }: CocClient,
	words: OperationWords,
): Promise<Read<Actor>> {
	if (given !== null) return { ok: true, value: { id: given, ownUser: undefined } };
	const blocked = stop.blocks('write');
	if (blocked !== null) return { ok: false, failure: noAnswerFailure(blocked, words) };
	await ensureToken(session);
	if (session.fault) return { ok: false, failure: credentialFailure(session.fault) };
	const id = ownUserId(session);
	return { ok: true, value: { id, ownUser: id ?? undefined } };
}
