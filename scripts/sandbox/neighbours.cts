import { type Answer, json } from '../../test/standin/answers.cts';
import type { RecordedRequest, StandIn } from '../../test/standin/index.cts';

/** Where a running sandbox puts tickets and alarms back as they were. */
export const RESET = '/sandbox/reset';

export interface Neighbours {
	/** Puts all tickets back. */
	reset: () => void;
	/** Gets what somebody says in the chat. */
	onSaid: (text: string) => void;
	tickets: StandIn['tickets'];
}

/**
 * What stands beside COC in the examples, and the sandbox's own switch.
 *
 * - `GET /health` is a monitoring: 200, or 503 while a service is down. With `?ticket=` it is asked
 *   for one service: that of a P1 is down.
 * - `POST /chat` is the incoming webhook of a chat.
 */
export function neighbours(world: Neighbours) {
	return ({ method, path, url, json: body }: RecordedRequest): Answer | undefined => {
		if (method === 'GET' && path === '/health') {
			const ticket = new URL(url, 'http://sandbox').searchParams.get('ticket');
			const isDown = world.tickets.get(ticket ?? '')?.level === 'level_10';
			return json(isDown ? 503 : 200, { status: isDown ? 'down' : 'up' });
		}
		if (method === 'POST' && path === '/chat') {
			const { text } = (body ?? {}) as { text?: unknown };
			if (typeof text !== 'string') return json(400, { error: 'There is no "text".' });
			world.onSaid(text);
			return json(200, { ok: true });
		}
		if (method === 'POST' && path === RESET) {
			world.reset();
			return json(200, { reset: true });
		}
		return undefined;
	};
}
