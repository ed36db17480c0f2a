/** Servers of a test's own on free loopback ports; they end with the test. */
import { createServer, type AddressInfo, type Server } from 'node:net';
import { afterEach } from '@jest/globals';

const open: Array<{ close: () => unknown }> = [];

/** Ends something after the test, whatever comes of it. */
export function endLater(server: { close: () => unknown }): void {
	open.push(server);
}

/** Call it once in a test file: ends what was started, all connections included. */
export function endServersAfterEach(): void {
	afterEach(async () => {
		for (const server of open.splice(0)) await server.close();
	});
}

/** The port on which the server now listens. */
export async function listen(server: Server): Promise<number> {
	const sockets = new Set<{ destroy: () => void }>();
	server.on('connection', (socket) => sockets.add(socket));
	endLater({
		close: () => {
			sockets.forEach((socket) => socket.destroy());
			server.close();
		},
	});
	await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
	return (server.address() as AddressInfo).port;
}

/** A port on which nobody listens. */
export async function closedPort(): Promise<number> {
	const server = createServer();
	const port = await listen(server);
	await new Promise((resolve) => server.close(resolve));
	return port;
}
