import type http from 'node:http';
import type { AccessKey, AccessKeyOptions } from './accessKeys.cts';
import type { Alarms } from './alarms.cts';
import type { Answer } from './answers.cts';
import type { TokenOptions } from './auth.cts';
import type { Application, EnterpriseProject } from './directory.cts';
import type { Disturb, Fault } from './faults.cts';
import type { Files } from './files.cts';
import type { CheckLogin } from './logins.cts';
import type { Quirks } from './quirks.cts';
import type { HistoryEntry, Ticket, Tickets } from './tickets.cts';
import type { KeyPair } from './tls.cts';
import type { WarRooms } from './warRooms.cts';

export interface StandInOptions {
	/** HTTPS with a self-signed certificate, or with one that this authority signs. */
	tls?: boolean | KeyPair;
	/** Default: a free one. */
	port?: number;
	/** Default: 127.0.0.1. */
	host?: string;
	/** The API lives below this path, as in a private deployment: '/gateway/coc'. */
	basePath?: string;
	/** Serves EPS as well, on a port of its own. */
	eps?: boolean;
	/** Default: none. */
	quirks?: Partial<Quirks>;
	/** The clock of tickets and tokens. */
	now?: () => number;
	/** Called when a request has been read, before anything is done about it. */
	onRequest?: (request: RecordedRequest) => void;
	/** Called when it is settled what the request gets, an answer or none. */
	onAnswer?: (request: RecordedRequest) => void;
	/** Faults by rule or by chance, beside the queued ones. */
	disturb?: Disturb;
	/** Answers what isn't COC's, without its checks; nothing where it is. */
	beside?: (request: RecordedRequest) => Answer | undefined;
}

export interface RecordedRequest {
	method: string;
	/** Path and query as received. */
	url: string;
	/** Without query and base path. */
	path: string;
	headers: http.IncomingHttpHeaders;
	rawHeaders: string[];
	/** Empty when it was over the limit of 12 MB. */
	body: Buffer;
	text: string;
	/** Undefined when the body isn't JSON. */
	json: unknown;
	at: number;
	/** The ticket it is about, by path, body or filter. */
	ticket: string | null;
	/** Whose token or signature came with it; null when that is missing or refused. */
	userId: string | null;
	/** The answered status; null when none was sent (yet). */
	status: number | null;
	/** Whether it changed state. */
	applied: boolean;
}

export interface StandIn {
	/** http(s)://host:port and the base path, no trailing slash. */
	readonly url: string;
	/** Where EPS is, without a trailing slash; null unless it was asked for. */
	readonly epsUrl: string | null;
	/** PEM, with TLS. */
	readonly certificate: string | null;
	/** Every request that was received completely, in this order. */
	readonly requests: RecordedRequest[];
	/** Most sockets open at once. */
	readonly peakConnections: number;
	/** Tests may change them at any time. */
	readonly quirks: Quirks;
	readonly tickets: Pick<Tickets, 'get' | 'all'>;
	/** By default a ticket that waits to be verified, with a generated number. */
	addTicket(fields?: Partial<Ticket>): Ticket;
	/** Changes a ticket as somebody in the console would, by default now and with a bare entry. */
	changeTicket(number: string, fields: Partial<Ticket>, entry?: Partial<HistoryEntry>): Ticket;
	/** By default one that goes on. */
	readonly alarms: Pick<Alarms, 'all' | 'get' | 'add' | 'reported' | 'integrationKeys'>;
	/** The files that were uploaded. */
	files: Files;
	/** As if there had never been a ticket, an alarm or a war room. */
	clear(): void;
	/** By default one that has begun. */
	readonly warRooms: Pick<WarRooms, 'all' | 'add'>;
	/** Calls a listener after a ticket was added or has changed, until what is returned is called. */
	onTicketChange(listener: (ticket: Ticket) => void): () => void;
	/** In the order of their ids when they were generated. */
	readonly applications: readonly Application[];
	addApplication(fields?: Partial<Application>): Application;
	addEnterpriseProject(fields?: Partial<EnterpriseProject>): EnterpriseProject;
	/** The names of IAM users, by their IDs, that histories and labels give; the others are made up. */
	readonly people: Map<string, string>;
	/** For the stand-ins of other services: they know the same tokens and access keys. */
	login: CheckLogin;
	issueToken(options?: TokenOptions): string;
	expireToken(token: string): void;
	/** An access key (AK/SK), whose signatures are accepted instead of a token. */
	issueAccessKey(options?: AccessKeyOptions): AccessKey;
	/** Queues a fault for the next requests it matches. */
	fault(fault: Fault): void;
	clearFaults(): void;
	/** Refuses new connections until the returned function is called; those there are stay. */
	goAway(): () => Promise<void>;
	/** Ends all sockets at once, those of hanging requests as well. */
	close(): Promise<void>;
}
