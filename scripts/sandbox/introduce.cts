import { join } from 'node:path';
import { stripVTControlCharacters } from 'node:util';
import type { RecordedRequest } from '../../test/standin/index.cts';
import { paint, table } from '../terminal.cts';
import type { Sandbox } from './sandbox.cts';
import { sandboxTickets } from './tickets.cts';

const examples = join(__dirname, '../../examples');

/** The welcome: everything needed for a first try. */
export function introduce({ login, coc }: Sandbox): void {
	const { endpoint, token, operator } = login;
	heading('Stand-in for COC: what to enter in the credential');
	show('Endpoint', endpoint);
	show('Token', token);
	if (coc.certificate) console.log('  Self-signed certificate: switch Ignore SSL Issues on');
	heading('or, as an IAM user');
	show('Account Name', login.accountName);
	show('User Name', login.userName);
	show('Password', login.password);
	show('IAM Endpoint', login.iamEndpoint);

	heading('In the node');
	show('Operator', operator);
	show('A workflow', `${join(examples, 'verify-incident.json')} (import it, execute it)`);
	show('All of them', examples);
	show('Monitoring', `${endpoint}/health`);
	show('Chat', `${endpoint}/chat`);

	heading('Tickets');
	const uses = new Map(sandboxTickets(0).map(({ ticket, use }) => [ticket.number, use]));
	const rows = coc.tickets
		.all()
		.map(({ number, level, status, title }) => [
			paint('cyan', number),
			status,
			`P${level.charAt(6)}`,
			title,
			uses.get(number) ?? '',
		]);
	console.log(table([['Ticket', 'Status', 'Level', 'Title', 'For'], ...rows]));

	heading('Alarms, for war-room-for-alarm-storm');
	const alarms = coc.alarms.all().map(({ id, name }) => [paint('cyan', id), name]);
	console.log(table([['Alarm', 'Name'], ...alarms]));

	heading('Verify one without n8n');
	const ticket = coc.tickets.all().find(({ status }) => status === 'INCIDENT_STATUS_RESOLVED');
	const body = {
		incident_num: ticket?.number,
		operator,
		operate_key: 'confirm',
		parameter: { virtual_confirm_result: true, virtual_confirm_comment: 'Works again' },
	};
	console.log(
		[
			`  curl${coc.certificate ? ' --insecure' : ''} ${endpoint}/v1/external/incident/handle`,
			`-H 'Content-Type: application/json'`,
			`-H 'X-Auth-Token: ${token}'`,
			`-d '${JSON.stringify(body)}'`,
		].join(' \\\n    '),
	);
	console.log('\n  npm run sandbox -- --reset   puts tickets and alarms back, as a restart does');
	heading('Requests (Ctrl-C stops)');
}

/** One line per request, and its body; the token is never shown. */
export function report({ method, url, headers, text, status, applied, at }: RecordedRequest): void {
	const good = status !== null && status < 300;
	const outcome = paint(good ? 'green' : 'red', String(status ?? 'no answer'));
	const token = headers['x-auth-token'] === undefined ? 'no token' : 'token ***';
	const time = new Date(at).toISOString().slice(11, 19);
	console.log(`  ${time}  ${outcome}  ${method} ${url}  ${token}${applied ? '  applied' : ''}`);
	const shown = stripVTControlCharacters(text.slice(0, 1000));
	if (shown) console.log(paint('dim', `            ${shown}`));
}

/** What somebody says in the examples' chat. */
export function quote(text: string): void {
	console.log(`  ${paint('bold', 'Chat:')} ${stripVTControlCharacters(text)}`);
}

/** A line in bold, after an empty one. */
export function heading(text: string): void {
	console.log(`\n${paint('bold', text)}`);
}

/** A name and its value. */
export function show(name: string, value: string): void {
	console.log(`  ${name.padEnd(12)}  ${paint('cyan', value)}`);
}
