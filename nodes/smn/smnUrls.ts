import { parseUrl } from '../coc/url';

/**
 * Whether SMN's certificate may lie at an address: on SMN's own host in the topic's region. Whoever
 * could name another place could sign whatever they like, and have n8n ask any address.
 */
export function isCertificateUrl(address: string, region: string): boolean {
	const url = strictUrl(address);
	return url !== null && isSmnHost(url.host, region) && url.pathname.endsWith('.pem');
}

/** Whether a subscription may be confirmed there: by SMN itself, or by its page in the console. */
export function isSubscribeUrl(address: string, region: string): boolean {
	const url = strictUrl(address);
	if (url === null) return false;
	const isConsole = url.host === 'console.huaweicloud.com' && url.pathname.startsWith('/smn/');
	return isConsole || isSmnHost(url.host, region);
}

/** The European site has a domain of its own. */
function isSmnHost(host: string, region: string): boolean {
	const isEuropean = region.startsWith('eu-');
	return (
		host === `smn.${region}.myhuaweicloud.com` ||
		(isEuropean && host === `smn.${region}.myhuaweicloud.eu`)
	);
}

/**
 * An https address with nothing but host, path and query, written as URLs are written: what two
 * readers may take for two addresses is none. `host` holds a port that isn't https's own.
 */
function strictUrl(address: string): URL | null {
	const url = address.length > MAX_LENGTH ? null : parseUrl(address);
	const isStrict =
		url !== null &&
		url.href === address &&
		url.protocol === 'https:' &&
		url.username === '' &&
		url.password === '' &&
		url.hash === '';
	return isStrict ? url : null;
}

const MAX_LENGTH = 2048;
