import { asRecord } from '../coc/json';

/** What SMN sends to a subscriber. */
export type SmnType = 'Notification' | 'SubscriptionConfirmation' | 'UnsubscribeConfirmation';

/** A message in SMN's form ("HTTP/HTTPS Message Format"); nothing of it is to be trusted yet. */
export interface SmnMessage {
	type: SmnType;
	id: string;
	topic: string;
	/** The region in the topic's URN. */
	region: string;
	/** As it was signed. */
	timestamp: string;
	/** The same, in ms since 1970. */
	sentAt: number;
	text: string;
	subject: string | null;
	subscribeUrl: string | null;
	/** Base64. */
	signature: string;
	signatureVersion: string;
	certificateUrl: string;
}

/** Why a body is no message of SMN. */
export type NoSmnMessage = 'otherForm' | 'malformed';

const TYPES: ReadonlySet<unknown> = new Set<SmnType>([
	'Notification',
	'SubscriptionConfirmation',
	'UnsubscribeConfirmation',
]);

/**
 * What the signed lines are told apart by must not hold a line break: else one signed text could be
 * read as two messages.
 */
const ID = /^[\w-]{1,128}$/;
const TOPIC = /^urn:smn:([a-z][a-z0-9]*(?:-[a-z0-9]+)+):[\w-]{1,64}:[\w-]{1,256}$/;
const TIMESTAMP = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d{1,9})?Z$/;

/** The region in a topic's URN; null when it is none. */
export function regionOfTopic(topic: string): string | null {
	return TOPIC.exec(topic)?.[1] ?? null;
}

/** Takes SMN's fields from a body; one that has a form of its own is for others to judge. */
export function readSmnMessage(body: unknown): SmnMessage | NoSmnMessage {
	const record = asRecord(body);
	if (record === null || !('topic_urn' in record || 'signing_cert_url' in record)) {
		return 'otherForm';
	}
	const text = (name: string) => (typeof record[name] === 'string' ? record[name] : null);
	const [type, id, topic, timestamp] = [
		record.type,
		...['message_id', 'topic_urn', 'timestamp'].map(text),
	];
	const region = typeof topic === 'string' ? regionOfTopic(topic) : null;
	const [message, signature, certificateUrl] = ['message', 'signature', 'signing_cert_url'].map(
		text,
	);
	const isWhole =
		TYPES.has(type) && ID.test(String(id)) && region !== null && TIMESTAMP.test(String(timestamp));
	if (!isWhole || message == null || signature == null || certificateUrl == null) {
		return 'malformed';
	}
	const sentAt = Date.parse(String(timestamp));
	const [subject, subscribeUrl] = [record.subject ?? null, record.subscribe_url ?? null];
	const isOther = (value: unknown) => value !== null && typeof value !== 'string';
	const isSplit = typeof subject === 'string' && /[\r\n]/.test(subject);
	if (Number.isNaN(sentAt) || isSplit || isOther(subject) || isOther(subscribeUrl)) {
		return 'malformed';
	}
	return {
		type: type as SmnType,
		id: String(id),
		topic: String(topic),
		region,
		timestamp: String(timestamp),
		sentAt,
		text: message,
		subject: subject as string | null,
		subscribeUrl: subscribeUrl as string | null,
		signature,
		signatureVersion: text('signature_version') ?? '',
		certificateUrl,
	};
}

/** What SMN signs ("Message Signature Verification"): name and value in lines, the names in order. */
export function stringToSign(message: SmnMessage): string {
	const { type, id, topic, timestamp, text, subject, subscribeUrl } = message;
	const special: Array<[string, string | null]> =
		type === 'Notification' ? [['subject', subject]] : [['subscribe_url', subscribeUrl]];
	const lines: Array<[string, string | null]> = [
		['message', text],
		['message_id', id],
		...special,
		['timestamp', timestamp],
		['topic_urn', topic],
		['type', type],
	];
	return lines
		.filter(([, value]) => value !== null)
		.map(([name, value]) => `${name}\n${value}\n`)
		.join('');
}
