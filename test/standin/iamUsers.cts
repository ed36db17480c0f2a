import { createHash, randomBytes } from 'node:crypto';
import { type Answer, json } from './answers.cts';
import { checked, oneOf, optional, readQuery, type Rule, text } from './check.cts';

/** An IAM user who can sign in; tests may change the fields at any time. */
export interface IamUser {
	userId: string;
	accountName: string;
	/** Default: made from the account's name. */
	domainId: string;
	userName: string;
	password: string;
	/** Names of the projects that a token can be got for. */
	projects: string[];
	/** Login protection: a password alone isn't enough. */
	mfa: boolean;
	/** By an administrator, or after five wrong passwords in a row. */
	locked: boolean;
	disabled: boolean;
	/** IAM actions such as `coc:ticket:action` that the tokens allow. Default: all. */
	permissions?: string[];
	/** What this user got, the newest last. */
	tokens: string[];
}

export type IamUserFields = Pick<IamUser, 'accountName' | 'userName' | 'password'> &
	Partial<IamUser>;

/** One wrong password more in a row locks the user. */
const MOST_WRONG_PASSWORDS = 5;

/** IAM says no, in its own shape. */
export class IamRefusal extends Error {
	constructor(
		readonly status: number,
		message: string,
	) {
		super(message);
	}

	answer(): Answer {
		return iamError(this.status, this.message);
	}
}

const TITLES: Record<number, string> = {
	400: 'Bad Request',
	401: 'Unauthorized',
	403: 'Forbidden',
	404: 'Not Found',
	429: 'Too Many Requests',
	500: 'Internal Server Error',
	503: 'Service Unavailable',
};

/** An error in IAM's shape; `doubled` repeats it in the gateway's words, as IAM sometimes does. */
export function iamError(status: number, message: string, { doubled = false } = {}): Answer {
	const error = { code: status, message, title: TITLES[status] ?? 'Error' };
	const again = { error_code: String(status), error_msg: message };
	return json(status, doubled ? { error, ...again } : { error });
}

/** The users of some accounts, and IAM's rules for signing in. */
export function createIamUsers() {
	const users: IamUser[] = [];
	const wrongPasswords = new Map<IamUser, number>();

	return {
		add(fields: IamUserFields): IamUser {
			const user: IamUser = {
				userId: randomBytes(16).toString('hex'),
				domainId: createHash('md5').update(fields.accountName).digest('hex'),
				projects: [],
				mfa: false,
				locked: false,
				disabled: false,
				tokens: [],
				...fields,
			};
			users.push(user);
			return user;
		},

		/** The users of the caller's account that a query asks for; of all, if IAM doesn't know the caller. */
		list(query: URLSearchParams, caller: string) {
			const { domain_id, name, enabled } = checked(
				readQuery(query),
				{
					domain_id: optional(text(64)),
					name: optional(text(64)),
					enabled: optional(oneOf('true', 'false')),
				},
				'query',
			);
			const account = users.find(({ userId }) => userId === caller)?.domainId;
			if (account !== undefined && domain_id !== undefined && domain_id !== account) {
				throw new IamRefusal(403, `The account ${domain_id} is not the one of the caller.`);
			}
			return users
				.map(({ userId, userName, disabled, domainId }) => {
					return { id: userId, name: userName, enabled: !disabled, domain_id: domainId };
				})
				.filter(
					(user) =>
						(account === undefined || user.domain_id === account) &&
						(domain_id === undefined || user.domain_id === domain_id) &&
						(name === undefined || user.name === name) &&
						(enabled === undefined || String(user.enabled) === enabled),
				);
		},

		/** The user that this body signs in. */
		signIn(body: unknown): IamUser {
			const { accountName, userName, password, scope } = readSignIn(body);
			const user = users.find(
				(one) => one.accountName === accountName && one.userName === userName,
			);
			if (!user) throw new IamRefusal(401, `There is no user ${userName} in ${accountName}.`);
			if (user.locked) throw new IamRefusal(401, 'The user is locked.');
			if (user.password !== password) {
				const times = (wrongPasswords.get(user) ?? 0) + 1;
				wrongPasswords.set(user, times);
				user.locked = times >= MOST_WRONG_PASSWORDS;
				throw new IamRefusal(401, 'The username or password is wrong.');
			}
			wrongPasswords.delete(user);
			if (user.disabled) throw new IamRefusal(403, 'The user is disabled.');
			if (user.mfa) throw new IamRefusal(401, 'The user needs a passcode (totp) as well.');
			if (scope.domain !== undefined && scope.domain !== accountName) {
				throw new IamRefusal(401, `Could not find domain: ${scope.domain}.`);
			}
			if (scope.project !== undefined && !user.projects.includes(scope.project)) {
				throw new IamRefusal(401, `Could not find project: ${scope.project}.`);
			}
			return user;
		},
	};
}

const name = text(64);
const list: Rule<string[]> = {
	wanted: 'the list ["password"]',
	accepts: (value): value is string[] => JSON.stringify(value) === '["password"]',
};
const object: Rule<object> = {
	wanted: 'an object',
	accepts: (value): value is object => typeof value === 'object' && value !== null,
};

/** Exactly the body of the contract: a password sign-in for a domain or a project, both by name. */
function readSignIn(body: unknown) {
	const { auth } = checked(body, { auth: object }, 'body');
	const { identity, scope } = checked(auth, { identity: object, scope: object }, 'auth');
	const { password } = checked(identity, { methods: list, password: object }, 'identity');
	const { user } = checked(password, { user: object }, 'password');
	const login = checked(user, { name, password: text(128), domain: object }, 'user');
	const { domain, project } = checked(
		scope,
		{ domain: optional(object), project: optional(object) },
		'scope',
	);
	if ((domain === undefined) === (project === undefined)) {
		throw new IamRefusal(400, 'The scope must be a domain or a project.');
	}
	return {
		accountName: named(login.domain, 'domain'),
		userName: login.name,
		password: login.password,
		scope: {
			domain: domain && named(domain, 'domain'),
			project: project && named(project, 'project'),
		},
	};
}

const named = (value: unknown, what: string) => checked(value, { name }, what).name;
