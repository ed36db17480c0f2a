import { type Answer, gatewayError, parameterError, Refusal } from './answers.cts';
import type { FormPart } from './form.cts';
import type { Incoming } from './record.cts';
import type { Coc, Route } from './routes/route.cts';
import type { RecordedRequest } from './types.cts';

/** The gateway's checks in its order; what passes them is answered by the route. */
export function answer(incoming: Incoming, form: FormPart[] | null, coc: Coc): Answer {
	const { requestId, record, tooLarge, found, login } = incoming;
	const refuse = (status: number, code: string, message: string) =>
		gatewayError(requestId, status, code, message);

	if (tooLarge) return refuse(413, 'APIGW.0201', 'The request body is larger than 12 MB.');
	if (!found) {
		return refuse(404, 'APIGW.0101', `No such API: ${record.method} ${record.path}`);
	}
	const { route, params } = found;
	if (typeof login === 'string') {
		return refuse(401, 'APIGW.0301', `Incorrect IAM authentication information: ${login}`);
	}
	if (route.permission !== null && !login.may(route.permission)) {
		return refuse(403, 'APIGW.0302', `The user is not allowed to call ${route.permission}.`);
	}
	try {
		const query = new URLSearchParams(record.url.split('?')[1]);
		const body = jsonBody(route, record);
		return route.answer({ params, query, body, form, caller: login.userId }, coc);
	} catch (error) {
		if (error instanceof Refusal) return error.answer();
		throw error;
	}
}

function jsonBody(route: Route, { headers, json }: RecordedRequest): unknown {
	if (route.method === 'GET' || route.takes === 'form') return undefined;
	if (!/^application\/json\s*(;\s*charset=utf-8\s*)?$/i.test(headers['content-type'] ?? '')) {
		throw parameterError('The header[Content-Type] must be application/json.');
	}
	if (json === undefined) throw parameterError('The body is not JSON.');
	return json;
}
