import { createServer, type IncomingMessage } from 'node:http';
import { connect, type AddressInfo, type Socket } from 'node:net';

/** A forward proxy on the loopback interface that only knows CONNECT, as HTTPS needs it. */
export interface ConnectProxy {
	url: string;
	/** The `host:port` of every tunnel that was asked for, in order. */
	targets: string[];
	close: () => Promise<void>;
}

/**
 * Starts the proxy on a free port.
 *
 * @param route where a tunnel to this `host:port` really leads; by default there
 */
export async function startConnectProxy(
	route = (target: string): string => target,
): Promise<ConnectProxy> {
	const targets: string[] = [];
	const sockets = new Set<Socket>();
	const server = createServer((_request, response) => response.writeHead(405).end());
	server.on('connection', (socket) => sockets.add(socket));
	server.on('connect', ({ url: target = '' }: IncomingMessage, client: Socket) => {
		targets.push(target);
		const { hostname, port } = new URL(`http://${route(target)}`);
		const upstream = connect(Number(port || 80), hostname.replace(/^\[|\]$/g, ''), () => {
			client.write('HTTP/1.1 200 Connection Established\r\n\r\n');
			client.pipe(upstream).pipe(client);
		});
		sockets.add(upstream);
		upstream.on('error', () => client.destroy());
		client.on('error', () => upstream.destroy());
	});
	await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
	return {
		url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
		targets,
		close: () =>
			new Promise((resolve) => {
				server.close(() => resolve());
				sockets.forEach((socket) => socket.destroy());
			}),
	};
}

// Lower-case names win over the others; NO_PROXY may keep loopback addresses away from the proxy.
const variables = ['HTTPS', 'HTTP', 'NO'].flatMap((kind) => [
	`${kind}_PROXY`,
	`${kind.toLowerCase()}_proxy`,
]);

/** Runs `work` while one of n8n's proxy variables, by default that for HTTPS, names this proxy. */
export async function throughProxy<T>(
	proxyUrl: string,
	work: () => Promise<T>,
	variable: 'HTTPS_PROXY' | 'HTTP_PROXY' = 'HTTPS_PROXY',
): Promise<T> {
	const before = variables.map((name) => [name, process.env[name]] as const);
	variables.forEach((name) => delete process.env[name]);
	process.env[variable] = proxyUrl;
	try {
		return await work();
	} finally {
		variables.forEach((name) => delete process.env[name]);
		for (const [name, value] of before) if (value !== undefined) process.env[name] = value;
	}
}
