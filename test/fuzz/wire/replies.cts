/** How an answer may come over a connection: as HTTP has it, or as nothing that HTTP knows. */
import { brotliCompressSync, deflateSync, gzipSync } from 'node:zlib';
import type { Random } from '../../support/random.cts';
import type { Came } from '../oracle.cts';
import {
	big,
	bomb,
	bytes,
	CHUNKED,
	chunked,
	drip,
	head,
	length,
	missing,
	whole,
	type Said,
	type Step,
} from './bytes.cts';

export interface Reply {
	style: string;
	steps: Iterable<Step>;
	end: 'close' | 'reset' | 'open';
	/** What may be taken from it, nothing of a body that can't be read to its end. */
	came: Came | 'lost';
}

type Style = (said: Said, random: Random) => Omit<Reply, 'style'>;

const came = ({ status, body }: Said): Came => ({ status, body });
const lost = 'lost' as const;
/** Its status came, its body didn't. */
const headOnly = ({ status }: Said): Came => ({ status, body: '' });

/** Styles of a well-behaved server. */
const SOUND: Record<string, Style> = {
	plain: (said) => ({ steps: whole(said, Buffer.from(said.body)), end: 'close', came: came(said) }),
	'in pieces': (said, random) => {
		const all = Buffer.concat(whole(said, Buffer.from(said.body)));
		const at = random.below(all.length);
		return { steps: [all.subarray(0, at), 20, all.subarray(at)], end: 'open', came: came(said) };
	},
	'HTTP/1.0, ended by the end': (said) => ({
		steps: whole(said, Buffer.from(said.body), [], '1.0'),
		end: 'close',
		came: came(said),
	}),
	'chunked, with trailers': (said, random) => ({
		steps: [head(said, CHUNKED), chunked(said, random, 'X-A: b\r\nDate: x\r\n')],
		end: 'close',
		came: came(said),
	}),
	packed: (said, random) => {
		const [name, pack] = random.pick([
			['gzip', gzipSync],
			['deflate', deflateSync],
			['br', brotliCompressSync],
		] as const);
		const body = pack(Buffer.from(said.body));
		const more = [`Content-Encoding: ${name}`, length(body)];
		return { steps: whole(said, body, more), end: 'close', came: came(said) };
	},
	'after a flood of 1xx': (said, random) => {
		const status = random.pick(['100 Continue', '102 Processing', '103 Early Hints\r\nLink: <x>']);
		const flood = bytes(`HTTP/1.1 ${status}\r\n\r\n`.repeat(500));
		return {
			steps: [flood, ...whole(said, Buffer.from(said.body))],
			end: 'close',
			came: came(said),
		};
	},
	'followed by another answer': (said) => ({
		steps: [...whole(said, Buffer.from(said.body)), ...whole(said, Buffer.from('{}'))],
		end: 'close',
		came: came(said),
	}),
};

const broken = (...steps: Step[]) => ({ steps, end: 'close', came: lost }) as const;

/** The head is whole, the body never will be. */
const bodyless = (said: Said, steps: Iterable<Step>, end: Reply['end'] = 'close') => ({
	steps,
	end,
	came: headOnly(said),
});

