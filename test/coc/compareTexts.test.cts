// How a text in COC's record compares with the one that was sent.
import { describe, expect, test } from '@jest/globals';
import { built } from '../support/built.cts';
import type * as source from '../../nodes/coc/compareTexts.ts';

const { canonical, compareTexts, containsText } = built<typeof source>('nodes/coc/compareTexts');

describe('one text in two spellings', () => {
	test.each([
		['line ends', 'a\r\nb\rc', 'a\nb\nc'],
		['line ends as blanks', 'a\nb', 'a b'],
		['line ends as HTML', 'a\nb\nc', 'a<br>b<br />c'],
		['line and paragraph separators', 'a\u2028b\u2029c\u0085d', 'a\nb\nc\nd'],
		['blanks at the ends of lines', 'a  \n b', 'a\nb'],
		['blanks at the ends', ' a ', 'a'],
		['many blanks', 'a   b', 'a b'],
		['a tab', 'a\tb', 'a b'],
		['a non-breaking space', 'a\u00a0b', 'a b'],
		['an ideographic space', '验证\u3000通过', '验证 通过'],
		['HTML’s five characters', `<a> & "b" 'c'`, '&lt;a&gt; &amp; &quot;b&quot; &apos;c&apos;'],
		['decimal entities', "it's & ü", 'it&#39;s &#38; &#252;'],
		['hexadecimal entities', "it's", 'it&#x27;s'],
		[
			'entities of letters',
			'Größe – é … 5 €',
			'Gr&ouml;&szlig;e &ndash; &eacute; &hellip; 5 &euro;',
		],
		['an entity of a blank', 'a b', 'a&nbsp;b'],
		['an entity of an emoji', '✅ 😀', '&#9989; &#x1F600;'],
		['entities that were escaped once more', 'a & b', 'a &amp;amp; b'],
		['an entity that the user wrote', 'a &lt; b', 'a &amp;lt; b'],
		['a composed letter', 'Café', 'Cafe\u0301'],
		['composed Hangul', '한글', '\u1112\u1161\u11ab\u1100\u1173\u11af'],
		['no control characters', 'a\u0007b\u0000c\u001bd', 'abcd'],
		['no characters without width', 'a\u200bb\ufeffc\u2060d\u00ade', 'abcde'],
		['no direction marks', '\u202ea\u202c', 'a'],
		['half a character dropped', 'a\ud83d', 'a'],
		['half a character replaced', 'a\ud83d', 'a\ufffd'],
	])('is the same: %s', (_what, sent, recorded) => {
		expect(compareTexts(recorded, sent)).toBe('same');
		expect(compareTexts(sent, recorded)).toBe('same');
		expect(canonical(canonical(sent))).toBe(canonical(sent));
	});
});

describe('what may be the same text, in a shape that isn’t known,', () => {
	const long = 'Payments are back, error rate below 0.1 % for 30 minutes (alarm 4711)';
	test.each([
		['line ends that are lost', 'alarm 4711\nis over', 'alarm 4711is over'],
		['blanks elsewhere', 'alarm 1 12', 'alarm 11 2'],
		['cut', long, long.slice(0, 30)],
		['cut, with a sign', long, `${long.slice(0, 30)}…`],
		['cut amid an entity', 'Memory & disk are fine again', 'Memory &am'],
		['told with something around it', long, `[Unresolved] ${long}.`],
		['without punctuation', 'Works, again!', 'Works again'],
		['in upper case', 'Works again', 'WORKS AGAIN'],
		['without accents', 'Größe geprüft', 'Grosse gepruft'],
		['question marks for letters', 'Große Störung', 'Gro?e St?rung'],
		['question marks for everything', '验证通过', '????'],
		['question marks between words', '验证 payment 通过', '?? payment ??'],
		['a question mark for an emoji', 'Fine ✅ now', 'Fine ? now'],
		['an emoji dropped', 'Fine 😀 now', 'Fine  now'],
		['something hidden', 'The key abcdefgh was used by host 17', 'The key *** was used by host 17'],
		['nothing left', 'Works again', ''],
	])('is similar: %s', (_what, sent, recorded) => {
		expect(compareTexts(recorded, sent)).toBe('similar');
	});
});

describe('another text', () => {
	test.each([
		['other words', 'Works again', 'Still failing'],
		['few letters that occur by chance', 'Works again', 'ok'],
		['another number', 'alarm 4711', 'alarm 4712'],
		['nothing but signs, and a text', '✅', 'Still failing'],
		['a question', 'Works again', 'Why?'],
		['an unknown entity', 'a b', 'a&nosuch;b'],
		['Chinese', '验证通过', '尚未恢复'],
	])('is none: %s', (_what, sent, recorded) => {
		expect(compareTexts(recorded, sent)).toBe('none');
	});
});

test.each([
	['Cause: a &amp; b\nSolution: restarted', 'a & b', true],
	['Renewed\r\nthe certificate!', 'Renewed the certificate', true],
	['Renewed', 'Renewed the certificate', false],
	['anything', '\u200b', false],
])('%j holds %j: %p', (recorded, sent, holds) => {
	expect(containsText(recorded, sent)).toBe(holds);
});

test('entities without end cost no time, and code points that are none stay', () => {
	const started = Date.now();
	canonical('&amp;'.repeat(10_000) + '&'.repeat(10_000) + '&#'.repeat(10_000));
	expect(Date.now() - started).toBeLessThan(2000);
	expect(canonical('&#1114112;&#x110000;&#0;')).toBe('&#1114112;&#x110000;');
});
