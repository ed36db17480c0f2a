// What an answer's bytes say: no digit is lost, and every charset is read that is declared.
import { describe, expect, test } from '@jest/globals';
import type * as bodyTextSource from '../../nodes/coc/readAnswer.ts';
import type * as exactJsonSource from '../../nodes/coc/json.ts';
import { built } from '../support/built.cts';
import { encoded } from '../support/charset.cts';
import { CHARACTERS, createRandom, type Random } from '../support/random.cts';
import { reading } from './reading.cts';

const { parseExactly } = built<typeof exactJsonSource>('nodes/coc/json');
const { textOf } = built<typeof bodyTextSource>('nodes/coc/readAnswer');

describe('a number that loses digits when it is parsed', () => {
	test.each([
		'1234567890123456789',
		'-9007199254740993',
		'12345678901234567890123456789012345678901234567890',
		'3.14159265358979323846',
		'0.1000000000000000055',
		'1e400',
		'-1E+400',
		'1e-400',
		'123456789012345678e3',
	])('is a text, exactly as it is written: %s', (number) => {
		for (const [before, behind] of [
			['', ''],
			[' \n', ' '],
			['[', ']'],
			['[1, ', ',2]'],
			['{"a":"x","b" : ', ' ,"c":1}'],
			['{"\\\\":', '}'],
			['[{"a\\"":[[', ']]},""]'],
		] as const) {
			const wanted = JSON.parse(`${before}"${number}"${behind}`) as unknown;
			expect(parseExactly(before + number + behind)).toEqual(wanted);
		}
	});
});

describe('a number that loses nothing stays a number', () => {
	test.each([
		...['0', '-0', '9007199254740991', '9007199254740992', '1711111111111', '0.30000000000000004'],
		...[
			'1.50',
			'1e5',
			'100e-2',
			'1.7976931348623157e308',
			'5e-324',
			'0e400',
			'0.00000000000000000',
		],
	])('%s', (number) => {
		expect(parseExactly(`{"a":${number}}`)).toEqual({ a: Number(number) });
	});
});

describe('what stands in a text is left alone', () => {
	test.each([
		'1234567890123456789',
		': 1234567890123456789,',
		'\\": 1234567890123456789',
		'[1234567890123456789]',
		'\\\\',
		'IM202403221515060171753781',
	])('%s', (text) => {
		const json = `{"a":"${text}","b":12345678901234567891,"c":"${text}"}`;
		const said = JSON.parse(`"${text}"`) as string;
		expect(parseExactly(json)).toEqual({ a: said, b: '12345678901234567891', c: said });
	});
});

describe('what is no JSON stays none', () => {
	const long = '1234567890123456789';
	test.each([
		...['', `0${long}`, `+${long}`, `${long}.`, `.${long}`, `${long}e`, `- ${long}`, `${long}a`],
		...[`{${long}:1}`, `{"a":1,${long}:2}`, `{"a"${long}}`, `[${long} ${long}]`, `"a"${long}`],
		...[`${long}"a"`, `{"a":${long}`, `[${long},]`, `{"a":"${long}}`, `\u00a0${long}`, `${long}:`],
	])('%j', (text) => {
		expect(() => JSON.parse(text) as unknown).toThrow(SyntaxError);
		expect(() => parseExactly(text)).toThrow(SyntaxError);
	});
});

test('every other JSON is what it always was, however odd', () => {
	const random = createRandom(20261128);
	let same = 0;
	for (let run = 0; run < 20_000; run++) {
		const text = damaged(random, jsonText(random, 4));
		let wanted: unknown;
		try {
			wanted = JSON.parse(text) as unknown;
			same++;
		} catch {
			expect(() => parseExactly(text)).toThrow(SyntaxError);
			continue;
		}
		if (JSON.stringify(parseExactly(text)) !== JSON.stringify(wanted)) {
			throw new Error(`Read in another way: ${text}`);
		}
	}
	expect(same).toBeGreaterThan(10_000);
});

/** JSON without numbers that lose digits, but with many that might. */
function jsonText(random: Random, depth: number): string {
	const white = random.pick(['', '', ' ', '\n\t']);
	const inner = () => jsonText(random, depth - 1);
	const text = () =>
		JSON.stringify(random.text(12, [...CHARACTERS, '"', '\\', '1234567890123456']));
	const number = () => `${random.pick(['', '-'])}${random.below(1e9)}${random.pick(TAILS)}`;
	const kinds = [
		number,
		text,
		() => random.pick(['true', 'false', 'null']),
		() => `[${random.some(4, inner).join(',')}]`,
		() => `{${random.some(4, () => `${text()}${white}:${inner()}`).join(',')}}`,
	];
	return white + kinds[random.below(depth > 0 ? 5 : 3)]!() + white;
}
const TAILS = ['', '', '.5', '.125', 'e3', 'E-2', '.0000000000000000000', 'e0'];

