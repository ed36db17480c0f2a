import { once } from 'node:events';
import http from 'node:http';
import https from 'node:https';
import { parseArgs } from 'node:util';
import { introduce, quote, report } from './sandbox/introduce.cts';
import { RESET } from './sandbox/neighbours.cts';
import { SANDBOX_PORT, startSandbox } from './sandbox/sandbox.cts';

const HELP = `A stand-in for COC and IAM on this machine, to try the nodes without a tenant.

  npm run sandbox -- [--port ${SANDBOX_PORT}] [--host 127.0.0.1] [--tls] [--reset]

  --port   the port to listen on, IAM takes the next one; 0 takes free ones
  --host   the address to listen at: 0.0.0.0, with --tls, for an n8n in Docker
  --tls    HTTPS with a self-signed certificate
  --reset  puts tickets and alarms of the sandbox that runs at this port back as at its start;
           starts one where none runs

Token, users and ticket numbers are the same every time. What was done to the tickets is kept in
memory: a restart puts them back, too.
`;

async function main(): Promise<void> {
	const { values } = parseArgs({
		options: {
			port: { type: 'string', default: String(SANDBOX_PORT) },
			host: { type: 'string', default: '127.0.0.1' },
			tls: { type: 'boolean', default: false },
			reset: { type: 'boolean', default: false },
			help: { type: 'boolean', default: false },
		},
	});
	if (values.help) return console.log(HELP);
	const { host, tls, reset } = values;
	const port = Number(values.port);
	if (!tls && !/^(localhost|127(\.\d+){3}|::1)$/.test(host)) {
		throw new Error('--host needs --tls: the credential takes http:// for this machine only.');
	}
	if (reset && (await resetRunning(port, host, tls)))
		return console.log('All tickets and alarms are put back.');

	const sandbox = await startSandbox({ port, host, tls, onAnswer: report, onSaid: quote });
	introduce(sandbox);
	for (const signal of ['SIGINT', 'SIGTERM'] as const) {
		process.once(signal, () => {
			void sandbox.close().then(() => console.log('\nStopped.'));
		});
	}
}

/** Puts the tickets of a running sandbox back; gives false when none runs. */
async function resetRunning(port: number, at: string, tls: boolean): Promise<boolean> {
	const host = ['0.0.0.0', '::'].includes(at) ? '127.0.0.1' : at;
	const options = { host, port, path: RESET, method: 'POST' };
	const request = tls
		? https.request({ ...options, rejectUnauthorized: false })
		: http.request(options);
	request.end();
	try {
		const [response] = (await once(request, 'response')) as [http.IncomingMessage];
		response.resume();
		if (response.statusCode === 200) return true;
	} catch (error) {
		if ((error as NodeJS.ErrnoException).code === 'ECONNREFUSED') return false;
	}
	throw new Error(`What listens at port ${port} is no sandbox${tls ? '' : ' without --tls'}.`);
}

main().catch((error: NodeJS.ErrnoException) => {
	console.error(
		error.code === 'EADDRINUSE'
			? 'The port is in use: choose another one with --port.'
			: error.message,
	);
	process.exitCode = 1;
});
