import { asNonEmptyText } from './json';

/**
 * Whether a value can be a segment of a path: `.` and `..` stand for other paths, however they are
 * encoded (URL standard, "single-dot and double-dot URL path segments"), and half a character has no
 * encoding at all.
 */
export function isPathSegment(value: string): boolean {
	return value !== '' && value !== '.' && value !== '..' && !/\p{Cs}/u.test(value);
}

/**
 * A text as it stands in a URL; halves of characters, for which `encodeURIComponent` throws, are
 * replaced as URLs do it.
 */
export function urlEncoded(text: string): string {
	return encodeURIComponent(text.replace(/\p{Cs}/gu, '\uFFFD'));
}

/** A ticket's number as a service sent it; null for none, or one that no path could name. */
export function ticketNumber(value: unknown): string | null {
	const number = asNonEmptyText(value);
	return number !== null && isPathSegment(number) ? number : null;
}

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