function damaged(random: Random, text: string): string {
	if (!random.once(4)) return text;
	const at = random.below(text.length);
	const instead = random.pick(['', '"', '\\', ',', ':', '}', ']', ' ']);
	return text.slice(0, at) + instead + text.slice(at + 1);
}

test('16 MB are read as any other JSON', () => {
	const row = {
		id: 'IM202403221515060171753781',
		at: 1711123456789,
		text: 'x1e5:12 "q" '.repeat(9),
	};
	const rows = Array.from({ length: 90_000 }, (_, index) => ({ ...row, index }));
	const text = JSON.stringify([...rows, { id: 0 }]).replace('"id":0', '"id":1234567890123456789');
	expect(text.length).toBeGreaterThan(15_000_000);
	expect(parseExactly(text)).toEqual([...rows, { id: '1234567890123456789' }]);
}, 60_000);

test('IDs that come as numbers are told in full', () => {
	const { envelope, code } = reading(
		'{"error_code":0,"data":{"id":1234567890123456789,"list":[12345678901234567890,7,1.5]}}',
	);
	expect(code).toBe('0');
	expect(envelope?.data).toEqual({
		id: '1234567890123456789',
		list: ['12345678901234567890', 7, 1.5],
	});
});

describe('the charset of a body', () => {
	const chinese = '{"error_msg":"支付服务不可用：参数错误"}';
	const marked = `\ufeff${chinese}`;
	const western = '{"error_msg":"Zürich: ça va, élève"}';

	test.each([
		['UTF-8, undeclared', Buffer.from(chinese), null, chinese],
		['UTF-8, declared', Buffer.from(chinese), 'application/json;charset=UTF-8', chinese],
		['GBK', encoded(chinese, 'gbk'), 'application/json; charset=GBK', chinese],
		['GB2312, in quotes', encoded(chinese, 'gbk'), 'text/plain; charset="gb2312"', chinese],
		['GB18030', encoded(chinese, 'gbk'), 'application/json;charset=gb18030; x=y', chinese],
		['Big5', encoded('服務', 'big5'), 'text/html; Charset = Big5', '服務'],
		['Shift JIS', encoded('テスト', 'shift_jis'), 'text/html;charset=shift_jis', 'テスト'],
		['Windows-1252', encoded(western, 'windows-1252'), 'text/html;charset=iso-8859-1', western],
		// The mark is taken off where JSON is parsed, once.
		['UTF-16', Buffer.from(marked, 'utf16le'), 'application/json', marked],
		['UTF-8 with a mark', Buffer.from(marked), 'text/html;charset=gbk', marked],
	])('is read: %s', (_what, bytes, contentType, text) => {
		expect(textOf(bytes, contentType)).toBe(text);
	});

	test.each([
		['unknown', 'application/json; charset=klingon'],
		['empty', 'application/json; charset='],
		['half', 'application/json; charset="'],
		['only a default', 'application/json; charset=ISO-8859-1'],
		['one that these bytes are not', 'application/json; charset=euc-jp'],
	])('is UTF-8 when the declared one is %s', (_what, contentType) => {
		expect(textOf(Buffer.from(`${chinese} é`), contentType)).toBe(`${chinese} é`);
	});

	test('is read from a page that declares it within itself', () => {
		for (const meta of [
			'<meta http-equiv="Content-Type" content="text/html; charset=gb2312">',
			"<META name=x><meta charset='GBK'/>",
		]) {
			const page = `<html><head>${meta}<title>访问被拒绝</title></head></html>`;
			expect(textOf(encoded(page, 'gbk'), 'text/html')).toBe(page);
		}
		// What looks like a page within JSON declares nothing.
		const json = '{"a":"<meta charset=gbk>é"}';
		expect(textOf(Buffer.from(json), null)).toBe(json);
	});

	test('never costs more than unreadable characters', () => {
		const random = createRandom(7);
		const charsets = [
			null,
			'gbk',
			'utf-16le',
			'x-user-defined',
			'utf-7',
			'iso-2022-jp',
			'hz-gb-2312',
		];
		for (let run = 0; run < 2000; run++) {
			const bytes = Buffer.from(random.some(40, () => random.below(256)));
			const charset = random.pick(charsets);
			const contentType = charset === null ? null : `text/html; charset=${charset}`;
			expect(typeof textOf(bytes, contentType)).toBe('string');
		}
	});
});
