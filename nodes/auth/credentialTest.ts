import type { ICredentialTestRequest } from 'n8n-workflow';
import type { Meaning } from '../coc/answer';
import { MEANING_BY_CODE } from '../coc/classify';
import { ADVICE, NOT_COC } from '../errors/hints';

type Value = string | number | null | undefined;
interface Rule {
	type: 'responseSuccessBody' | 'responseCode';
	properties: { key?: string; value: Value; message: string };
}

const NOT_SUCCESS = 'COC answered with a code that does not mean success';

/** Statuses whose body is looked at; the meaning of all others doesn't depend on it. */
const JUDGED_BY_BODY: ReadonlySet<number> = new Set([400, 401, 403]);

/** What the codes mean that come with these statuses; of the others the status says enough. */
const SAID_BY_CODE: ReadonlySet<Meaning> = new Set<Meaning>([
	'tokenRefused',
	'wrongAuthentication',
	'otherSite',
	'notPermitted',
	'badCredential',
]);

/** The gateway's usual refusals, which are known in its older spelling and in other shapes as well. */
const USUAL = ['APIGW.0301', 'APIGW.0302', 'APIGW.0307'] as const;

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
 * n8n compares a status, or what it finds at a path of the answer's body, with one fixed value, and
 * takes the first rule that matches. It knows no "not", no "and" and no pattern, so that what isn't
 * success has to be spelt out; and every page of its editor loads the rules of every credential, so
 * that they have to be few. What decides is therefore the list: only a number has `toFixed`, and no
 * refusal has the list's total. The rules before that one say why there is no list, for the codes
 * that are documented. Those about the rest of a code guard against one thing more, a refusal with a
 * list beside it, which nobody has seen: as far as a few characters show it.
 */
function rules(): Rule[] {
	return [
		...[301, 302, 303, 307, 308].map((status) => byStatus(status, ADVICE.redirect.verdict)),
		byStatus(404, ADVICE.noSuchApi.verdict),
		byStatus(407, ADVICE.proxyLogin.verdict),
		byStatus(429, ADVICE.throttled.verdict),
		...[408, 500, 502, 503, 504].map((status) => byStatus(status, ADVICE.gatewayTrouble.verdict)),

		...[...MEANING_BY_CODE].flatMap(([code, meaning]) =>
			SAID_BY_CODE.has(meaning) ? [rule('error_code', code, ADVICE[meaning].verdict)] : [],
		),
		...USUAL.flatMap((code) => {
			const verdict = ADVICE[MEANING_BY_CODE.get(code)!].verdict;
			const older = code.replace('APIGW.', 'APIG.');
			return [
				rule('error_code', older, verdict),
				...['code', 'error.code'].flatMap((key) => [
					rule(key, code, verdict),
					rule(key, older, verdict),
				]),
			];
		}),
		// IAM's shape, as a string and as the number that its examples show.
		...[401, '401'].map((code) => rule('error.code', code, ADVICE.tokenRefused.verdict)),
		...[403, '403'].map((code) => rule('error.code', code, ADVICE.notPermitted.verdict)),

		// Only a text has `padStart`, and only one that isn't empty a first character.
		...['error_code.padStart', 'error_code[0]'].map((key) => rule(key, undefined, NOT_COC)),
		...notSuccess('error_code'),
		rule('data.total.toFixed', undefined, `${NOT_COC}. Or ${NOT_SUCCESS}`),
	];
}

/**
 * COC's success codes are zeros, `GOM.` before them or not. Others begin with a digit, as the
 * gateway's do, or as words do that say no; or they have a digit where documented ones differ:
 * COC.000*1*0002, GOM.0000*7*256.
 */
function notSuccess(key: string): Rule[] {
	const digits = numbers(1, 9).map(String);
	return [
		...[...digits, ...'AEFNefn'].map((first) => rule(`${key}[0]`, first, NOT_SUCCESS)),
		...[7, 8].flatMap((place) =>
			digits.map((digit) => rule(`${key}[${place}]`, digit, NOT_SUCCESS)),
		),
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
