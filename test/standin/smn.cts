/**
 * SMN as its subscribers see it: it asks to confirm a subscription, signs what it sends with a
 * certificate of its own, and sends again what isn't answered. Written from SMN's pages (HTTP/HTTPS
 * Message Format, Message Signature Verification) and not from the node's code.
 */
import { createSign, randomBytes, randomUUID } from 'node:crypto';
import { once } from 'node:events';
import type { IncomingHttpHeaders } from 'node:http';
import https from 'node:https';
import type { AddressInfo, Socket } from 'node:net';
import { generate } from 'selfsigned';
import type { StandIn } from './types.cts';

/** The body that SMN sends. */
export interface SmnBody {
	type: string;
	message_id: string;
	topic_urn: string;
	message: string;
	timestamp: string;
	subject?: string;
	subscribe_url?: string;
	unsubscribe_url?: string;
	signature: string;
	signature_version: string;
	signing_cert_url: string;
}

/** A request that came to one of SMN's addresses. */
export interface SmnRequest {
	url: string;
	headers: IncomingHttpHeaders;
}

export interface Smn {
	region: string;
	topic: string;
	certificateUrl: string;
	/** PEM: who trusts it trusts this SMN's addresses. */
	ca: string;
	/** host:port where all of its hosts really are. */
	address: string;
	requests: SmnRequest[];
	/** What an address answers instead, by its path. */
	answers: Map<string, { status?: number; body: string | Buffer; location?: string }>;
	confirmed: Set<string>;
	/** A signed message; `fields` replace what is signed. */
	message(fields?: Partial<SmnBody>): SmnBody;
	/** Signs what is there now, with SMN's key or another one. */
	sign(body: SmnBody, key?: string): SmnBody;
	/** A link that confirms a subscriber. */
	subscribeUrl(subscriber: string): string;
	/** Asks a subscriber to confirm. */
	subscribe(subscriber: string): Promise<Response>;
	/** Sends to one subscriber. */
	send(subscriber: string, body: SmnBody, contentType?: string): Promise<Response>;
	/** Sends to all that have confirmed. */
	publish(text: string, subject?: string): Promise<Response[]>;
	/**
	 * Notifies of every change of a ticket, as COC's rules do with its built-in templates, until what is
	 * returned is called.
	 */
	follow(coc: StandIn): () => void;
	close(): Promise<void>;
}

export interface SmnOptions {
	region?: string;
	/** Of the certificate that signs. */
	notBefore?: Date;
	notAfter?: Date;
	now?: () => number;
}

const DAY = 24 * 60 * 60_000;

/** A key pair with a certificate that signs messages. */
export async function signingPair(notBefore?: Date, notAfter?: Date) {
	const { private: key, cert } = await generate([{ name: 'commonName', value: 'SMN' }], {
		keySize: 2048,
		algorithm: 'sha256',
		notBeforeDate: notBefore ?? new Date(Date.now() - DAY),
		notAfterDate: notAfter ?? new Date(Date.now() + 365 * DAY),
	});
	return { key, cert };
}

export async function startSmn({
	region = 'cn-north-4',
	notBefore,
	notAfter,
	now = () => Date.now(),
}: SmnOptions = {}): Promise<Smn> {
	const host = `smn.${region}.myhuaweicloud.com`;
	const tls = await generate([{ name: 'commonName', value: host }], {
		keyType: 'ec',
		algorithm: 'sha256',
		extensions: [
			{ name: 'basicConstraints', cA: true, critical: true },
			{
				name: 'subjectAltName',
				altNames: [host, 'console.huaweicloud.com'].map((value) => ({ type: 2 as const, value })),
			},
		],
	});
	const signer = await signingPair(notBefore, notAfter);
	const certificatePath = `/smn/SMN_${region}_${randomBytes(16).toString('hex')}.pem`;
	const requests: SmnRequest[] = [];
	const confirmed = new Set<string>();
	const answers: Smn['answers'] = new Map([[certificatePath, { body: signer.cert }]]);

	const server = https.createServer({ key: tls.private, cert: tls.cert }, (request, response) => {
		const { url = '', headers } = request;
		requests.push({ url: `https://${headers.host ?? ''}${url}`, headers });
		const subscriber = new URL(url, `https://${host}`).searchParams.get('subscriber');
		if (subscriber !== null) confirmed.add(subscriber);
		const answer =
			answers.get(url) ?? (subscriber === null ? { status: 404, body: '' } : { body: '{}' });
		const { status = 200, body, location } = answer;
		response.writeHead(status, location === undefined ? {} : { Location: location });
		response.end(body);
	});
	const sockets = new Set<Socket>();
	server.on('connection', (socket: Socket) => sockets.add(socket));
	server.listen(0, '127.0.0.1');
	await once(server, 'listening');

	const topic = `urn:smn:${region}:${randomBytes(16).toString('hex')}:coc`;
	const certificateUrl = `https://${host}${certificatePath}`;

	function sign(body: SmnBody, key = signer.key): SmnBody {
		const signature = createSign('RSA-SHA256').update(signedText(body)).sign(key, 'base64');
		return { ...body, signature };
	}

	function message(fields: Partial<SmnBody> = {}): SmnBody {
		return sign({
			type: 'Notification',
			message_id: randomUUID().replaceAll('-', ''),
			topic_urn: topic,
			message: 'An incident has changed',
			timestamp: new Date(now()).toISOString().replace(/\.\d+Z$/, 'Z'),
			signature: '',
			signature_version: 'v1',
			signing_cert_url: certificateUrl,
			...fields,
		});
	}

	const subscribeUrl = (subscriber: string) =>
		`https://${host}/smn/subscription/confirm?subscriber=${encodeURIComponent(subscriber)}`;

	async function send(subscriber: string, body: SmnBody, contentType = 'application/json') {
		return await fetch(subscriber, {
			method: 'POST',
			headers: {
				'content-type': contentType,
				'x-smn-message-type': body.type,
				'x-smn-message-id': body.message_id,
				'x-smn-topic-urn': body.topic_urn,
			},
			body: JSON.stringify(body),
		});
	}

	async function publish(text: string, subject = 'COC') {
		const body = message({ message: text, subject });
		return await Promise.all([...confirmed].map((subscriber) => send(subscriber, body)));
	}

	return {
		...{ region, topic, certificateUrl, requests, answers, confirmed },
		ca: tls.cert,
		address: `127.0.0.1:${(server.address() as AddressInfo).port}`,
		...{ message, sign, subscribeUrl, send, publish },
		subscribe: async (subscriber) =>
			await send(
				subscriber,
				message({
					type: 'SubscriptionConfirmation',
					message: 'You are invited to subscribe to a topic',
					subscribe_url: subscribeUrl(subscriber),
				}),
			),
		follow(coc) {
			return coc.onTicketChange(({ number, status }) => {
				publish(`Incident ${number} is now ${status}.`, 'Incident notification').catch(
					() => undefined,
				);
			});
		},
		async close() {
			const closed = once(server, 'close');
			server.close();
			for (const socket of sockets) socket.destroy();
			await closed;
		},
	};
}

/** Name and value in lines, in the order of the names; what isn't there is left out. */
function signedText(body: SmnBody): string {
	const names =
		body.type === 'Notification'
			? (['message', 'message_id', 'subject', 'timestamp', 'topic_urn', 'type'] as const)
			: (['message', 'message_id', 'subscribe_url', 'timestamp', 'topic_urn', 'type'] as const);
	return names
		.filter((name) => body[name] !== undefined)
		.map((name) => `${name}\n${body[name] ?? ''}\n`)
		.join('');
}
