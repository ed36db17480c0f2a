import { asNonEmptyText } from '../coc/json';
import { all, type InvalidInput, type Result } from '../coc/result';
import type { Endpoint } from '../coc/url';
import { iamEndpoint, readEndpoint } from './endpoints';
import { fingerprintOf, type IamLogin, type IamSession } from './iam';
import type { AccessKey } from './signing/signature';
import { readTrust, type Trust } from './trust';

/** The stored fields of the credential "Huawei Cloud COC API", as n8n hands them over. */
export type Stored = Readonly<Record<string, unknown>>;

/** A credential that passed the rules, ready to be used for requests to `endpoint` only. */
export interface CocCredential {
	endpoint: Endpoint;
	trust: Trust;
	authentication: Authentication;
	/** Of the data source as which alarms are reported; empty for none. */
	integrationKey: string;
	/** What must never be shown, wherever it turns up. */
	secrets: string[];
}

export type Authentication =
	| { kind: 'token'; token: string }
	| { kind: 'iamUser'; login: IamLogin; session: IamSession | null }
	| { kind: 'accessKey'; key: AccessKey };

/** The hidden fields that hold an IAM user's session; all of them are written together. */
export interface StoredSession {
	sessionToken: string;
	sessionExpiresAt: string;
	sessionUserId: string;
	/** In ms since 1970. */
	sessionSignedInAt: string;
	sessionFingerprint: string;
	[field: string]: string;
}

/** The names of the hidden fields: what n8n writes, not what a user enters. */
export const HIDDEN_FIELDS: ReadonlySet<string> = new Set([
	'decision',
	'decidedAt',
	'decisionFingerprint',
	'sessionToken',
	'sessionExpiresAt',
	'sessionUserId',
	'sessionSignedInAt',
	'sessionFingerprint',
]);

/**
 * Reads and checks the stored fields; those of other ways to authenticate don't count.
 *
 * @param tokens what is known of an IAM user's token beside what is stored
 */
export function readCredential(
	stored: Stored,
	now: number,
	tokens: KnownTokens = { isNew: () => false, isOutlived: () => false },
): Result<CocCredential> {
	const endpoint = readEndpoint(stored.endpoint, 'Endpoint');
	if (!endpoint.ok) return endpoint;
	const trust = readTrust(stored);
	if (!trust.ok) return trust;
	// A credential that was saved before there was a choice holds a token.
	const read = READERS.get(stored.authentication ?? 'token');
	if (read === undefined) return refuse("'Authentication' has an unknown value");
	const authentication = read(stored, endpoint.value, (session, login) => {
		if (tokens.isOutlived(session, login)) return false;
		// Written so that an unreadable time (NaN) counts as the end.
		const lasts = Date.parse(session.expiresAt) - now > RENEW_BEFORE_END;
		return lasts || tokens.isNew(session.token);
	});
	if (!authentication.ok) return authentication;
	const integrationKey = asNonEmptyText(stored.integrationKey) ?? '';
	return {
		ok: true,
		value: {
			endpoint: endpoint.value,
			trust: trust.value,
			authentication: authentication.value,
			integrationKey,
			secrets: [...secretsOf(authentication.value), ...(integrationKey ? [integrationKey] : [])],
		},
	};
}

/** A session as it is stored. */
export function storeSession(session: IamSession, login: IamLogin): StoredSession {
	return {
		sessionToken: session.token,
		sessionExpiresAt: session.expiresAt,
		sessionUserId: session.userId,
		sessionSignedInAt: String(session.signedInAt),
		sessionFingerprint: fingerprintOf(session.token, login),
	};
}

/**
 * A token is renewed this long before it ends, in ms: longer than any request lasts, so that no
 * request meets the end of its token.
 */
export const RENEW_BEFORE_END = 10 * 60 * 1000;

/** What this process knows of tokens. */
export interface KnownTokens {
	/**
	 * Whether IAM has just given it: such a one is used however short it lasts, and whatever this
	 * machine's clock says.
	 */
	isNew(token: string): boolean;
	/** Whether COC has refused a token of this login since IAM was asked for this one. */
	isOutlived(session: IamSession, login: IamLogin): boolean;
}

type IsUsable = (session: IamSession, login: IamLogin) => boolean;
type Reader = (stored: Stored, endpoint: Endpoint, isUsable: IsUsable) => Result<Authentication>;

