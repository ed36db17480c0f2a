import { isKeyAccepted } from '../coc/classify';
import type { Exchange } from './request';
import type { Session } from './session';

/** Sends requests one at a time until the credential has proven good. */
export interface FirstAlone {
	run(request: () => Promise<Exchange>): Promise<Exchange>;
}

/**
 * An IAM user's first request goes alone, since it may bring a renewal that all others need as well.
 * An access key's requests go alone until one was accepted: more than five refused signatures in a
 * row lock it, for everyone. Over all runs `oneTrial` sees to that; here they keep their order, and their
 * turns.
 */
export function createFirstAlone(session: Session): FirstAlone {
	const { kind } = session.credential.authentication;
	const proves = { token: () => true, iamUser: () => true, accessKey: isAccepted }[kind];
	let isProven = kind === 'token';
	let underWay: Promise<unknown> | undefined;
	return {
		async run(request) {
			while (!isProven && underWay) await underWay;
			if (isProven) return await request();
			const result = request();
			underWay = result.then((exchange) => {
				isProven = !session.fault && proves(exchange);
				underWay = undefined;
			});
			await underWay;
			return await result;
		},
	};
}

function isAccepted(exchange: Exchange): boolean {
	return 'answer' in exchange && isKeyAccepted(exchange.answer);
}
