import type { Refused } from '../coc/result';
import { readCredential, type Stored } from '../auth/credential';
import type { IamSession } from '../auth/iam';
import { PROBE } from '../coc/calls/listIncidentSimpleTickets';
import { send } from './send';
import { readStored, type Session } from './session';
import { forget, isNew, lastSignIn } from '../auth/signIn';

/**
 * Sees to it that the session has a token that will last, before anything is sent: an IAM user's is
 * got when there is none, and renewed before it ends. Closes the session when that can't be had, so
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
		await renew(session, refused);
	});
	const token = tokenOf(session);
	return token !== null && token !== refused;
}

/** The session's IAM token, or null when it has none. */
export function tokenOf(session: Session): string | null {
	return iamSessionOf(session)?.token ?? null;
}

/** The ID of the credential's own user, known once a token is there. */
export function ownUserId(session: Session): string {
	return iamSessionOf(session)?.userId ?? '';
}

function iamSessionOf({ credential }: Session): IamSession | null {
	const { authentication } = credential;
	return authentication.kind === 'iamUser' ? authentication.session : null;
}

/** Lets all that need a new token wait for the same one. */
async function shared(session: Session, work: () => Promise<void>): Promise<void> {
	if (session.closed) return;
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
async function renew(session: Session, refused?: string): Promise<void> {
	const { context, itemIndex, decrypted } = session;
	const anotherMayDo = refused === undefined || forget(refused);
	const stored = await readStored(context, itemIndex);
	if (stored.ok) decrypted.data = { ...stored.value };
	refresh(session);
	const found = tokenOf(session);
	if (found !== null && found !== refused) return;
	if (!anotherMayDo) {
		session.closed = NEW_TOKEN_REFUSED;
		return;
	}

	decrypted.data.sessionToken = '';
	refresh(session);
	await send(session, PROBE);
	refresh(session);
	if (tokenOf(session) === null) session.closed = await reasonOf(session);
}

/** Another token would fare no better, and IAM throttles those who ask often. */
export const NEW_TOKEN_REFUSED: Refused = {
	ok: false,
	reason: 'COC refuses a token that IAM has just given',
	hint: "Check the credential's 'Scope', and that its 'Endpoint' and 'IAM Endpoint' belong to the same site, then run these items again.",
};

async function reasonOf({ credential }: Session): Promise<Refused> {
	const { authentication, ignoreSslIssues } = credential;
	const last =
		authentication.kind === 'iamUser'
			? await lastSignIn(authentication.login, ignoreSslIssues)
			: undefined;
	if (last && !last.ok) return last;
	return { ok: false, reason: 'n8n could not store the new token in the credential' };
}

/** Reads the credential's data again, which n8n may have changed. */
function refresh(session: Session): void {
	const credential = readCredential(session.decrypted.data as Stored, Date.now(), isNew);
	if (!credential.ok) {
		session.closed = credential;
		return;
	}
	session.credential = credential.value;
	const more = credential.value.secrets.filter((secret) => !session.secrets.includes(secret));
	if (more.length > 0) session.secrets = [...session.secrets, ...more];
}
