import { setMaxListeners } from 'node:events';
import { createAccessKeys } from './accessKeys.cts';
import { createAlarms } from './alarms.cts';
import { createTokens, DEFAULT_USER } from './auth.cts';
import { deliver } from './deliver.cts';
import { createDirectory } from './directory.cts';
import { createFiles } from './files.cts';
import { readForm } from './form.cts';
import { createFaults } from './faults.cts';
import { answer } from './gateway.cts';
import { createLogins } from './logins.cts';
import { wait } from './latency.cts';
import { noQuirks } from './quirks.cts';
import { understand } from './record.cts';
import type { Service } from './routes/route.cts';
import { listen, type Received } from './server.cts';
import { createTickets } from './tickets.cts';
import { createWarRooms } from './warRooms.cts';
import type { RecordedRequest, StandIn, StandInOptions } from './types.cts';

export type { AccessKey, AccessKeyOptions } from './accessKeys.cts';
export type { Alarm, AlarmRecord } from './alarms.cts';
export { DEFAULT_USER, type TokenOptions } from './auth.cts';
export type { Application, EnterpriseProject } from './directory.cts';
export type { Disturb, Disturbance, Fault, Latency } from './faults.cts';
export type { Approvers } from './quirks.cts';
export {
	type Approval,
	type HistoryEntry,
	openApproval,
	type Ticket,
	type TicketStatus,
	ticketStatuses,
} from './tickets.cts';
export type { RecordedRequest, StandIn, StandInOptions } from './types.cts';
export type { WarRoom, WarRoomStatus } from './warRooms.cts';

/** Starts a stand-in for COC on this machine: it follows the COC contract, strictly. */
export async function startStandIn(options: StandInOptions = {}): Promise<StandIn> {
	const { now = () => Date.now(), tls = false, host = '127.0.0.1', port = 0 } = options;
	const basePath = (options.basePath ?? '').replace(/\/+$/, '');
	const quirks = { ...noQuirks, ...options.quirks };
	const tickets = createTickets(now, quirks);
	const warRooms = createWarRooms(now);
	const alarms = createAlarms(now);
	const directory = createDirectory(now);
	const files = createFiles();
	const tokens = createTokens(now);
	const keys = createAccessKeys(now);
	const login = createLogins(tokens, keys);
	const faults = createFaults(options.disturb);
	const requests: RecordedRequest[] = [];
	const closing = new AbortController();
	const { signal } = closing;
	// As many requests may wait as there are clients.
	setMaxListeners(0, signal);

	async function exchange(received: Received, service: Service): Promise<void> {
		const { response, reset } = received;
		const incoming = understand(received, {
			service,
			basePath: service === 'coc' ? basePath : '',
			login,
			now,
		});
		const { record, requestId } = incoming;
		requests.push(record);
		options.onRequest?.(record);

		const form = await readForm(record);
		const { latency, disturbance } = faults.take(record);
		if (latency) await wait(latency, signal);

		response.setHeader('X-Request-Id', requestId);
		const setDate = () => {
			const date = quirks.date(now());
			response.sendDate = date !== null;
			if (date !== null) response.setHeader('Date', date);
		};
		setDate();
		await deliver(disturbance, {
			requestId,
			response,
			reset,
			signal,
			handle: () => {
				const revision = () => tickets.revision + alarms.revision + warRooms.revision + files.count;
				const before = revision();
				const coc = { tickets, alarms, warRooms, directory, files, quirks, now };
				const given = options.beside?.(record) ?? answer(incoming, form, coc);
				record.applied = revision() !== before;
				return given;
			},
			settle: (status) => {
				record.status = response.destroyed ? null : status;
				setDate();
				options.onAnswer?.(record);
			},
		});
	}

	const serve = (service: Service) => (received: Received) => {
		exchange(received, service).catch((error: unknown) => {
			if (signal.aborted) return;
			console.error('The stand-in itself failed:', error);
			received.response.destroy();
		});
	};
	const server = await listen({ tls, host, port }, serve('coc'));
	const eps = options.eps ? await listen({ tls, host, port: 0 }, serve('eps')) : null;

	return {
		url: `${server.origin}${basePath}`,
		epsUrl: eps && eps.origin,
		certificate: server.certificate,
		requests,
		get peakConnections() {
			return server.peakConnections;
		},
		quirks,
		tickets,
		addTicket: (fields) => tickets.add(fields),
		changeTicket(number, fields, entry) {
			const ticket = tickets.get(number);
			if (!ticket) throw new Error(`There is no ticket ${number}`);
			const bare = { action: 'console', operator: DEFAULT_USER, comment: null, result: null };
			tickets.change(ticket, fields, { ...bare, at: now(), ...entry });
			return ticket;
		},
		alarms,
		files,
		clear: () => [tickets, alarms, warRooms].forEach((all) => all.clear()),
		warRooms,
		onTicketChange: (listener) => tickets.onChange(listener),
		applications: directory.applications,
		addApplication: (fields) => directory.addApplication(fields),
		addEnterpriseProject: (fields) => directory.addEnterpriseProject(fields),
		people: directory.people,
		login,
		issueToken: (wanted) => tokens.issue(wanted),
		expireToken: (token) => tokens.expire(token),
		issueAccessKey: (wanted) => keys.issue(wanted),
		fault: (fault) => faults.add(fault),
		clearFaults: () => faults.clear(),
		goAway: () => server.goAway(),
		async close() {
			closing.abort();
			await Promise.all([server.close(), eps?.close()]);
		},
	};
}