/** Styles of which no whole answer can come, whatever they say. */
const BROKEN: Record<string, Style> = {
	'no answer at all': () => broken(),
	'reset before the answer': () => ({ steps: [], end: 'reset', came: lost }),
	'never an answer': () => ({ steps: [], end: 'open', came: lost }),
	'closed within the head': (said, random) => {
		const all = head(said, ['Content-Length: 9']);
		return broken(all.subarray(0, random.below(all.length - 2)));
	},
	'closed within the body': (said) => bodyless(said, missing(said)),
	'reset within the body': (said) => bodyless(said, missing(said), 'reset'),
	'open within the body': (said) => bodyless(said, missing(said), 'open'),
	'a slow drip of the head': (said) => ({
		steps: drip(head(said, [`X-Long: ${'x'.repeat(1000)}`])),
		end: 'open',
		came: lost,
	}),
	'a slow drip of the body': (said) => {
		const body = Buffer.from(said.body.padEnd(2000));
		return bodyless(said, drip(body, head(said, [length(body)])));
	},
	'a flood of 1xx without end': () => ({ steps: drip(null), end: 'open', came: lost }),
	'chunks without an end': (said, random) =>
		bodyless(said, [head(said, CHUNKED), chunked(said, random).subarray(0, -5)]),
	'chunks of nonsense': (said, random) => {
		const size = random.pick([
			'xyz',
			'-5',
			'',
			' ',
			'ffffffffffffffffff',
			'5\n',
			'\0',
			'5 5',
			'0x5',
		]);
		return bodyless(said, [head(said, CHUNKED), bytes(`${size}\r\n${said.body}\r\n`)]);
	},
	'a head without end': (said) => {
		const line = `X-Flood: ${'y'.repeat(900)}\r\n`;
		return broken(
			bytes(`HTTP/1.1 ${said.status} OK\r\n${line.repeat(2000)}\r\n`),
			Buffer.from(said.body),
		);
	},
	'packed, and no package': (said) =>
		bodyless(said, whole(said, Buffer.from(said.body || 'x'), ['Content-Encoding: gzip'])),
	'packed, half of it': (said) => {
		const packed = gzipSync(Buffer.from(said.body.padEnd(300)));
		const half = packed.subarray(0, packed.length / 2);
		return bodyless(said, whole(said, half, ['Content-Encoding: gzip', length(half)]));
	},
	'200 MB once unpacked': (said) => {
		const packed = bomb(said);
		return bodyless(said, whole(said, packed, ['Content-Encoding: gzip', length(packed)]));
	},
	'200 MB': (said) => bodyless(said, big(said)),
	'not HTTP': (_said, random) => {
		const some = random.some(300, () => random.below(256));
		return broken(Buffer.from([0, ...some]), 10, bytes('\r\n\r\n'));
	},
	'a switch of protocols': () =>
		broken(
			bytes(
				'HTTP/1.1 101 Switching\r\nUpgrade: x\r\nConnection: upgrade\r\n\r\n{"error_code":"0"}',
			),
		),
};

/** What a client makes of it is its own affair, but success only of what is there. */
const ODD: Record<string, Style> = {
	'an odd status line': (said, random) => {
		const { status, body } = said;
		const line = random.pick([
			...[
				`HTTP/1.1 ${status}`,
				`HTTP/1.1  ${status} OK`,
				`HTTP/1.1 ${status}OK`,
				`http/1.1 ${status} OK`,
			],
			...[
				`HTTP/9.9 ${status} OK`,
				`ICY ${status} OK`,
				`${status} OK`,
				'HTTP/1.1 2OO OK',
				'HTTP/1.1',
			],
			...[`HTTP/1.1 +${status} OK`, `HTTP/1.1 0${status} OK`, `HTTP/1.1 ${status}0 OK`, '\r\n\r\n'],
		]);
		const all = Buffer.from(body);
		return {
			steps: [bytes(`${line}\r\n${length(all)}\r\n\r\n`), all],
			end: 'close',
			came: came(said),
		};
	},
	'a length that is too short': (said, random) => {
		const all = Buffer.from(said.body);
		const cut = random.below(all.length + 1);
		return {
			steps: whole(said, all, [`Content-Length: ${cut}`]),
			end: 'close',
			came: { status: said.status, body: all.subarray(0, cut).toString() },
		};
	},
	'lengths that differ': (said, random) => {
		const all = Buffer.from(said.body);
		const other = random.pick([
			'Content-Length: 1',
			'Transfer-Encoding: chunked',
			'Content-Length: x',
		]);
		return { steps: whole(said, all, [length(all), other]), end: 'close', came: came(said) };
	},
	'lines that end oddly': (said) => {
		const all = Buffer.from(said.body);
		const text = head(said, [length(all)])
			.toString('latin1')
			.replaceAll('\r\n', '\n');
		return { steps: [bytes(text), all], end: 'close', came: came(said) };
	},
};

/** One of all these; the sound ones come most often. */
export function anyReply(random: Random, said: Said): Reply {
	const styles = random.once(2) ? SOUND : random.once(3) ? ODD : BROKEN;
	const style = random.pick(Object.keys(styles));
	return { style, ...styles[style]!(said, random) };
}

export const STYLES = [SOUND, ODD, BROKEN].flatMap((styles) => Object.keys(styles));

export const plainReply = (said: Said): Reply => ({
	style: 'plain',
	...SOUND.plain!(said, {} as Random),
});

export const resetReply: Reply = {
	style: 'reset before the answer',
	steps: [],
	end: 'reset',
	came: 'lost',
};
