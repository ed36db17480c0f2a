import { leaveNote } from '../auth/notes';
import { subjectOf, toStore } from '../auth/refusals';
import { PROBE } from '../coc/calls/listIncidentSimpleTickets';
import { CREDENTIAL_TYPE, readWritten, type Session } from './session';

/**
 * Has n8n store what was decided about an access key or a password, for its other processes: an empty
 * `sessionToken` makes it call `preAuthentication`, which returns the note. Nothing is sent. Where that
 * isn't possible, each process finds out for itself.
 */
export async function shareDecision(session: Session): Promise<void> {
	const { context, credential, decrypted, isBeside } = session;
	const subject = subjectOf(credential);
	const decision = subject && isBeside !== true ? toStore(subject, decrypted.data) : null;
	if (decision === null) return;
	Object.assign(decrypted.data, decision);
	const written = await readWritten(context);
	if (written === null) return;
	const data = { ...decrypted.data, sessionToken: '' };
	// As it is written, expressions included: that is how it stays.
	leaveNote(data, { sessionToken: '', ...written, ...decision });
	try {
		await context.helpers.httpRequestWithAuthentication.call(
			// Of the same kind in all contexts that a session may have.
			context as ThisParameterType<typeof context.helpers.httpRequestWithAuthentication>,
			CREDENTIAL_TYPE,
			{ method: PROBE.method, url: credential.endpoint.url + PROBE.path },
			{ credentialsDecrypted: { ...decrypted, data } },
		);
	} catch {
		// As `authenticate` has it: the note is all that there was to do.
	}
}
