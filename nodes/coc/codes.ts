import { isForeign, type Answer } from './answer';

/**
 * What the services' codes mean to a user, as data: COC's error code pages, and the gateway's
 * (APIGW) error codes for signed and token requests. The gateway's codes stand in their present
 * spelling; see `gatewayCode` for the older one.
 */
export type Meaning =
	| 'tokenRefused'
	| 'otherSite'
	| 'wrongAuthentication'
	| 'notPermitted'
	| 'noSuchApi'
	| 'noSuchTicket'
	| 'redirect'
	| 'tooLarge'
	| 'throttled'
	| 'gatewayTrouble'
	| 'iamUnavailable'
	| 'badCredential'
	/** A proxy on the way wants a login of its own. */
	| 'proxyLogin'
	/** Something between n8n and the service answered; its status says nothing of the service. */
	| 'foreign';

/** The detail call's code for a ticket that doesn't exist. */
export const NO_SUCH_TICKET = 'COC.00067003';

/** A Map, since a server may send any word as its code, `constructor` too. */
export const MEANING_BY_CODE: ReadonlyMap<string, Meaning> = new Map<string, Meaning>([
	['APIGW.0101', 'noSuchApi'],
	['APIGW.0103', 'noSuchApi'],
	['APIGW.0301', 'tokenRefused'],
	['APIGW.0305', 'wrongAuthentication'],
	['APIGW.0307', 'otherSite'],
	['APIGW.0302', 'notPermitted'],
	['APIGW.0306', 'notPermitted'],
	['APIGW.0310', 'notPermitted'],
	['APIGW.0402', 'notPermitted'],
	['APIGW.0801', 'notPermitted'],
	['APIGW.0802', 'notPermitted'],
	['APIGW.0308', 'throttled'],
	['APIGW.0601', 'gatewayTrouble'],
	['APIGW.0605', 'gatewayTrouble'],
	['APIGW.0606', 'gatewayTrouble'],
	['APIGW.0610', 'gatewayTrouble'],
	['APIGW.0613', 'iamUnavailable'],
	[NO_SUCH_TICKET, 'noSuchTicket'],
	['COC.00011013', 'badCredential'],
	['COC.00010014', 'badCredential'],
]);

/** What a status says whoever it comes from: where to wait, and what is too large. */
const MEANING_FROM_ANYONE: Readonly<Record<number, Meaning>> = {
	413: 'tooLarge',
	429: 'throttled',
	500: 'gatewayTrouble',
	502: 'gatewayTrouble',
	503: 'gatewayTrouble',
	504: 'gatewayTrouble',
};

/** Used when the code is of no known meaning; `APIGW.0201` means three things, told apart by the status. */
const MEANING_BY_STATUS: Readonly<Record<number, Meaning>> = {
	...MEANING_FROM_ANYONE,
	401: 'tokenRefused',
	403: 'notPermitted',
	404: 'noSuchApi',
};

/** The answer's code in the gateway's present spelling; older gateways say `APIG.0301`. */
export function gatewayCode(answer: Answer): string | null {
	return answer.code?.replace(/^APIG\./, 'APIGW.') ?? null;
}

/** Whether a code is the gateway's, in either spelling: it concerns what is behind the gateway. */
export function isGatewayCode(code: string): boolean {
	return /^APIGW?\./.test(code);
}

/** What an answer that isn't success means; the code counts before the status. */
export function meaningOf(answer: Answer): Meaning | null {
	const { httpStatus } = answer;
	if (httpStatus >= 300 && httpStatus <= 399) return 'redirect';
	if (httpStatus === 407) return 'proxyLogin';
	if (isForeign(answer)) return MEANING_FROM_ANYONE[httpStatus] ?? 'foreign';
	return MEANING_BY_CODE.get(gatewayCode(answer) ?? '') ?? MEANING_BY_STATUS[httpStatus] ?? null;
}

/** IAM actions that the calls need (authorization section of each API page, IAM's and EPS' included). */
export const IAM_ACTION = {
	createIncident: 'coc:ticket:create',
	handleIncident: 'coc:ticket:action',
	showIncident: 'coc:ticket:get',
	listHistories: 'coc:ticket:getOperationHistories',
	listIncidents: 'coc:ticket:list',
	listApplications: 'coc:application:list',
	listUsers: 'iam:users:listUsers',
	listUsersV5: 'iam:users:listUsersV5',
	listEnterpriseProjects: 'eps:enterpriseProjects:list',
} as const;
