/** The credential: from environment variables or asked for, never stored, never an argument. */
import { readCredential, type CocCredential } from './product.cts';

/** Asks on the terminal; `hidden` isn't shown. Null where nobody can be asked. */
export type Ask = ((question: string, hidden?: boolean) => Promise<string>) | null;

type Env = Readonly<Record<string, string | undefined>>;

interface Variable {
	name: string;
	/** The credential's field, by which the product knows it. */
	field: string;
	label: string;
	hidden?: boolean;
	optional?: boolean;
}

const ENDPOINT: Variable = { name: 'COC_ENDPOINT', field: 'endpoint', label: 'Endpoint' };

/** By mode; the first variable of each tells that it is meant. */
export const VARIABLES: Record<'token' | 'iamUser' | 'accessKey', Variable[]> = {
	token: [{ name: 'COC_TOKEN', field: 'token', label: 'Token', hidden: true }],
	iamUser: [
		{ name: 'COC_USER_NAME', field: 'userName', label: 'User name' },
		{ name: 'COC_ACCOUNT_NAME', field: 'accountName', label: 'Account name' },
		{ name: 'COC_PASSWORD', field: 'password', label: 'Password', hidden: true },
		{ name: 'COC_PROJECT_NAME', field: 'projectName', label: 'Project name', optional: true },
		{ name: 'COC_IAM_ENDPOINT', field: 'iamEndpoint', label: 'IAM endpoint', optional: true },
	],
	accessKey: [
		{ name: 'COC_ACCESS_KEY_ID', field: 'accessKeyId', label: 'Access key ID' },
		{
			name: 'COC_SECRET_ACCESS_KEY',
			field: 'secretAccessKey',
			label: 'Secret access key',
			hidden: true,
		},
		{
			name: 'COC_SECURITY_TOKEN',
			field: 'securityToken',
			label: 'Security token',
			hidden: true,
			optional: true,
		},
		{ name: 'COC_ACCOUNT_ID', field: 'accountId', label: 'Account ID', optional: true },
		{ name: 'COC_PROJECT_ID', field: 'projectId', label: 'Project ID', optional: true },
	],
};
type Mode = keyof typeof VARIABLES;

export interface Access {
	credential: CocCredential;
	/** What can be in no answer of COC's, and must be in no file: secrets and hosts. */
	hidden: string[];
}

/** Reads and checks the credential; throws with what is missing. */
export async function readAccess(env: Env, ask: Ask): Promise<Access> {
	const values: Record<string, string> = {};
	const read = async ({ name, field, label, hidden, optional }: Variable) => {
		const value = env[name] ?? (optional || ask === null ? '' : await ask(`${label}: `, hidden));
		if (value !== '') values[field] = value;
		else if (!optional) throw new Error(`${name} is not set, and nobody can be asked for it`);
	};
	await read(ENDPOINT);
	const authentication = await modeOf(env, ask);
	for (const variable of VARIABLES[authentication]) await read(variable);
	const credential = readCredential(
		{
			...values,
			authentication,
			scope: values.projectName === undefined ? 'account' : 'project',
			ignoreSslIssues: env.COC_IGNORE_SSL_ISSUES === 'true',
		},
		Date.now(),
	);
	if (!credential.ok) throw new Error(credential.reason);
	const hosts = [values.endpoint, values.iamEndpoint].flatMap((url) => {
		if (url === undefined) return [];
		const { host, hostname, origin } = new URL(url);
		return [url, origin, host, hostname];
	});
	const { secrets } = credential.value;
	return {
		credential: credential.value,
		hidden: [...secrets.filter((one) => one !== ''), ...hosts],
	};
}

async function modeOf(env: Env, ask: Ask): Promise<Mode> {
	const modes = Object.keys(VARIABLES) as Mode[];
	const given = modes.filter((mode) => VARIABLES[mode].some(({ name }) => env[name] !== undefined));
	if (given.length > 1) {
		throw new Error(`The environment has variables of several credentials: ${given.join(', ')}`);
	}
	if (given[0] !== undefined) return given[0];
	const firsts = modes.map((mode) => VARIABLES[mode][0]!.name).join(', ');
	if (ask === null) throw new Error(`None of ${firsts} is set, and nobody can be asked for it`);
	const chosen = await ask('Authentication (token, iamUser or accessKey): ');
	const mode = modes.find((one) => one.toLowerCase() === chosen.trim().toLowerCase());
	if (mode === undefined) throw new Error(`It is one of ${modes.join(', ')}`);
	return mode;
}
