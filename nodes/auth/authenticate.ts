import {
	UserError,
	type ICredentialDataDecryptedObject,
	type IDataObject,
	type IHttpRequestHelper,
	type IHttpRequestOptions,
} from 'n8n-workflow';
import { PROBE } from '../coc/calls/listIncidentSimpleTickets';
import { isKeyAccepted, isKeyRefusal, isTokenRefusal } from '../coc/classify';
import { readAnswer } from '../coc/readAnswer';
import { originOf } from '../coc/url';
import { capitalized } from '../errors/explain';
import { hintText, type CredentialFault } from '../errors/failure';
import { readCredential, storeSession, type CocCredential, type KnownTokens } from './credential';
import { knownCredential } from './knownCredential';
import { noteOn } from './notes';
import { plainRequest } from './plainRequest';
import { decide, keyRefused, learn, refusalOf, subjectOf } from './refusals';
import { forget, signIn } from './signIn';
import { rememberSignature, rememberUnsigned } from './signing/sentSignatures';
import { serialize } from './signing/serialize';
import { signRequest, type AccessKey } from './signing/signature';
import { trusting } from './trust';

/** n8n has two request dialects: `url` (with `baseURL`) and, in the HTTP Request node, `uri`. */
type AnyDialect = IHttpRequestOptions & { uri?: string };

/**
 * Adds the credential's secrets to a request of any node, but only to one that goes to the
 * endpoint's own origin; redirects are off, since n8n would carry the secrets to whatever host a
 * redirect names.
 */
export function authenticateRequest(
	stored: ICredentialDataDecryptedObject,
	request: IHttpRequestOptions,
): IHttpRequestOptions {
	if (noteOn(stored)) throw new UserError('This is only to be stored');
	used.add(stored);
	const credential = knownCredential(stored);
	if (!credential.ok) throw userError(credential);
	const { endpoint, authentication, trust } = credential.value;
	if (!goesTo(request, endpoint.origin)) {
		throw new UserError(
			`This credential is only for requests to ${endpoint.origin}, its 'Endpoint': the request goes to another host and was not sent`,
		);
	}
	const bound = {
		...request,
		disableFollowRedirect: true,
		followRedirect: false,
		followAllRedirects: false,
		maxRedirects: 0,
		...trusting(trust, request.agentOptions),
	} as IHttpRequestOptions;

	switch (authentication.kind) {
		case 'token':
			return withHeaders(bound, { 'X-Auth-Token': authentication.token });
		case 'iamUser':
			if (authentication.session === null) throw new SessionNeeded(stored);
			return withHeaders(bound, { 'X-Auth-Token': authentication.session.token });
		case 'accessKey': {
			const refusal = refusalOf(subjectOf(credential.value));
			if (refusal) {
				rememberUnsigned(request);
				throw userError(keyRefused(refusal));
			}
			return sign(bound, authentication.key, request);
		}
	}
}

/**
 * n8n's `preAuthentication`: the session to store, or nothing. n8n asks when there is no token,
 * after a failure of whatever kind, and in a credential test, and it repeats the failed request
 * when it is given something. A request may have been applied before it failed, so a new token is
 * given only when the old one is missing, of another login, or proven dead by a harmless read.
 */
export async function sessionToStore(
	helpers: IHttpRequestHelper['helpers'],
	stored: ICredentialDataDecryptedObject,
): Promise<IDataObject> {
	const note = noteOn(stored);
	if (note) return note;
	// A token near its end counts here: one that is not to be sent any more is blank already, see
	// `SessionNeeded`, and all others may have been sent with the request that failed.
	const credential = readCredential(stored, Date.now(), ALL_COUNT);
	// What is wrong with the credential is said by `authenticate`, before anything is sent.
	if (!credential.ok) return {};
	learn(credential.value, stored);
	const { authentication, trust } = credential.value;
	if (authentication.kind === 'accessKey') await tryAgain(helpers, credential.value, stored);
	if (authentication.kind !== 'iamUser') return {};
	const { login, session } = authentication;
	if (session !== null) {
		const probe = { 'X-Auth-Token': session.token };
		if (!(await isRefused(helpers, credential.value, probe, [session.token]))) return {};
		if (!forget(login, session)) return {};
	}
	const fresh = await signIn(helpers, login, trust);
	if (!fresh.ok) throw userError(fresh);
	return storeSession(fresh.value, login);
}

const ALL_COUNT: KnownTokens = { isNew: () => true, isOutlived: () => false };

/** Decrypted data that a request was authenticated with. */
const used = new WeakSet<object>();

/**
 * In a credential test a refused key is tried again: its user may have put it in order. Only a test
 * asks for a session of a key before it has authenticated anything.
 */
