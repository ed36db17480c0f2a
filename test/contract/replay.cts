/** Sends a transcript's requests to a stand-in, and lists where it answers otherwise. */
import type { Exchange, Transcript } from '../../scripts/contract/transcript.cts';
import { call } from '../standin/client.cts';
import { startStandIn } from '../standin/index.cts';
import { type Bindings, compare } from './compare.cts';
import { prime } from './prime.cts';

/** A line for each difference, with how often it came; none when it answers alike. */
export async function replay(transcript: Transcript): Promise<string[]> {
	const { about, exchanges } = transcript;
	const begin = Date.parse(exchanges[0]?.answer.headers.date ?? '') || Date.now();
	let now = begin;
	const coc = await startStandIn({ now: () => now });
	const counts = new Map<string, number>();
	const bindings: Bindings = { values: new Map(), ids: new Map() };
	try {
		prime(coc, transcript);
		const token = coc.issueToken(about.caller === null ? {} : { userId: about.caller });
		for (const exchange of exchanges) {
			now = Math.max(now, begin + exchange.at);
			const { request, answer, probe } = exchange;
			const note = (where: string, what: string) => {
				const line = `${probe}: ${where}: ${what}`;
				counts.set(line, (counts.get(line) ?? 0) + 1);
			};
			// Nothing is known of a request that wasn't answered.
			if (answer.status === 0) continue;
			const { path, body } = rewritten(request, bindings);
			const here = await call(coc, path, {
				method: request.method,
				token,
				...(body !== undefined && { body }),
			});
			const form = ({
				status,
				type,
				date,
			}: {
				status: number;
				type?: string | undefined;
				date: boolean;
			}) => ({
				status,
				type: type?.replaceAll(' ', '').toLowerCase(),
				date,
			});
			const { headers } = answer;
			compare(
				form({ status: answer.status, type: headers['content-type'], date: 'date' in headers }),
				form({
					status: here.status,
					type: here.headers['content-type'],
					date: 'date' in here.headers,
				}),
				bindings,
				note,
			);
			compare(answer.body, here.json, bindings, note, 'body');
		}
	} finally {
		await coc.close();
	}
	return [...counts].map(([line, times]) => (times > 1 ? `${line} (×${times})` : line)).sort();
}

/** With what the transcript's replaced values stand for here. */
function rewritten({ path, body }: Exchange['request'], { values }: Bindings) {
	const real = (text: string) => values.get(text) ?? text;
	const walk = (value: unknown): unknown => {
		if (typeof value === 'string') return real(value);
		if (Array.isArray(value)) return value.map(walk);
		if (typeof value !== 'object' || value === null) return value;
		return Object.fromEntries(Object.entries(value).map(([key, one]) => [key, walk(one)]));
	};
	const segments = path.split('/').map((one) => encodeURIComponent(real(decodeURIComponent(one))));
	return { path: segments.join('/'), body: walk(body) };
}
