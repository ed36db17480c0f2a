import { X509Certificate } from 'crypto';
import type { IDataObject } from 'n8n-workflow';
import type { Result } from '../coc/result';

/** Which servers a credential's requests trust. */
export interface Trust {
	/** Any, without a look at its certificate. */
	ignoreSslIssues: boolean;
	/** Those whose certificate one of these signed (PEM); null for the ones that n8n trusts. */
	ca: string | null;
}

/** Reads the credential's fields about certificates. */
export function readTrust(stored: Readonly<Record<string, unknown>>): Result<Trust> {
	const ca = readCertificates(stored.caCertificate);
	if (!ca.ok) return ca;
	return { ok: true, value: { ignoreSslIssues: stored.ignoreSslIssues === true, ca: ca.value } };
}

/**
 * A request's options that make it trust them, in both of n8n's dialects. n8n's HTTP helper takes
 * `agentOptions` since some 2.x; an older one, of 1.x as well, ignores them, and the certificate is
 * refused: see the hint for that.
 *
 * @param agentOptions those that the request has already
 */
export function trusting({ ignoreSslIssues, ca }: Trust, agentOptions?: object): IDataObject {
	return {
		...(ignoreSslIssues && { skipSslCertificateValidation: true, rejectUnauthorized: false }),
		...(ca !== null && { agentOptions: { ca, ...agentOptions } }),
	};
}

const BLOCK = /-----BEGIN ([A-Z0-9 ]+)-----(.*?)-----END \1-----/gs;

/**
 * Reads certificates in PEM format, one or several, with whatever stands around them. Their line
 * breaks may have been lost on the way: written as `\n`, or turned into blanks.
 */
function readCertificates(value: unknown): Result<string | null> {
	const text = value === undefined || value === null ? '' : String(value).trim();
	if (text === '') return { ok: true, value: null };
	const blocks = [...text.matchAll(BLOCK)];
	if (blocks.length === 0 || /-----(?:BEGIN|END)/.test(text.replace(BLOCK, ''))) return NO_PEM;
	const other = blocks.find(([, kind]) => kind !== 'CERTIFICATE');
	if (other) return refuse(`holds ${article(other[1]!)}: only certificates belong there`);
	const certificates = blocks.map(([, , body = '']) => toPem(body));
	const damaged = certificates.findIndex((pem) => !isCertificate(pem));
	if (damaged < 0) return { ok: true, value: certificates.join('') };
	const which = blocks.length === 1 ? '' : ` ${damaged + 1} of ${blocks.length}`;
	return refuse(`can't be read: certificate${which} is damaged, copy it again`);
}

const NO_PEM = refuse(
	'is no certificate in PEM format: paste all of it, from -----BEGIN CERTIFICATE----- to -----END CERTIFICATE-----',
);

function refuse(what: string) {
	return { ok: false as const, reason: `the credential's 'CA Certificate' ${what}` };
}

function article(kind: string): string {
	return `${/^[AEIO]/.test(kind) ? 'an' : 'a'} ${kind.toLowerCase()}`;
}

function toPem(body: string): string {
	const lines = body.replace(/\\[rn]|\s/g, '').match(/.{1,64}/g) ?? [];
	return `-----BEGIN CERTIFICATE-----\n${lines.join('\n')}\n-----END CERTIFICATE-----\n`;
}

function isCertificate(pem: string): boolean {
	try {
		return new X509Certificate(pem).fingerprint256 !== '';
	} catch {
		return false;
	}
}