async function tryAgain(
	helpers: IHttpRequestHelper['helpers'],
	credential: CocCredential,
	stored: object,
): Promise<void> {
	const { endpoint, authentication } = credential;
	const subject = subjectOf(credential);
	if (subject === null || authentication.kind !== 'accessKey') return;
	if (used.has(stored) || refusalOf(subject) === null) return;
	const { key } = authentication;
	const url = endpoint.url + PROBE.path;
	const headers = signRequest({ method: 'GET', url, headers: ACCEPT_JSON }, key, new Date());
	const secrets = [key.secretAccessKey, headers.Authorization ?? ''];
	const at = Date.now();
	const isRefusal = await isRefused(helpers, credential, headers, secrets);
	if (isRefusal !== null) decide(subject, { isRefused: isRefusal, at });
}

const ACCEPT_JSON = { Accept: 'application/json' };

/**
 * Makes n8n get a token before anything is sent, in place of one that is missing, of another login
 * or near its end: n8n does so for what looks like a 401, in both of its dialects.
 */
class SessionNeeded extends UserError {
	readonly response = { status: 401 };

	constructor(stored: ICredentialDataDecryptedObject) {
		super('The IAM user is not signed in');
		stored.sessionToken = '';
	}
}

/** Whether COC refuses who asks so, by a harmless read; null when that isn't known. */
async function isRefused(
	helpers: IHttpRequestHelper['helpers'],
	{ endpoint, authentication, trust }: CocCredential,
	headers: Record<string, string>,
	secrets: string[],
): Promise<boolean | null> {
	try {
		const raw = await plainRequest(
			helpers,
			{ method: 'GET', url: endpoint.url + PROBE.path, headers },
			{ trust, timeoutMs: PROBE.timeoutMs },
		);
		const answer = readAnswer(raw, secrets, Date.now());
		if (authentication.kind !== 'accessKey') return isTokenRefusal(answer);
		if (isKeyRefusal(answer)) return true;
		return isKeyAccepted(answer) ? false : null;
	} catch {
		return null;
	}
}

/** @param options those that the request was made with */
function sign(request: IHttpRequestOptions, key: AccessKey, options: object): IHttpRequestOptions {
	// n8n authenticates its own earlier result when it repeats a request after a 401.
	const earlier = request.headers?.Authorization;
	if (typeof earlier === 'string' && earlier.includes(`Access=${key.accessKeyId},`)) {
		throw new UserError(
			"The request was refused (HTTP 401). It is not signed and sent again: more than five refused signatures in a row lock an access key for five minutes. Check the key, its secret and this machine's clock, and whether COC or something before it answered",
		);
	}
	const serialized = serialize(request);
	const headers = signRequest(serialized.request, key, new Date());
	rememberSignature(options, headers);
	return withHeaders(serialized.options, headers);
}

/** Whether every address in a request leads to this origin. */
function goesTo(request: IHttpRequestOptions, origin: string): boolean {
	const { url, uri, baseURL } = request as AnyDialect;
	// A base counts by itself as well: what URL takes for an absolute address behind it, such as one
	// with a blank in front, n8n appends to the base.
	const origins = [
		...[url, uri].filter(isGiven).map((address) => originOf(address, baseURL)),
		...[baseURL].filter(isGiven).map((address) => originOf(address)),
	];
	return origins.length > 0 && origins.every((found) => found === origin);
}

function isGiven(address: string | undefined): address is string {
	return address !== undefined && address !== '';
}

/** Sets headers in place of those of the same name, whatever their case. */
function withHeaders(
	request: IHttpRequestOptions,
	headers: Record<string, string>,
): IHttpRequestOptions {
	const names = new Set(Object.keys(headers).map((name) => name.toLowerCase()));
	const others = Object.entries(request.headers ?? {}).filter(
		([name]) => !names.has(name.toLowerCase()),
	);
	return { ...request, headers: { ...(Object.fromEntries(others) as IDataObject), ...headers } };
}

/**
 * n8n wraps the error, and replaces a message with one of its words by a sentence of its own. It
 * leaves the description alone: there stands all of it.
 */
function userError({ reason, hint, again, code = null }: CredentialFault): UserError {
	const sentence = capitalized(reason);
	const message =
		hint === undefined ? sentence : `${sentence}. ${hintText({ hint, again }, 'try again')}`;
	const shown = message.replace(REPLACED_BY_N8N, '…');
	if (shown === message && code === null) return new UserError(message);
	return new UserError(shown, { description: code === null ? sentence : `${sentence} (${code})` });
}

/** What `NodeApiError` looks for in a message, in whatever case. */
const REPLACED_BY_N8N =
	/ECONNREFUSED|ECONNRESET|ENOTFOUND|ETIMEDOUT|ERRADDRINUSE|EADDRNOTAVAIL|ECONNABORTED|EHOSTUNREACH|EAI_AGAIN|ENOENT|EISDIR|ENOTDIR|EACCES|EEXIST|EPERM|GETADDRINFO|bad gateway/gi;
