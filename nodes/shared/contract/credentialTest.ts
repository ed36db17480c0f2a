import type { ICredentialTestRequest } from 'n8n-workflow';
import { IAM_ACTION, MEANING_BY_CODE, type Meaning } from './codes';

type Rules = NonNullable<ICredentialTestRequest['rules']>;
type Rule = {
	type: 'responseSuccessBody';
	properties: { key: string; value: string | number; message: string };
};

const NOT_COC =
	"The answer isn't COC's: check the 'Endpoint' (host, port and path prefix), and whether a proxy or a login page answers in its place";

const SENTENCE: Record<Meaning, string> = {
	tokenRefused: 'The token is invalid or expired (tokens live 24 hours): get a new one from IAM',
	otherSite:
		"The token must be renewed, or it belongs to another site: get it from the IAM of the site that the 'Endpoint' belongs to",
	notPermitted: `The token works, but its user may not list incidents (IAM action ${IAM_ACTION.listIncidents}). This doesn't stop 'Verify', which needs ${IAM_ACTION.handleIncident}`,
	noSuchApi: "There is no COC API at this address: check the 'Endpoint'",
	noSuchTicket: NOT_COC,
	tooLarge: NOT_COC,
	redirect: NOT_COC,
	throttled: 'COC limits the number of requests at the moment: wait a minute and test again',
	gatewayTrouble: "COC's gateway is in trouble at the moment: wait a minute and test again",
	iamUnavailable: 'COC could not reach IAM to check the token: wait a minute and test again',
	badCredential:
		"COC doesn't recognise the token's user: get the token as an IAM user of the account that uses COC",
};

/**
 * The credential test's verdicts. n8n compares a path of the answer with a fixed value and takes
 * the first rule that matches; a comparison with `undefined` finds what is missing.
 */
export function credentialTestRules(): Rules {
	return [
		...[...MEANING_BY_CODE].flatMap(([code, meaning]) =>
			[code, code.replace('APIGW.', 'APIG.')].map((value) =>
				rule('error_code', value, SENTENCE[meaning]),
			),
		),
		// Several kinds of trouble at the gateway; a harmless read can't be too large for it.
		rule('error_code', 'APIGW.0201', SENTENCE.gatewayTrouble),
		// IAM's shape, as a string and as the number that its examples show.
		...[401, '401'].map((value) => rule('error.code', value, SENTENCE.tokenRefused)),
		...[403, '403'].map((value) => rule('error.code', value, SENTENCE.notPermitted)),
		missing('error_code.length', NOT_COC),
		...nonZeroDigits(),
		missing('data.total', NOT_COC),
	] as Rules;
}

/**
 * "All digits are zero" in a language that only knows "equals": no place of the code holds a
 * digit from 1 to 9. COC's success codes have at most 15 characters.
 */
function nonZeroDigits(): Rule[] {
	const message = 'COC answered with a code that does not mean success';
	return Array.from({ length: 15 * 9 }, (_, index) =>
		rule(`error_code[${Math.floor(index / 9)}]`, String((index % 9) + 1), message),
	);
}

function missing(key: string, message: string): Rule {
	return rule(key, undefined as unknown as string, message);
}

function rule(key: string, value: string | number, message: string): Rule {
	return { type: 'responseSuccessBody', properties: { key, value, message } };
}
