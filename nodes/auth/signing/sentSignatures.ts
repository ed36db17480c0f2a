/**
 * The signature of each signed request, by the options that the request was made with: a server may
 * repeat it, and it is as good as the secret for as long as it is valid.
 */
const signatures = new WeakMap<object, string>();

/** @param headers those that sign the request */
export function rememberSignature(options: object, headers: Record<string, string>): void {
	const signature = /Signature=([0-9a-f]+)/.exec(headers.Authorization ?? '')?.[1];
	if (signature !== undefined) signatures.set(options, signature);
}

/** Undefined for a request that wasn't signed. */
export function signatureOf(options: object): string | undefined {
	return signatures.get(options);
}
