/**
 * COC and IAM in a process of their own, so that their work isn't counted as n8n's. Says once where
 * they are and who may use them; then answers a number by so many new tickets.
 */
import { startIam } from '../../test/standin/iam.cts';
import { startStandIn } from '../../test/standin/index.cts';

export interface Ready {
	/** The credential's own fields, by `authentication`. */
	credentials: Record<'token' | 'iamUser' | 'accessKey', Record<string, string>>;
}

async function main(): Promise<void> {
	const coc = await startStandIn();
	const iam = await startIam({ coc });
	const { accountName, userName, password } = iam.addUser({
		accountName: 'account',
		userName: 'bench',
		password: 'made up for this run',
	});
	const { accessKeyId, secretAccessKey } = coc.issueAccessKey();
	const send = (message: unknown) => process.send?.(message);

	process.on('message', (count: number) => {
		send(Array.from({ length: count }, () => coc.addTicket().number));
	});
	process.on('disconnect', () => process.exit());
	const ready: Ready = {
		credentials: {
			token: { endpoint: coc.url, token: coc.issueToken() },
			iamUser: { endpoint: coc.url, iamEndpoint: iam.url, accountName, userName, password },
			accessKey: { endpoint: coc.url, accessKeyId, secretAccessKey },
		},
	};
	send(ready);
}

main().catch((error: Error) => {
	console.error(error);
	process.exit(1);
});
