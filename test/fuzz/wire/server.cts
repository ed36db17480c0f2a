/** A server that speaks as generated; it understands just enough HTTP to know what it was asked. */
import { createServer, type Server, type Socket } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { createRandom, type Random } from '../../support/random.cts';
import {
	createDeployment,
	type Deployment,
	type Given,
	type Kind,
} from '../generate/deployment.cts';
import { verificationWorld } from '../generate/verification.cts';
import type { Wanted } from '../recordOracle.cts';
import type { Said } from './bytes.cts';
import { anyReply, plainReply, resetReply, type Reply } from './replies.cts';

export interface HostileCoc {
	server: Server;
	/** By ticket, what was asked and what came of it. */
	deployments: Map<string, Deployment>;
	/** How often each style was used. */
	styles: Map<string, number>;
	/** Answers begun. */
	count: number;
	/** Longest time that a client held on to a request, in ms. */
	longest: number;
}

export interface Ways {
	seed: number;
	/** How many of the answers to writes are odd, and of those to reads; with null all are refused. */
	writes: number;
	reads: number | null;
	/** What the ticket's item asks for. */
	wantedOf: (ticket: string) => Wanted;
}

export function createHostileCoc({ seed, writes, reads, wantedOf }: Ways): HostileCoc {
	const random = createRandom(seed);
	const coc: HostileCoc = {
		server: createServer((socket) => void serve(socket)),
		deployments: new Map(),
		styles: new Map(),
		count: 0,
		longest: 0,
	};

	async function serve(socket: Socket) {
		socket.on('error', () => undefined);
		const request = await readRequest(socket);
		if (request === undefined) return;
		const began = performance.now();
		socket.on('close', () => (coc.longest = Math.max(coc.longest, performance.now() - began)));
		coc.count++;
		const reply = replyTo(request);
		coc.styles.set(reply.style, (coc.styles.get(reply.style) ?? 0) + 1);
		await play(socket, reply);
	}

	function replyTo({ kind, ticket }: Request): Reply {
		let deployment = coc.deployments.get(ticket);
		if (!deployment) {
			const world = verificationWorld(random, wantedOf(ticket), Date.now);
			deployment = createDeployment(random, world, Date.now, {
				isReachable: true,
				oddity: (kind === 'write' ? writes : reads) ?? 0,
			});
			coc.deployments.set(ticket, deployment);
		}
		if (reads === null && kind !== 'write') return plainReply(FORBIDDEN);
		const { log } = deployment;
		let given: Given | undefined;
		try {
			given = deployment.answer(kind);
		} catch {
			return resetReply;
		}
		const exchanged = log.at(-1)!;
		if (exchanged.came === 'lost' || exchanged.came === 'neverSent') {
			return resetReply;
		}
		const said = saidOf(exchanged.came, given, random);
		const isOdd = random.below(1000) < ((kind === 'write' ? writes : reads) ?? 0) * 1000;
		const reply = isOdd ? anyReply(random, said) : plainReply(said);
		exchanged.came = reply.came;
		// On a busy machine any answer may come too late.
		exchanged.mayBeLost = true;
		exchanged.style = reply.style;
		return reply;
	}
	return coc;
}

const FORBIDDEN: Said = {
	status: 403,
	body: '{"error_code":"APIGW.0302","error_msg":"not allowed"}',
	headers: [],
};

/** As it goes over a wire: a status that HTTP has, headers that frame nothing and ask for no wait. */
function saidOf(came: { status: number; body: string }, { headers }: Given, random: Random): Said {
	const isStatus = Number.isInteger(came.status) && came.status >= 200 && came.status <= 599;
	// Each try after a 429 takes from the run's budget.
	const status = !isStatus || (came.status === 429 && !random.once(10)) ? 200 : came.status;
	const lines = Object.entries(headers).flatMap(([name, value]) => {
		const isFraming = ['content-length', 'transfer-encoding'].includes(name.toLowerCase());
		const asksToWait =
			name.toLowerCase() === 'retry-after' && !/^(?:0|-5|soon)$/.test(String(value));
		if (isFraming || asksToWait || typeof value !== 'string' || value.length > 3000) return [];
		return [`${name}: ${value.replace(/[\r\n]/g, ' ')}`];
	});
	// HTTP forbids a body to these.
	const body = status === 204 || status === 304 ? '' : came.body;
	return { status, body, headers: lines };
}

interface Request {
	kind: Kind;
	ticket: string;
}

/** Undefined when the connection ends before the request does. */
async function readRequest(socket: Socket): Promise<Request | undefined> {
	let text = '';
	for await (const chunk of socket.iterator({ destroyOnReturn: false }) as AsyncIterable<Buffer>) {
		text += chunk.toString();
		const [head, body] = text.split('\r\n\r\n');
		const length = Number(/^content-length: *(\d+)/im.exec(head ?? '')?.[1] ?? 0);
		if (body === undefined || Buffer.byteLength(body) < length) continue;
		const path = text.split(' ')[1] ?? '';
		const ticket = /IM\d+/.exec(path)?.[0] ?? /IM\d+/.exec(body)?.[0] ?? '';
		if (path.endsWith('/handle')) return { kind: 'write', ticket };
		return { kind: path.endsWith('/list-histories') ? 'history' : 'detail', ticket };
	}
	return undefined;
}

async function play(socket: Socket, { steps, end }: Reply) {
	for (const step of steps) {
		if (socket.destroyed) return;
		if (typeof step === 'number') await sleep(step);
		else if (!socket.write(step)) await drained(socket);
	}
	if (end === 'reset') socket.resetAndDestroy();
	if (end === 'close') socket.end();
}

async function drained(socket: Socket) {
	await new Promise<void>((resolve) => {
		const done = () => {
			socket.off('drain', done).off('close', done);
			resolve();
		};
		socket.on('drain', done).on('close', done);
	});
}
