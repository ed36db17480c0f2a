import type { AccessKey } from '../../../nodes/auth/signing/signature.ts';
import { CHARACTERS, LETTERS, type Random } from '../../support/random.cts';

/** A request to be signed, its parts as they are before any encoding. */
export interface Generated {
	method: string;
	origin: string;
	segments: string[];
	query: Record<string, string | string[]>;
	headers: Record<string, string>;
	/** An object goes as JSON, a text as it is. */
	data: object | string | undefined;
	multipart: boolean;
	key: AccessKey;
	now: Date;
}

const METHODS = ['GET', 'POST', 'PUT', 'DELETE', 'PATCH', 'HEAD', 'OPTIONS'];
const ORIGINS = [
	'https://coc.myhuaweicloud.com',
	'https://COC-intl.MyHuaweiCloud.com',
	'https://coc.example.test:8443',
	'http://127.0.0.1:8080',
	'https://[::1]:9000',
	'http://localhost:443',
	'https://localhost:443',
];
const FAR_OUT = ['a', '\ue000', '\ufb01', '\uffee', '😀', '\u{10ffff}'];

/** A request as an API client may send it, or as no client would think of. */
export function generate(random: Random): Generated {
	const text = (most: number) => random.text(most, random.once(3) ? CHARACTERS : LETTERS);
	/** In a query also names and values that only differ far out in Unicode. */
	const queryText = (most: number) => (random.once(6) ? random.text(3, FAR_OUT) : text(most));
	const blank = () => (random.once(12) ? ' ' : '');
	const optional = (most: number) => (random.once(4) ? random.text(most, LETTERS) : '');

	const value = (depth: number): unknown =>
		random.pick([
			() => text(30),
			() => random.below(1_000_000) / 8,
			() => random.pick([true, false, null]),
			() => random.some(depth, () => value(depth - 1)),
			() => object(depth - 1),
		])();
	const object = (depth: number) =>
		Object.fromEntries(random.some(Math.max(depth, 0), () => [text(8), value(depth - 1)]));
	const header = () => {
		const name = `${random.once(12) ? 'x_' : random.pick(['X-', 'a-', 'x-a-'])}z${text(4).toLowerCase()}`;
		return [name.replace(/[^\w-]/g, ''), blank() + text(12).trim() + blank()];
	};
	const multipart = random.once(20);

	return {
		method: random.pick(METHODS),
		origin: random.pick(ORIGINS),
		// No client ever sends the segments `.` and `..`.
		segments: random.some(6, () => text(8).replace(/^\.+$/, 'dots')),
		query: Object.fromEntries(
			random.some(5, () => [
				queryText(6) || 'name',
				random.once(3) ? random.some(4, () => queryText(10)) : queryText(10),
			]),
		) as Generated['query'],
		headers: {
			...(random.once(2) && { 'content-type': 'application/json' }),
			...(multipart && { 'content-type': 'multipart/form-data; boundary=x' }),
			...(Object.fromEntries(random.some(3, header)) as Record<string, string>),
		},
		data: random.pick([undefined, {}, [], object(3), object(3), object(3), [value(3)], text(40)]),
		multipart,
		key: {
			accessKeyId: random.text(20, LETTERS) || 'AK',
			secretAccessKey: random.text(40, LETTERS) || 'SK',
			securityToken: optional(60),
			accountId: optional(32),
			projectId: optional(32),
		},
		now: new Date(random.below(4_000_000_000) * 1000),
	};
}

/** Its address in one of the many spellings that mean the same. */
export function urlOf({ origin, segments, query }: Generated, random: Random): string {
	const bare = (text: string) => text.replace(/[\s\p{Cc}%?#/\\&=+]/gu, encodeURIComponent);
	const spell = (text: string) => (random.once(2) ? encodeURIComponent(text) : bare(text));
	const part = (text: string) => (random.once(4) ? spell(text).replace(/%20/g, '+') : spell(text));
	const pairs = Object.entries(query).flatMap(([name, values]) =>
		[values].flat().map((value) => `${part(name)}=${part(value)}`),
	);
	return [origin, ...segments.map(spell)].join('/') + (pairs.length ? `?${pairs.join('&')}` : '');
}
