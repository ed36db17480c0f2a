import type { IDataObject } from 'n8n-workflow';
import type { CocClient } from '../client/client';
import type { CocRequest } from '../coc/call';
import type { Done } from './itemResult';

/**
 * The item of a dry run: what would be sent, and that nothing was.
 *
 * @param wouldBeAccepted null when that isn't known
 */
export function dryRunOf(
	{ session }: CocClient,
	shown: IDataObject,
	{ method, path, json }: CocRequest,
	wouldBeAccepted: boolean | null,
): Done {
	const url = session.credential.endpoint.url + path;
	return {
		outcome: 'dryRun',
		json: {
			...shown,
			outcome: 'dryRun',
			response: null,
			request: { method, url, body: json as IDataObject },
			wouldBeAccepted,
		},
	};
}
