import type { Checked } from './checked';
import { checkEndpoint, type Endpoint } from './endpoint';

/** The ways to authenticate; a saved credential without the field is of the first release. */
export type Authentication = 'token';

/** A credential that passed the rules, ready to be used for requests to `endpoint` only. */
export interface CocCredential {
	endpoint: Endpoint;
	ignoreSslIssues: boolean;
	/** Headers that authenticate a request. */
	headers: Record<string, string>;
	/** What must never be shown, wherever it turns up. */
	secrets: string[];
}

/** Reads the stored fields of the credential "Huawei Cloud COC API". */
export function readCredential(stored: Readonly<Record<string, unknown>>): Checked<CocCredential> {
	const endpoint = checkEndpoint(stored.endpoint);
	if (!endpoint.ok) return endpoint;
	const authenticate = AUTHENTICATIONS.get(stored.authentication ?? 'token');
	if (authenticate === undefined) {
		return { ok: false, reason: "the credential's 'Authentication' has an unknown value" };
	}
	const headers = authenticate(stored);
	if (!headers.ok) return headers;
	return {
		ok: true,
		value: {
			endpoint: endpoint.value,
			ignoreSslIssues: stored.ignoreSslIssues === true,
			headers: headers.value,
			secrets: Object.values(headers.value),
		},
	};
}

type Authenticator = (stored: Readonly<Record<string, unknown>>) => Checked<Record<string, string>>;

const AUTHENTICATIONS: ReadonlyMap<unknown, Authenticator> = new Map<Authentication, Authenticator>(
	[
		[
			'token',
			(stored) => {
				const token = checkToken(stored.token);
				return token.ok ? { ok: true, value: { 'X-Auth-Token': token.value } } : token;
			},
		],
	],
);

/** Copy and paste brings white space at the ends; within the token nothing is guessed. */
function checkToken(value: unknown): Checked<string> {
	const token = typeof value === 'string' ? value.trim() : '';
	if (token === '') return { ok: false, reason: "the credential's 'Token' is empty" };
	const illegal = /[^\x21-\x7e]/u.exec(token);
	if (illegal === null) return { ok: true, value: token };
	return {
		ok: false,
		reason: `the credential's 'Token' contains ${nameOf(illegal[0])} at position ${illegal.index + 1}, which no header may contain: copy the token again`,
	};
}

function nameOf(character: string): string {
	if (/[\r\n]/.test(character)) return 'a line break';
	if (/\s/.test(character)) return 'white space';
	return `an illegal character (U+${(character.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0')})`;
}
