/** What goes back to the client. The request id and the content length are added on sending. */
export interface Answer {
	status: number;
	headers: Record<string, string>;
	body: string | Buffer;
}

/** The code of a parameter error: also used where the COC contract leaves the code open. */
const PARAMETER_ERROR = 'GOM.00007256';

/** A JSON answer, with COC's content type. */
export function json(status: number, value: unknown, headers: Record<string, string> = {}): Answer {
	return {
		status,
		headers: { 'Content-Type': 'application/json;charset=UTF-8', ...headers },
		body: JSON.stringify(value),
	};
}

/** COC's envelope for a call that worked. */
export function success(data: unknown = null): Answer {
	return envelope(200, 'GOM.00000000', null, data);
}

/** The same for calls that don't answer with data. */
export function successWithoutData(): Answer {
	return json(200, { provider_code: '049', error_code: 'GOM.00000000', error_msg: null });
}

/** COC's envelope. */
export function envelope(
	status: number,
	error_code: string,
	error_msg: string | null,
	data: unknown = null,
): Answer {
	return json(status, { provider_code: '049', error_code, error_msg, data });
}

/** The gateway's own shape, for whatever ends before it reaches COC (or COC's backend). */
export function gatewayError(
	request_id: string,
	status: number,
	error_code: string,
	error_msg: string,
	headers: Record<string, string> = {},
): Answer {
	return json(status, { error_code, error_msg, request_id }, headers);
}

/** COC says no: thrown by checks and routes, answered as HTTP 400 with the envelope. */
export class Refusal extends Error {
	constructor(
		readonly code: string,
		message: string,
	) {
		super(message);
	}

	answer(): Answer {
		return envelope(400, this.code, this.message);
	}
}

/** A parameter, or a ticket's state, that doesn't fit the call. */
export function parameterError(message: string): Refusal {
	return new Refusal(PARAMETER_ERROR, message);
}

/** No such ticket. The contract has this code for the detail call; the others answer alike. */
export function noSuchTicket(number: string): Refusal {
	return new Refusal('COC.00067003', `The ticket ${number} does not exist.`);
}
