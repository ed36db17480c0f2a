import { isKeyRefusal } from '../coc/classify';
import type { Exchange } from './send';
import type { Session } from './session';

/** Lets requests go one at a time until the credential has shown that it is good. */
export interface Trial {
	run(request: () => Promise<Exchange>): Promise<Exchange>;
}

/**
 * An IAM user's first request goes alone, since it may bring a renewal that all others want as
 * well. An access key's requests go alone until one was accepted: more than five refused signatures
 * in a row lock it, for everyone.
 */
export function createTrial(session: Session): Trial {
	const { kind } = session.credential.authentication;
	const passes = { token: () => true, iamUser: () => true, accessKey: accepts }[kind];
	let passed = kind === 'token';
	let underWay: Promise<unknown> | undefined;
	return {
		async run(request) {
			while (!passed && underWay) await underWay;
			if (passed) return await request();
			const result = request();
			underWay = result.then((exchange) => {
				passed = !session.closed && passes(exchange);
				underWay = undefined;
			});
			await underWay;
			return await result;
		},
	};
}

/** Whether an answer proves that the gateway let the signature pass. */
function accepts(result: Exchange): boolean {
	if (!('answer' in result) || isKeyRefusal(result.answer)) return false;
	const { httpStatus, envelope } = result.answer;
	return envelope !== null && (httpStatus <= 299 || httpStatus === 400 || httpStatus === 403);
}
