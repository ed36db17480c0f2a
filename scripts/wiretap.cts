import http from 'node:http';
import { paint } from './terminal.cts';

type Method = (this: http.ClientRequest, ...args: unknown[]) => unknown;

/** Prints every writing request of this process as it goes out; the token is masked. */
export function printRequests(): void {
	// Where every library's requests pass, whatever helper or agent they come from.
	const prototype = http.ClientRequest.prototype as unknown as Record<'write' | 'end', Method>;
	const { write, end } = prototype;
	const bodies = new WeakMap<http.ClientRequest, string>();

	prototype.write = function (...args) {
		const [chunk] = args;
		if (Buffer.isBuffer(chunk)) bodies.set(this, (bodies.get(this) ?? '') + chunk.toString());
		return write.apply(this, args);
	};
	prototype.end = function (...args) {
		if (this.method !== 'GET') {
			const token = this.hasHeader('x-auth-token') ? 'X-Auth-Token: ***' : 'no token';
			const address = `${this.protocol}//${this.getHeader('host') as string}${this.path}`;
			console.log(`  ${paint('cyan', `${this.method} ${address}`)}  ${token}`);
			console.log(paint('dim', `    ${bodies.get(this) ?? ''}`));
		}
		return end.apply(this, args);
	};
}
