import { generate } from 'selfsigned';

/** A certificate and its private key (PEM). */
export interface KeyPair {
	key: string;
	cert: string;
}

const CURVE = { keyType: 'ec', algorithm: 'sha256' } as const;
const IS_AUTHORITY = { name: 'basicConstraints', cA: true, critical: true } as const;
const OWN_NAMES = {
	name: 'subjectAltName' as const,
	altNames: [
		{ type: 2 as const, value: 'localhost' },
		{ type: 2 as const, value: 'host.docker.internal' },
		{ type: 7 as const, ip: '127.0.0.1' },
		{ type: 7 as const, ip: '::1' },
	],
};

/** A key and a self-signed certificate for this machine's own names, the one from a container too. */
export async function selfSigned(): Promise<KeyPair> {
	return await made('localhost', { extensions: [IS_AUTHORITY, OWN_NAMES] });
}

/** A certificate authority of a private deployment. */
export async function createAuthority(name: string): Promise<KeyPair> {
	return await made(name, { extensions: [IS_AUTHORITY] });
}

/** A key and a certificate for this machine's own names, signed by an authority. */
export async function signedBy(authority: KeyPair): Promise<KeyPair> {
	return await made('localhost', { extensions: [OWN_NAMES], ca: authority });
}

async function made(name: string, options: Parameters<typeof generate>[1]): Promise<KeyPair> {
	const pem = await generate([{ name: 'commonName', value: name }], { ...CURVE, ...options });
	return { key: pem.private, cert: pem.cert };
}
