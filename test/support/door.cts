/** A door in front of the stand-in that turns the first ones away, as networks and ports do. */
import dns from 'node:dns';
import { connect, createServer } from 'node:net';
import { jest } from '@jest/globals';
import { listen } from './loopback.cts';

export interface Door {
	port: number;
	/** How many have knocked so far. */
	readonly knocks: number;
}

/**
 * A TCP port that answers the first `times` connections with this text, and leads to the stand-in
 * at `url` from then on. It ends with the test (`endServersAfterEach`).
 */
export async function startDoor(url: string, times: number, text = ''): Promise<Door> {
	let knocks = 0;
	const server = createServer((client) => {
		client.on('error', () => undefined);
		if (++knocks <= times) {
			client.once('data', () => client.end(text));
			return;
		}
		const inside = connect(Number(new URL(url).port), '127.0.0.1');
		inside.on('error', () => client.destroy());
		client.on('close', () => inside.destroy());
		client.pipe(inside).pipe(client);
	});
	const port = await listen(server);
	return {
		port,
		get knocks() {
			return knocks;
		},
	};
}

export interface Lookups {
	/** How often a name was looked up so far. */
	count: number;
}

/**
 * Lets the first `times` connections to a host name fail as the network does, before anything is
 * sent. `jest.restoreAllMocks` ends it.
 */
export function failLookups(times: number, code: string, syscall: string): Lookups {
	const real = dns.lookup.bind(dns);
	const lookups: Lookups = { count: 0 };
	const fake = (...args: unknown[]) => {
		if (++lookups.count > times) {
			(real as (...all: unknown[]) => void)(...args);
			return;
		}
		const error = Object.assign(new Error(`${syscall} ${code}`), { code, syscall });
		const callback = args.at(-1) as (error: Error) => void;
		setImmediate(() => callback(error));
	};
	jest.spyOn(dns, 'lookup').mockImplementation(fake as unknown as typeof dns.lookup);
	return lookups;
}