/** A Map, since a saved value may be any word, `constructor` too. */
const READERS: ReadonlyMap<unknown, Reader> = new Map<Authentication['kind'], Reader>([
	[
		'token',
		(stored) => {
			const token = headerText(stored.token, 'Token');
			return token.ok ? { ok: true, value: { kind: 'token', token: token.value } } : token;
		},
	],

	[
		'iamUser',
		(stored, endpoint, isUsable) => {
			const project = stored.scope === 'project';
			const login = all<IamLogin>({
				iam: iamEndpoint(stored, endpoint),
				accountName: nonEmpty(stored.accountName, 'Account Name'),
				userName: nonEmpty(stored.userName, 'User Name'),
				password: password(stored.password),
				projectName: project
					? nonEmpty(stored.projectName, 'Project Name')
					: { ok: true, value: null },
			});
			if (!login.ok) return login;
			const session = readSession(stored, login.value, isUsable);
			return { ok: true, value: { kind: 'iamUser', login: login.value, session } };
		},
	],

	[
		'accessKey',
		(stored) => {
			const key = all({
				accessKeyId: headerText(stored.accessKeyId, 'Access Key ID'),
				secretAccessKey: headerText(stored.secretAccessKey, 'Secret Access Key'),
				securityToken: optional(stored.securityToken, 'Security Token'),
				accountId: optional(stored.accountId, 'Account ID'),
				projectId: optional(stored.projectId, 'Project ID'),
			});
			if (!key.ok) return key;
			const given = Object.entries(key.value).filter(([, value]) => value !== null);
			return {
				ok: true,
				value: { kind: 'accessKey', key: Object.fromEntries(given) as unknown as AccessKey },
			};
		},
	],
]);

/** The stored session, unless it is missing, near its end or of another login. */
function readSession(stored: Stored, login: IamLogin, isUsable: IsUsable): IamSession | null {
	const { sessionToken, sessionExpiresAt, sessionUserId, sessionFingerprint } = stored;
	if (typeof sessionToken !== 'string' || sessionToken === '') return null;
	if (fingerprintOf(sessionToken, login) !== sessionFingerprint) return null;
	const session = {
		token: sessionToken,
		expiresAt: String(sessionExpiresAt),
		userId: String(sessionUserId),
		signedInAt: Number(stored.sessionSignedInAt ?? 0),
	};
	return isUsable(session, login) ? session : null;
}

function secretsOf(authentication: Authentication): string[] {
	switch (authentication.kind) {
		case 'token':
			return [authentication.token];
		case 'iamUser':
			return [authentication.login.password, authentication.session?.token ?? ''];
		case 'accessKey': {
			const { accessKeyId, secretAccessKey, securityToken = '' } = authentication.key;
			return [accessKeyId, secretAccessKey, securityToken];
		}
	}
}

function nonEmpty(value: unknown, label: string): Result<string> {
	const trimmed = typeof value === 'string' ? value.trim() : '';
	return trimmed === '' ? refuse(`'${label}' is empty`) : { ok: true, value: trimmed };
}

/** As it is: white space may be part of a password. */
function password(value: unknown): Result<string> {
	if (typeof value === 'string' && value !== '') return { ok: true, value };
	return refuse("'Password' is empty");
}

function optional(value: unknown, label: string): Result<string | null> {
	const empty = value === undefined || value === null || String(value).trim() === '';
	return empty ? { ok: true, value: null } : headerText(value, label);
}

/**
 * A text that goes into a header. Copy and paste brings white space at the ends; within nothing is
 * guessed.
 */
function headerText(value: unknown, label: string): Result<string> {
	const trimmed = nonEmpty(value, label);
	if (!trimmed.ok) return trimmed;
	const illegal = /[^\x21-\x7e]/u.exec(trimmed.value);
	if (illegal === null) return trimmed;
	return refuse(
		`'${label}' contains ${nameOf(illegal[0])} at position ${illegal.index + 1}, which no header may contain: copy it again`,
	);
}

function nameOf(character: string): string {
	if (/[\r\n]/.test(character)) return 'a line break';
	if (/\s/.test(character)) return 'white space';
	return `an illegal character (U+${(character.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0')})`;
}

function refuse(what: string): InvalidInput & { ok: false } {
	return { ok: false, reason: `the credential's ${what}` };
}
