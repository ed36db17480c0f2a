import type { Checked, Refused } from './result';

/** Huawei Cloud's own COC endpoints; COC is a global service, one endpoint per site. */
export const COC_ENDPOINTS = {
	china: 'https://coc.myhuaweicloud.com',
	international: 'https://coc-intl.myhuaweicloud.com',
	europe: 'https://coc-eu-west-101-open-api.myhuaweicloud.eu',
} as const;

/** A base URL that passed the rules: `url` has no trailing slash and may end in a path prefix. */
export interface Endpoint {
	url: string;
	/** Scheme, host and port: what a request must share with the endpoint to be given secrets. */
	origin: string;
}

const LOOPBACK = /^(?:localhost|127(?:\.\d{1,3}){3}|\[::1\])$/;

/**
 * Reads one of the credential's endpoints. Private deployments may have their own host, port and path
 * prefix; everything that could send the secrets in clear or elsewhere is refused.
 */
export function checkEndpoint(value: unknown, label: string): Checked<Endpoint> {
	const refuse = (what: string): Refused => ({
		ok: false,
		reason: `the credential's '${label}' ${what}`,
	});
	const text = typeof value === 'string' ? value.trim() : '';
	if (text === '') return refuse(`is empty: enter a base URL, for example ${COC_ENDPOINTS.china}`);
	if (!/^[a-z][a-z0-9+.-]*:\/\//i.test(text)) {
		return refuse(`needs a scheme: write https:// in front, for example ${COC_ENDPOINTS.china}`);
	}
	// A typo in an address is the user's to mend: URL would drop line breaks and turn \ into /.
	const url = /[\s\\]/.test(text) ? null : parseUrl(text);
	if (url === null) return refuse('is not a valid URL');
	if (url.username !== '' || url.password !== '') {
		return refuse('must not contain a user name or password');
	}
	// An empty query or fragment leaves no trace in the parsed URL, so the text itself is searched.
	if (/[?#]/.test(text)) return refuse('must not contain a query (?) or a fragment (#)');
	const local = url.protocol === 'http:' && LOOPBACK.test(url.hostname);
	if (url.protocol !== 'https:' && !local) {
		return refuse(
			'must start with https:// (http:// is accepted for localhost, 127.0.0.0/8 and [::1] only)',
		);
	}
	const path = url.pathname.replace(/\/+$/, '');
	return { ok: true, value: { url: url.origin + path, origin: url.origin } };
}

/** The origin that a request's address leads to, or null when it is no address. */
export function originOf(address: string, base?: string): string | null {
	const url = parseUrl(address, base);
	// Not `origin`, which for blob:https://… is that of the address behind.
	return url && `${url.protocol}//${url.host}`;
}

/** Not `URL.canParse`: in Node 20 it comes to refuse every address with an umlaut once it is hot. */
export function parseUrl(address: string, base?: string): URL | null {
	try {
		return new URL(address, base);
	} catch {
		return null;
	}
}
