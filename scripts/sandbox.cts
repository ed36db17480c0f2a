import { parseArgs, stripVTControlCharacters } from 'node:util';
import {
	type RecordedRequest,
	type StandIn,
	startStandIn,
	ticketStatuses,
} from '../test/standin/index.cts';
import { paint } from './terminal.cts';

const HELP = `A stand-in for COC on this machine, to try the node without a tenant.

  npm run sandbox -- [--port 8049] [--tls]

  --port  the port to listen on; 0 takes a free one
  --tls   HTTPS with a self-signed certificate
`;

/** The welcome: everything needed for a first try. */
function introduce(standIn: StandIn, token: string): void {
	const heading = (text: string) => console.log(`\n${paint('bold', text)}`);
	heading('Stand-in for COC');
	console.log(`  Endpoint  ${paint('cyan', standIn.url)}`);
	console.log(`  Token     ${paint('cyan', token)}`);
	if (standIn.certificate) console.log('  Self-signed certificate: switch Ignore SSL Issues on');

	heading('Tickets');
	const width = Math.max(...ticketStatuses.map((status) => status.length));
	for (const { number, status, title } of standIn.tickets.all()) {
		console.log(`  ${paint('cyan', number)}  ${status.padEnd(width)}  ${title}`);
	}

	heading('Verify one');
	const ticket = standIn.tickets.all().find(({ status }) => status === 'INCIDENT_STATUS_RESOLVED');
	const body = {
		incident_num: ticket?.number,
		operator: ticket?.creator,
		operate_key: 'confirm',
		parameter: { virtual_confirm_result: true, virtual_confirm_comment: 'Works again' },
	};
	console.log(
		[
			`  curl${standIn.certificate ? ' --insecure' : ''} ${standIn.url}/v1/external/incident/handle`,
			`-H 'Content-Type: application/json'`,
			`-H 'X-Auth-Token: ${token}'`,
			`-d '${JSON.stringify(body)}'`,
		].join(' \\\n    '),
	);
	heading('Requests (Ctrl-C stops)');
}

/** One line per request, and its body; the token is never shown. */
function report({ method, url, headers, text, status, applied, at }: RecordedRequest): void {
	const good = status !== null && status < 300;
	const outcome = paint(good ? 'green' : 'red', String(status ?? 'no answer'));
	const token = headers['x-auth-token'] === undefined ? 'no token' : 'token ***';
	const time = new Date(at).toISOString().slice(11, 19);
	console.log(`  ${time}  ${outcome}  ${method} ${url}  ${token}${applied ? '  applied' : ''}`);
	const shown = stripVTControlCharacters(text.slice(0, 1000));
	if (shown) console.log(paint('dim', `            ${shown}`));
}

async function main(): Promise<void> {
	const { values } = parseArgs({
		options: {
			port: { type: 'string', default: '8049' },
			tls: { type: 'boolean', default: false },
			help: { type: 'boolean', default: false },
		},
	});
	if (values.help) return console.log(HELP);

	const standIn = await startStandIn({
		port: Number(values.port),
		tls: values.tls,
		onAnswer: report,
	});
	for (const status of ticketStatuses) standIn.addTicket({ status, title: titles[status] });
	introduce(standIn, standIn.issueToken());
	for (const signal of ['SIGINT', 'SIGTERM'] as const) {
		process.once(signal, () => {
			void standIn.close().then(() => console.log('\nStopped.'));
		});
	}
}

const titles: Record<(typeof ticketStatuses)[number], string> = {
	incident_draft: 'Invoices arrive twice',
	INCIDENT_STATUS_TRIGGERED: 'Payments time out',
	INCIDENT_STATUS_REJECTED: 'Report is hard to read',
	INCIDENT_STATUS_ACKNOWLEDGED: 'Search is slow',
	INCIDENT_STATUS_RESOLVED: 'Orders are not confirmed',
	INCIDENT_STATUS_COMPLETED: 'Login page is blank',
};

main().catch((error: NodeJS.ErrnoException) => {
	console.error(
		error.code === 'EADDRINUSE'
			? 'The port is in use: choose another one with --port.'
			: error.message,
	);
	process.exitCode = 1;
});
