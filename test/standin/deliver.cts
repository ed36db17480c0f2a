import type { ServerResponse } from 'node:http';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { setTimeout as sleep } from 'node:timers/promises';
import { type Answer, envelope, gatewayError, success } from './answers.cts';
import type { Disturbance } from './faults.cts';

/** One request on its way to an answer. */
export interface Exchange {
	requestId: string;
	response: ServerResponse;
	/** Lets COC handle the request. */
	handle: () => Answer;
	/** Notes the status that is about to be sent, or that none is. */
	settle: (status: number | null) => void;
	/** Resets the TCP connection. */
	reset: () => void;
	/** Ends waiting when the server closes. */
	signal: AbortSignal;
}

/** What the gateway documents for a status; APIGW.0201 is its most general code. */
const GATEWAY_CODES: Record<number, string> = {
	401: 'APIGW.0301',
	403: 'APIGW.0302',
	404: 'APIGW.0101',
	429: 'APIGW.0308',
	500: 'APIGW.0601',
	503: 'APIGW.0613',
};

const PAGE = '<!DOCTYPE html><html><body><h1>Service unavailable</h1></body></html>';

/** Gives the client its answer, or what the fault makes of it. */
export async function deliver(fault: Disturbance | undefined, exchange: Exchange): Promise<void> {
	if (!fault) return send(exchange, exchange.handle());

	const apply = fault.kind === 'resetAfter' || ('apply' in fault && fault.apply === true);
	// Unapplied, what looks like an answer is a made-up success.
	const answer = apply ? exchange.handle() : success();
	const { requestId, response } = exchange;

	switch (fault.kind) {
		case 'resetBefore':
		case 'resetAfter':
			exchange.settle(null);
			exchange.reset();
			if (fault.kind === 'resetBefore' && fault.applyAfterMs !== undefined) {
				await sleep(fault.applyAfterMs, undefined, { signal: exchange.signal });
				exchange.handle();
			}
			return;
		case 'hang':
			return exchange.settle(null);
		case 'status': {
			const { status, code = GATEWAY_CODES[status] ?? 'APIGW.0201', retryAfter } = fault;
			const message = fault.message ?? `The gateway answers with status ${status}.`;
			const headers = retryAfter === undefined ? {} : { 'Retry-After': retryAfter };
			return send(exchange, gatewayError(requestId, status, code, message, headers));
		}
		case 'expiredToken': {
			const { status = 401, code = 'APIGW.0301' } = fault;
			return send(exchange, gatewayError(requestId, status, code, 'The token has expired.'));
		}
		case 'errorCode':
			return send(exchange, envelope(fault.status ?? 200, fault.code, fault.message));
		case 'html':
			return send(exchange, {
				status: fault.status ?? 200,
				headers: { 'Content-Type': 'text/html' },
				body: PAGE,
			});
		case 'empty':
			return send(exchange, { ...answer, status: fault.status ?? 200, body: '' });
		case 'redirect':
			return send(exchange, {
				status: fault.status ?? 302,
				headers: { Location: fault.location },
				body: '',
			});
		case 'raw':
			response.removeHeader('X-Request-Id');
			return send(exchange, { headers: {}, ...fault });
		case 'truncated':
			return truncate(exchange, answer, fault.complete ?? false);
		case 'drip':
			return drip(exchange, answer, fault.everyMs);
		case 'endless':
			return endless(exchange, answer);
	}
}

/** Notes and sets status and headers; the body is up to the caller. */
function begin({ response, settle }: Exchange, { status, headers }: Answer): void {
	settle(status);
	response.statusCode = status;
	for (const [name, value] of Object.entries(headers)) response.setHeader(name, value);
}

/** As `begin`, with the body's length as well; hands back the body's bytes. */
function beginWithLength(exchange: Exchange, answer: Answer): Buffer {
	const body = Buffer.from(answer.body);
	exchange.response.setHeader('Content-Length', body.length);
	begin(exchange, answer);
	return body;
}

function send(exchange: Exchange, answer: Answer): void {
	exchange.response.end(beginWithLength(exchange, answer));
}

function truncate(exchange: Exchange, answer: Answer, complete: boolean): void {
	const whole = Buffer.from(answer.body);
	const half = whole.subarray(0, whole.length / 2);
	if (complete) return send(exchange, { ...answer, body: half });
	beginWithLength(exchange, answer);
	exchange.response.write(half, () => exchange.response.destroy());
}

async function drip(exchange: Exchange, answer: Answer, everyMs: number): Promise<void> {
	const { response, signal } = exchange;
	const body = beginWithLength(exchange, answer);
	response.flushHeaders();
	for (let at = 0; at < body.length && !response.destroyed; at++) {
		await sleep(everyMs, undefined, { signal });
		response.write(body.subarray(at, at + 1));
	}
	response.end();
}

async function endless(exchange: Exchange, answer: Answer): Promise<void> {
	begin(exchange, answer);
	const { response, signal } = exchange;
	// It ends only when the client goes away, or the server closes.
	await pipeline(Readable.from(sentence()), response, { signal }).catch(() => undefined);
}

function* sentence(): Generator<string> {
	yield '{"provider_code":"049","error_code":"GOM.00000000","error_msg":"';
	for (;;) yield 'and so on '.repeat(1000);
}
