import type { ICredentialTestRequest } from 'n8n-workflow';
import { MEANING_BY_CODE } from '../coc/classify';
import { ADVICE, NOT_COC } from '../errors/hints';

type Value = string | number | null | undefined;
interface Rule {
	type: 'responseSuccessBody' | 'responseCode';
	properties: { key?: string; value: Value; message: string };
}

const NOT_SUCCESS = 'COC answered with a code that does not mean success';

/** Where the known shapes of an answer have their code. */
const CODE_KEYS = ['error_code', 'code', 'error.code'] as const;

/** Statuses whose body is looked at; the meaning of all others doesn't depend on it. */
const JUDGED_BY_BODY: ReadonlySet<number> = new Set([400, 401, 403, 429]);

/** One harmless read of COC (ListIncidentSimpleTickets), and what its answers mean to the user. */
export function credentialTest(): ICredentialTestRequest {
	return {
		request: {
			// The same tolerance as everywhere: spaces around and slashes behind don't matter.
			baseURL: '={{ ($credentials.endpoint ?? "").trim().replace(/\\/+$/, "") }}',
			url: '/v1/incident-tickets',
			qs: { limit: 1, offset: 1 },
			ignoreHttpStatusErrors: {
				ignore: true,
				except: numbers(300, 599).filter((status) => !JUDGED_BY_BODY.has(status)),
			},
		},
		rules: rules() as NonNullable<ICredentialTestRequest['rules']>,
	};
}

/**
 * n8n compares a status, or a path of the answer's body, with one fixed value, and takes the first
 * rule that matches. So all that success is not has to be spelt out: a comparison with `undefined`
 * finds what is missing, and a constructor's name shows the type of a value.
 */
function rules(): Rule[] {
	return [
		...numbers(300, 308).map((status) => byStatus(status, ADVICE.redirect.verdict)),
		byStatus(404, ADVICE.noSuchApi.verdict),
		byStatus(407, ADVICE.proxyLogin.verdict),
		...[408, ...numbers(500, 504)].map((status) => byStatus(status, ADVICE.gatewayTrouble.verdict)),

		...[...MEANING_BY_CODE].flatMap(([code, meaning]) =>
			[code, code.replace('APIGW.', 'APIG.')].flatMap((spelling) =>
				CODE_KEYS.map((key) => rule(key, spelling, ADVICE[meaning].verdict)),
			),
		),
		// IAM's shape, as a string and as the number that its examples show.
		...[401, '401'].map((code) => rule('error.code', code, ADVICE.tokenRefused.verdict)),
		...[403, '403'].map((code) => rule('error.code', code, ADVICE.notPermitted.verdict)),

		...notText('error_code'),
		...notSuccess('error_code'),
		...notNumber('data.total'),
	];
}

function notText(key: string): Rule[] {
	return [
		rule(`${key}.length`, undefined, NOT_COC),
		rule(key, '', NOT_COC),
		...['Array', 'Object'].map((kind) => rule(`${key}.constructor.name`, kind, NOT_COC)),
	];
}

function notNumber(key: string): Rule[] {
	return [
		...[undefined, null].map((value) => rule(key, value, NOT_COC)),
		...['Array', 'Object', 'String', 'Boolean'].map((kind) =>
			rule(`${key}.constructor.name`, kind, NOT_COC),
		),
	];
}

/** COC's success codes are zeros, `GOM.` before them or not, with at most 15 characters in all. */
function notSuccess(key: string): Rule[] {
	const printable = numbers(32, 126).map((code) => String.fromCharCode(code));
	const wrongStart = printable.filter((character) => character !== '0' && character !== 'G');
	return [
		...wrongStart.map((character) => rule(`${key}[0]`, character, NOT_SUCCESS)),
		...numbers(1, 14).flatMap((place) =>
			numbers(1, 9).map((digit) => rule(`${key}[${place}]`, String(digit), NOT_SUCCESS)),
		),
		...numbers(16, 64).map((length) => rule(`${key}.length`, length, NOT_SUCCESS)),
	];
}

function rule(key: string, value: Value, message: string): Rule {
	return { type: 'responseSuccessBody', properties: { key, value, message } };
}

function byStatus(value: number, message: string): Rule {
	return { type: 'responseCode', properties: { value, message } };
}

function numbers(first: number, last: number): number[] {
	return Array.from({ length: last - first + 1 }, (_, index) => first + index);
}
