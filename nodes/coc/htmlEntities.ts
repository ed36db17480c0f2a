/**
 * HTML's names of characters (HTML 4, "Character entity references"), which servers write in place of
 * them: what lies in a row of Unicode's as such rows, the others one by one.
 */
const ROWS: ReadonlyArray<[first: number, names: string]> = [
	[
		160,
		'nbsp iexcl cent pound curren yen brvbar sect uml copy ordf laquo not shy reg macr deg plusmn sup2 sup3 acute micro para middot cedil sup1 ordm raquo frac14 frac12 frac34 iquest',
	],
	[
		192,
		'Agrave Aacute Acirc Atilde Auml Aring AElig Ccedil Egrave Eacute Ecirc Euml Igrave Iacute Icirc Iuml ETH Ntilde Ograve Oacute Ocirc Otilde Ouml times Oslash Ugrave Uacute Ucirc Uuml Yacute THORN szlig',
	],
	[
		224,
		'agrave aacute acirc atilde auml aring aelig ccedil egrave eacute ecirc euml igrave iacute icirc iuml eth ntilde ograve oacute ocirc otilde ouml divide oslash ugrave uacute ucirc uuml yacute thorn yuml',
	],
	[913, 'Alpha Beta Gamma Delta Epsilon Zeta Eta Theta Iota Kappa Lambda Mu Nu Xi Omicron Pi Rho'],
	[931, 'Sigma Tau Upsilon Phi Chi Psi Omega'],
	[
		945,
		'alpha beta gamma delta epsilon zeta eta theta iota kappa lambda mu nu xi omicron pi rho sigmaf sigma tau upsilon phi chi psi omega',
	],
	[8592, 'larr uarr rarr darr harr'],
	[8656, 'lArr uArr rArr dArr hArr'],
];

const SINGLE: Readonly<Record<string, string>> = {
	...{ amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" },
	...{
		OElig: 'Œ',
		oelig: 'œ',
		Scaron: 'Š',
		scaron: 'š',
		Yuml: 'Ÿ',
		fnof: 'ƒ',
		circ: 'ˆ',
		tilde: '˜',
	},
	...{ ensp: '\u2002', emsp: '\u2003', thinsp: '\u2009', zwnj: '\u200c', zwj: '\u200d' },
	...{ lrm: '\u200e', rlm: '\u200f', ndash: '–', mdash: '—', lsquo: '‘', rsquo: '’', sbquo: '‚' },
	...{ ldquo: '“', rdquo: '”', bdquo: '„', dagger: '†', Dagger: '‡', bull: '•', hellip: '…' },
	...{ permil: '‰', prime: '′', Prime: '″', lsaquo: '‹', rsaquo: '›', oline: '‾', frasl: '⁄' },
	...{ euro: '€', trade: '™', minus: '−', ne: '≠', le: '≤', ge: '≥', asymp: '≈', infin: '∞' },
	...{ radic: '√', sum: '∑', prod: '∏', part: '∂', int: '∫', loz: '◊', equiv: '≡', cong: '≅' },
	...{ crarr: '↵', lowast: '∗', sdot: '⋅', sim: '∼', thetasym: 'ϑ', upsih: 'ϒ', piv: 'ϖ' },
	...{ Tab: '\t', NewLine: '\n' },
};

const BY_NAME: ReadonlyMap<string, string> = new Map([
	...Object.entries(SINGLE),
	...ROWS.flatMap(([first, names]) =>
		names
			.split(' ')
			.map((name, place): [string, string] => [name, String.fromCodePoint(first + place)]),
	),
]);

const ENTITY = /&(?:#(\d{1,7})|#[xX]([0-9a-fA-F]{1,6})|([A-Za-z][A-Za-z0-9]{1,9}));/g;

/** What stands for a character as that character: `&amp;`, `&#38;`, `&#x26;`; unknown names stay. */
export function withoutEntities(text: string): string {
	return text.replace(ENTITY, (entity, decimal?: string, hex?: string, name?: string) => {
		if (name !== undefined) return BY_NAME.get(name) ?? entity;
		const code = decimal === undefined ? parseInt(hex ?? '', 16) : Number(decimal);
		return code <= 0x10ffff ? String.fromCodePoint(code) : entity;
	});
}
