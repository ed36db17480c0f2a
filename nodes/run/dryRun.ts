import type { IDataObject } from 'n8n-workflow';
import type { CocClient } from '../client/client';
import type { CocRequest } from '../coc/call';
import { credentialFailure, type Failure } from '../errors/failure';
import { withOutcome, type Done } from './itemResult';

/**
 * The item of a dry run: what would be sent, and that nothing was. It fails with a credential that
 * can't be used.
 *
 * @param wouldBeAccepted null when that isn't known
 */
export function dryRunOf(
	{ session }: CocClient,
	shown: IDataObject,
	{ method, path, endsInIntegrationKey, json, form }: CocRequest,
	wouldBeAccepted: boolean | null,
): Done | Failure {
	if (session.fault) return credentialFailure(session.fault);
	const url = session.credential.endpoint.url + path + (endsInIntegrationKey ? '***' : '');
	return {
		outcome: 'dryRun',
		json: {
			...withOutcome(shown, 'dryRun', { wouldBeAccepted }),
			response: null,
			request: { method, url, body: form ? namesIn(form) : (json as IDataObject) },
		},
	};
}

/** A form with the names of its files in place of their contents. */
function namesIn(form: FormData): IDataObject {
	return Object.fromEntries(
		[...form].map(([name, value]) => [name, typeof value === 'string' ? value : value.name]),
	);
}
