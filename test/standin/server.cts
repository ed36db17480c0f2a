import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import http from 'node:http';
import https from 'node:https';
import type { AddressInfo, Socket } from 'node:net';
import { gatewayError } from './answers.cts';
import { selfSigned, signedBy, type KeyPair } from './tls.cts';

/** The gateway takes no larger body. */
const MAX_BODY = 12 * 1024 * 1024;

/** A request that was read to its end. */
export interface Received {
	request: http.IncomingMessage;
	response: http.ServerResponse;
	body: Buffer;
	tooLarge: boolean;
	/** Ends the connection with a TCP reset. */
	reset: () => void;
}

export interface Server {
	/** http(s)://host:port */
	origin: string;
	/** What a client has to trust. */
	certificate: string | null;
	readonly peakConnections: number;
	/** Stops listening until the returned function is called. */
	goAway(): () => Promise<void>;
	close(): Promise<void>;
}

/** Listens, and hands over every request once its body is there. */
export async function listen(
	options: { tls: boolean | KeyPair; host: string; port: number },
	onReceived: (received: Received) => void,
): Promise<Server> {
	const { host, port } = options;
	const authority = typeof options.tls === 'object' ? options.tls : null;
	const own = authority ? await signedBy(authority) : options.tls ? await selfSigned() : null;
	// IAM tokens are long; and no idle socket may end just when a client reuses it.
	const settings = { maxHeaderSize: 64 * 1024, keepAliveTimeout: 600_000 };
	const server = own ? https.createServer({ ...settings, ...own }) : http.createServer(settings);

	const sockets = new Set<Socket>();
	let peakConnections = 0;
	// Always the TCP socket, with TLS too: only that one can be reset.
	server.on('connection', (socket: Socket) => {
		sockets.add(socket);
		peakConnections = Math.max(peakConnections, sockets.size);
		socket.once('close', () => sockets.delete(socket));
	});
	server.on('clientError', refuseUnreadable);
	server.on('request', (request, response) => {
		const { remotePort } = request.socket;
		const reset = () => {
			for (const socket of sockets) {
				if (socket.remotePort === remotePort) socket.resetAndDestroy();
			}
		};
		readBody(request).then(
			(body) => onReceived({ request, response, reset, ...body }),
			// The client went away in the middle of its request.
			() => response.destroy(),
		);
	});

	server.listen(port, host);
	await once(server, 'listening');
	const address = server.address() as AddressInfo;
	return {
		origin: `${own ? 'https' : 'http'}://${host.includes(':') ? `[${host}]` : host}:${address.port}`,
		certificate: (authority ?? own)?.cert ?? null,
		get peakConnections() {
			return peakConnections;
		},
		goAway() {
			server.close();
			return async () => {
				server.listen(address.port, host);
				await once(server, 'listening');
			};
		},
		async close() {
			const closed = once(server, 'close');
			server.close();
			for (const socket of sockets) socket.destroy();
			await closed;
		},
	};
}

/** Reads to the end even what is too large: who is cut off while sending can't read the answer. */
async function readBody(request: http.IncomingMessage) {
	const chunks: Buffer[] = [];
	let size = 0;
	for await (const chunk of request as AsyncIterable<Buffer>) {
		size += chunk.length;
		if (size <= MAX_BODY) chunks.push(chunk);
	}
	const tooLarge = size > MAX_BODY;
	return { body: tooLarge ? Buffer.alloc(0) : Buffer.concat(chunks), tooLarge };
}

/** Node could not parse the request: the gateway documents an answer for headers that are too large. */
function refuseUnreadable(error: NodeJS.ErrnoException, socket: Socket): void {
	if (error.code !== 'HPE_HEADER_OVERFLOW' || !socket.writable) {
		socket.destroy();
		return;
	}
	const id = randomBytes(16).toString('hex');
	const { body, headers } = gatewayError(id, 494, 'APIGW.0201', 'The headers are too large.');
	socket.end(
		[
			'HTTP/1.1 494 Request Header Too Large',
			`Content-Type: ${headers['Content-Type']}`,
			`Content-Length: ${body.length}`,
			`Date: ${new Date().toUTCString()}`,
			`X-Request-Id: ${id}`,
			'Connection: close',
			'',
			body.toString(),
		].join('\r\n'),
	);
}
