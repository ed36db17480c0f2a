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

/** Requests that were not signed, since the key was refused before: nothing of them was sent. */
const unsigned = new WeakSet<object>();

/** @param options those that the request was made with */
export function rememberUnsigned(options: object): void {
	unsigned.add(options);
}

/** Whether a request was not sent for that reason. */
export function wasUnsigned(options: object): boolean {
	return unsigned.has(options);
}

/** Undefined for a request that wasn't signed. */
export function signatureOf(options: object): string | undefined {
	return signatures.get(options);
}
