/**
 * The stand-in for COC in a process of its own, so that its work isn't counted as n8n's. Opens one
 * after the other, each with new tickets, and tells at the end what came.
 */
import { startStandIn, type StandIn } from '../../test/standin/index.cts';

export interface Opening {
	tickets: number;
	/** Before each answer, in ms. */
	latency: number;
}

export interface Opened {
	endpoint: string;
	token: string;
	tickets: string[];
}

export interface Closed {
	requests: number;
	/** Requests that changed a ticket. */
	applied: number;
	peakConnections: number;
}

let coc: StandIn | undefined;

async function open({ tickets, latency }: Opening): Promise<Opened> {
	coc = await startStandIn();
	if (latency > 0) coc.fault({ kind: 'latency', ms: latency, times: Infinity });
	return {
		endpoint: coc.url,
		token: coc.issueToken(),
		tickets: Array.from({ length: tickets }, () => coc!.addTicket().number),
	};
}

async function close(): Promise<Closed> {
	const { requests, peakConnections } = coc!;
	const applied = requests.filter((request) => request.applied).length;
	await coc!.close();
	return { requests: requests.length, applied, peakConnections };
}

process.on('message', (message: Opening | 'close') => {
	(message === 'close' ? close() : open(message)).then(
		(answer) => process.send?.(answer),
		(error: Error) => {
			console.error(error);
			process.exit(1);
		},
	);
});
process.on('disconnect', () => process.exit());
