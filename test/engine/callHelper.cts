/** Calls n8n's request helpers with a credential, as nodes do that are not ours. */
import type { Readable } from 'node:stream';
import { text } from 'node:stream/consumers';
import type { IAllExecuteFunctions, IRequestOptions } from 'n8n-workflow';
import type { IHttpRequestMethods, IHttpRequestOptions } from 'n8n-workflow';
import { createAdditionalData, createExecuteContext } from './context.cts';
import type { StoredCredential } from './credentialsHelper.cts';
import type { Packages } from './packages.cts';

/** The first helper speaks the legacy dialect (`uri`), the second today's (`url`). */
export type HelperCall =
	| { helper: 'requestWithAuthentication'; options: IRequestOptions }
	| { helper: 'httpRequestWithAuthentication'; options: IHttpRequestOptions };

/** Calls a helper from an HTTP Request node with this credential; returns or throws what it does. */
export async function callHelper(
	packages: Packages,
	{ helper, options }: HelperCall,
	credential: StoredCredential,
	signal?: AbortSignal,
): Promise<unknown> {
	const { id, name, type } = credential;
	const context = createExecuteContext(
		packages,
		'n8n-nodes-base.httpRequest',
		{ [type]: { id, name } },
		createAdditionalData(packages, { [id]: credential }, 'manual'),
		'manual',
		signal,
	) as IAllExecuteFunctions & ReturnType<typeof createExecuteContext>;
	const { helpers } = context;
	return (await (helper === 'requestWithAuthentication'
		? helpers.requestWithAuthentication.call(context, type, options, undefined, 0)
		: helpers.httpRequestWithAuthentication.call(context, type, options))) as unknown;
}

export interface HttpRequestNodeParameters {
	url: string;
	method?: IHttpRequestMethods;
	/** Body Content Type JSON. */
	body?: object;
	/** Ignore SSL Issues (Insecure) */
	allowUnauthorizedCerts?: boolean;
	/** Nodes saved before 4.4 send credentials along when a redirect leads to another origin. */
	typeVersion?: number;
}

/**
 * Sends what n8n's HTTP Request node (versions 4 to 4.5) sends for one item with *Predefined
 * Credential Type* and no options: redirects are followed, the response is read as a stream.
 */
export async function httpRequestNode(
	packages: Packages,
	parameters: HttpRequestNodeParameters,
	credential: StoredCredential,
): Promise<{ statusCode: number; headers: Record<string, string>; body: string }> {
	const { url, method = 'GET', body, typeVersion = 4.4, allowUnauthorizedCerts } = parameters;
	const options = {
		headers: {},
		method,
		uri: url,
		gzip: true,
		rejectUnauthorized: !allowUnauthorizedCerts,
		followRedirect: true,
		followAllRedirects: true,
		resolveWithFullResponse: true,
		sendCredentialsOnCrossOriginRedirect: typeVersion < 4.4,
		timeout: 300_000,
		...(body && { body }),
		encoding: null,
		json: false,
		useStream: true,
	} satisfies IRequestOptions;
	const call = { helper: 'requestWithAuthentication', options } as const;
	const response = (await callHelper(packages, call, credential)) as {
		statusCode: number;
		headers: Record<string, string>;
		body: Readable;
	};
	const { statusCode, headers } = response;
	return { statusCode, headers, body: await text(response.body) };
}
