/** JSON as a hostile or broken server may write it: texts, so that even what no object holds can be said. */
import { CHARACTERS, LETTERS, type Random } from '../../support/random.cts';

/** What the run sends along, and a server may repeat. No text of the node's may show it. */
export const SECRET = 'MIIFuzz7310942tok3n0f0ne5ecret';

/** Names that mean something to JavaScript, to COC or to those who read either. */
const NAMES = [
	...['__proto__', 'constructor', 'prototype', 'toString', 'valueOf', 'hasOwnProperty', 'toJSON'],
	...['then', 'length', 'error', 'errorCode', 'error_code', 'code', 'message', 'msg', 'title'],
	...['data', 'status', 'info', 'total', 'request_id', 'success', '', ' ', '0', '__defineGetter__'],
];

const ODD_NUMBERS = [
	...['0', '-0', '0.0', '0e0', '1', '-1', '200', '1.5', '1e400', '-1e400', '1e-400'],
	...['9007199254740993', '1711111111111', `1${'0'.repeat(400)}`, '9'.repeat(3000)],
];
/** None of these is JSON. */
const NO_JSON = ['00', '+1', '.5', 'NaN', 'Infinity', '0x0', 'undefined', "'a'", 'True', '{', ']'];
const ODD_TEXTS = [
	...['', ' ', '\0', '\ud83d', '\udc00x', '\ufeff', '\u202e', '\u2028', 'null', '[object Object]'],
	...[
		'<script>',
		'${1}',
		'{{ $json }}',
		'={{ 1 }}',
		'\r\nX-A: b',
		'a'.repeat(5000),
		'😀'.repeat(400),
	],
	...[SECRET, `x${SECRET}`, encodeURIComponent(SECRET), Buffer.from(SECRET).toString('base64')],
];

/** Any JSON value as text, now and then none at all. */
export function anyJson(random: Random, depth = 3): string {
	switch (random.below(depth > 0 ? 9 : 5)) {
		case 0:
			return random.pick(ODD_NUMBERS);
		case 1:
			return random.pick(['null', 'true', 'false']);
		case 2:
			return spelled(random, random.pick(ODD_TEXTS));
		case 3:
			return spelled(random, random.text(20, CHARACTERS));
		case 4:
			return random.once(20) ? random.pick(NO_JSON) : spelled(random, random.text(8, LETTERS));
		case 5:
		case 6:
			return `[${random.some(4, () => anyJson(random, depth - 1)).join(',')}]`;
		default:
			return objectOf(random.some(4, () => [anyName(random), anyJson(random, depth - 1)]));
	}
}

export function anyName(random: Random): string {
	return spelled(random, random.once(4) ? random.text(8, CHARACTERS) : random.pick(NAMES));
}

/** An object of these members, names and values being texts already: the same name may come twice. */
export function objectOf(members: ReadonlyArray<readonly string[]>): string {
	return `{${members.map(([name, value]) => `${name}:${value}`).join(',')}}`;
}

/** A text in JSON; JSON may write any character as an escape. */
export function spelled(random: Random, text: string): string {
	if (!random.once(5)) return JSON.stringify(text);
	const escaped = text.split('').map((unit) => {
		const hex = unit.charCodeAt(0).toString(16).padStart(4, '0');
		const safe = unit >= ' ' && unit !== '"' && unit !== '\\';
		return safe && random.once(2) ? unit : `\\u${random.once(2) ? hex : hex.toUpperCase()}`;
	});
	return `"${escaped.join('')}"`;
}

/** Nested deeper than a recursive reader likes, around a value. */
export function deep(random: Random, core: string): string {
	const depth = random.pick([100, 5000, 50_000]);
	const [open, close] = random.pick([
		['[', ']'],
		['{"a":', '}'],
		['{"__proto__":', '}'],
		['[{"error_code":"0","data":', '}]'],
	] as const);
	return open.repeat(depth) + core + close.repeat(random.once(4) ? depth - 1 : depth);
}

/** What happens to a text on its way: most arrive whole. */
export function damaged(random: Random, text: string): string {
	switch (random.below(16)) {
		case 0:
			return text.slice(0, random.below(text.length + 1));
		case 1: {
			const at = random.below(text.length + 1);
			return text.slice(0, at) + random.pick(CHARACTERS) + text.slice(at + random.below(3));
		}
		case 2:
			return random.pick(['\ufeff', ' \r\n', '\ufeff\ufeff', '\0', ")]}',\n", '<!-- -->']) + text;
		case 3:
			return text + random.pick(['\n', '\0', ' {}', ' // ok', text, ',', '\ufeff', '</html>']);
		case 4: {
			// A byte that is no UTF-8, as a reader decodes it.
			const bytes = Buffer.from(text);
			bytes[random.below(bytes.length + 1)] = random.pick([0xff, 0x80, 0xc0, 0xed]);
			return bytes.toString();
		}
		case 5:
			return `[${text}]`;
		default:
			return text;
	}
}
