import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startIam, type Iam, type IamUser } from '../standin/iam.cts';
import { startStandIn, type StandIn } from '../standin/index.cts';
import { startSmn, type Smn } from '../standin/smn.cts';
import { startConnectProxy } from '../support/connectProxy.cts';
import { prepareN8n, type PreparedN8n } from './prepare.cts';
import { signIn, type N8nClient } from './rest.cts';
import { startN8n, type N8nServer } from './server.cts';
import { credentialType } from './workflows.cts';

/** What all scenarios share: one n8n, one COC with its IAM, one saved credential. */
export interface Context {
	n8n: PreparedN8n;
	server: N8nServer;
	client: N8nClient;
	/** COC with plain HTTP; the saved credential leads here. */
	coc: StandIn;
	/** Gives tokens for `coc`. */
	iam: Iam;
	/** SMN, by the names that it has on the internet. */
	smn: Smn;
	/** A private COC with a self-signed certificate. */
	privateCoc: StandIn;
	/** The saved credential's id. */
	credentialId: string;
	/** All secrets that the scenarios handed to n8n: none may turn up anywhere else. */
	secrets: string[];
	/** The IAM users of the scenarios; the tokens they got are as secret. */
	users: IamUser[];
	/** A fresh token of this COC, noted in `secrets`. */
	issueToken: (coc: StandIn, permissions?: string[]) => string;
	/** An IAM user whom no other scenario has, noted in `users`, with a password for `secrets`. */
	addUser: () => IamUser;
	/** A password that nothing else is like, noted in `secrets`. */
	newPassword: () => string;
}

/**
 * Starts all that the scenarios share; everything ends with this process.
 *
 * @param keep leave n8n's folder
 * @param settings more of n8n's environment variables
 */
export async function startContext(
	version: string,
	keep: boolean,
	settings: Record<string, string> = {},
): Promise<Context> {
	// Leaving by `exit` is what stops n8n and removes its data, whatever happened.
	process.once('SIGINT', () => process.exit(130));
	process.once('SIGTERM', () => process.exit(143));
	process.once('SIGHUP', () => process.exit(129));
	const n8n = prepareN8n(version);
	const [coc, privateCoc] = [await startStandIn(), await startStandIn({ tls: true })];
	const iam = await startIam({ coc });
	const smn = await startSmn();
	const server = await startN8n(n8n, keep, { ...settings, ...(await leadingTo(smn)) });
	console.log(`n8n ${version} at ${server.url}, COC stand-in at ${coc.url}\n`);
	const client = await signIn(server.url, n8n);

	const secrets: string[] = [];
	const users: IamUser[] = [];
	const issueToken: Context['issueToken'] = (from, permissions) => {
		const token = from.issueToken(permissions && { permissions });
		secrets.push(token);
		return token;
	};
	const newPassword: Context['newPassword'] = () => {
		const password = `A pässword: "with\\all/sorts+of%things" ${randomBytes(8).toString('hex')}`;
		secrets.push(password);
		return password;
	};
	const addUser: Context['addUser'] = () => {
		const userName = `user-${users.length + 1}`;
		const user = iam.addUser({ accountName: 'account', userName, password: newPassword() });
		users.push(user);
		return user;
	};
	const credentialId = await client.createCredential(credentialType, 'COC', {
		endpoint: coc.url,
		authentication: 'token',
		token: issueToken(coc),
	});
	const started = { n8n, server, client, coc, iam, smn, privateCoc, credentialId };
	return { ...started, secrets, users, issueToken, addUser, newPassword };
}

/**
 * Settings by which n8n finds SMN's hosts on this machine, and trusts them: a proxy that knows no other
 * host, and one more certificate.
 */
async function leadingTo({ region, address, ca }: Smn): Promise<Record<string, string>> {
	const host = `smn.${region}.myhuaweicloud.com:443`;
	const proxy = await startConnectProxy((target) => (target === host ? address : '127.0.0.1:1'));
	const folder = mkdtempSync(join(tmpdir(), 'n8n-e2e-ca-'));
	process.once('exit', () => rmSync(folder, { recursive: true, force: true }));
	const file = join(folder, 'ca.pem');
	writeFileSync(file, ca);
	return {
		HTTPS_PROXY: proxy.url,
		NO_PROXY: '127.0.0.1,localhost,::1',
		NODE_EXTRA_CA_CERTS: file,
	};
}
