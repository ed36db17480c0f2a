import { startStandIn, type StandIn } from '../standin/index.cts';
import { prepareN8n, type PreparedN8n } from './prepare.cts';
import { signIn, type N8nClient } from './rest.cts';
import { startN8n, type N8nServer } from './server.cts';
import { credentialType } from './workflows.cts';

/** What all scenarios share: one n8n, one COC, one saved credential. */
export interface Context {
	n8n: PreparedN8n;
	server: N8nServer;
	client: N8nClient;
	/** COC with plain HTTP; the saved credential leads here. */
	coc: StandIn;
	/** A private COC with a self-signed certificate. */
	privateCoc: StandIn;
	/** The saved credential's id. */
	credentialId: string;
	/** Every token that the scenarios handed to n8n: none may turn up anywhere else. */
	tokens: string[];
	/** A fresh token of this COC, noted in `tokens`. */
	issueToken: (coc: StandIn, permissions?: string[]) => string;
}

/** Starts all that the scenarios share; everything ends with this process. */
export async function startContext(version: string, keep: boolean): Promise<Context> {
	// Leaving by `exit` is what stops n8n and removes its data, whatever happened.
	process.once('SIGINT', () => process.exit(130));
	process.once('SIGTERM', () => process.exit(143));
	process.once('SIGHUP', () => process.exit(129));
	const n8n = prepareN8n(version);
	const [coc, privateCoc] = [await startStandIn(), await startStandIn({ tls: true })];
	const server = await startN8n(n8n, keep);
	console.log(`n8n ${version} at ${server.url}, COC stand-in at ${coc.url}\n`);
	const client = await signIn(server.url, n8n);

	const tokens: string[] = [];
	const issueToken: Context['issueToken'] = (from, permissions) => {
		const token = from.issueToken(permissions && { permissions });
		tokens.push(token);
		return token;
	};
	const credentialId = await client.createCredential(credentialType, 'COC', {
		endpoint: coc.url,
		authentication: 'token',
		token: issueToken(coc),
	});
	return { n8n, server, client, coc, privateCoc, credentialId, tokens, issueToken };
}
