import { EPS_ENDPOINTS } from '../coc/calls/listEnterpriseProjects';
import type { Result } from '../coc/result';
import { COC_ENDPOINTS, parseUrl, type Endpoint } from '../coc/url';
import { IAM_ENDPOINTS } from './iam';

type Stored = Readonly<Record<string, unknown>>;

/** IAM of a credential, whichever way it authenticates: it signs users in and lists them. */
export function iamEndpoint(stored: Stored, coc: Endpoint): Result<Endpoint> {
	return endpointBeside(coc, stored.iamEndpoint, 'IAM Endpoint', IAM_ENDPOINTS);
}

/** EPS of a credential, which lists enterprise projects. */
export function epsEndpoint(stored: Stored, coc: Endpoint): Result<Endpoint> {
	return endpointBeside(coc, stored.epsEndpoint, 'EPS Endpoint', EPS_ENDPOINTS);
}

/** A service of COC's site: where the credential says, else where it is known to be. */
function endpointBeside(
	coc: Endpoint,
	value: unknown,
	label: string,
	known: Readonly<Record<string, string>>,
): Result<Endpoint> {
	const given = typeof value === 'string' ? value.trim() : '';
	const found = given === '' ? known[coc.url] : given;
	if (found !== undefined) return readEndpoint(found, label);
	return refuse(
		label,
		`is empty: it is known for Huawei Cloud's own endpoints only, enter the one that belongs to ${coc.url}`,
	);
}

const LOOPBACK = /^(?:localhost|127(?:\.\d{1,3}){3}|\[::1\])$/;

/**
 * Reads one of the credential's endpoints. Private deployments may have their own host, port and path
 * prefix; everything that could send the secrets in clear or elsewhere is refused.
 */
export function readEndpoint(value: unknown, label: string): Result<Endpoint> {
	const text = typeof value === 'string' ? value.trim() : '';
	if (text === '') {
		return refuse(label, `is empty: enter a base URL, for example ${COC_ENDPOINTS.china}`);
	}
	if (!/^[a-z][a-z0-9+.-]*:\/\//i.test(text)) {
		return refuse(
			label,
			`needs a scheme: write https:// in front, for example ${COC_ENDPOINTS.china}`,
		);
	}
	// Refused rather than guessed: URL would drop line breaks and turn \ into /.
	const url = /[\s\\]/.test(text) ? null : parseUrl(text);
	if (url === null) return refuse(label, 'is not a valid URL');
	if (url.username !== '' || url.password !== '') {
		return refuse(label, 'must not contain a user name or password');
	}
	// An empty query or fragment leaves no trace in the parsed URL, so the text itself is searched.
	if (/[?#]/.test(text)) return refuse(label, 'must not contain a query (?) or a fragment (#)');
	const local = url.protocol === 'http:' && LOOPBACK.test(url.hostname);
	if (url.protocol !== 'https:' && !local) {
		return refuse(
			label,
			'must start with https:// (http:// is accepted for localhost, 127.0.0.0/8 and [::1] only)',
		);
	}
	const path = url.pathname.replace(/\/+$/, '');
	return { ok: true, value: { url: url.origin + path, origin: url.origin } };
}

function refuse(label: string, what: string) {
	return { ok: false as const, reason: `the credential's '${label}' ${what}` };
}
