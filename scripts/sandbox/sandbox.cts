import type { RecordedRequest, StandIn } from '../../test/standin/index.cts';
import { startStandIn } from '../../test/standin/index.cts';
import { startIam } from '../../test/standin/iam.cts';
import { PAYMENTS, sandboxAlarms } from './alarms.cts';
import { neighbours } from './neighbours.cts';
import { people, sandboxTickets } from './tickets.cts';

/** Where the sandbox is, unless another port is asked for: the examples name this address. */
export const SANDBOX_PORT = 8049;

/** What a credential for the sandbox needs. Nothing of it is secret, or valid anywhere else. */
export interface SandboxLogin {
	endpoint: string;
	token: string;
	iamEndpoint: string;
	accountName: string;
	userName: string;
	password: string;
	operator: string;
}

export interface Sandbox {
	login: SandboxLogin;
	coc: StandIn;
	/** Puts tickets and alarms back as they were at the start; war rooms are gone. */
	reset(): void;
	close(): Promise<void>;
}

export interface SandboxOptions {
	/** IAM takes the next one; 0 for two free ones. */
	port?: number;
	/** The address to listen at. */
	host?: string;
	tls?: boolean;
	onAnswer?: (request: RecordedRequest) => void;
	onSaid?: (text: string) => void;
}

const LOGIN = {
	token: 'sandbox-token-of-no-use-anywhere-else',
	accountName: 'sandbox',
	userName: 'operator',
	password: 'sandbox-password',
	operator: people.operator,
};

/**
 * Starts the stand-ins for COC and IAM with everything that a first try needs. State lives in
 * memory; token, user and ticket numbers are the same every time.
 */
export async function startSandbox(options: SandboxOptions = {}): Promise<Sandbox> {
	const { port = SANDBOX_PORT, host = '127.0.0.1', tls = false, onAnswer, onSaid } = options;
	const beside = neighbours({
		reset: () => reset(),
		onSaid: (text) => onSaid?.(text),
		tickets: { get: (number) => coc.tickets.get(number), all: () => coc.tickets.all() },
	});
	const coc = await startStandIn({ port, host, tls, beside, ...(onAnswer && { onAnswer }) });
	const iam = await startIam({ coc, port: port && port + 1, host, tls }).catch(async (error) => {
		await coc.close();
		throw error;
	});
	function reset(): void {
		coc.clear();
		for (const { ticket } of sandboxTickets(Date.now())) coc.addTicket(ticket);
		for (const alarm of sandboxAlarms(Date.now())) coc.alarms.add(alarm);
	}

	coc.issueToken({ token: LOGIN.token, expiresInMs: Infinity });
	const { accountName, password } = LOGIN;
	for (const [name, userId] of Object.entries(people)) {
		const userName = name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);
		coc.people.set(userId, userName);
		iam.addUser({ accountName, userName, password, userId });
	}
	coc.addApplication({ name: 'Shop', code: 'shop' });
	coc.addApplication(PAYMENTS);
	reset();

	return {
		login: { endpoint: reachable(coc.url), iamEndpoint: reachable(iam.url), ...LOGIN },
		coc,
		reset,
		close: async () => void (await Promise.all([coc.close(), iam.close()])),
	};
}

/** An address at all of this machine's networks is for containers, which know it by this name. */
function reachable(url: string): string {
	return url.replace(/\/\/(0\.0\.0\.0|\[::\])(?=:)/, '//host.docker.internal');
}
