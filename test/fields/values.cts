/** Values that stand where text should be, as expressions bring them. */
export const NOT_TEXT: Array<[string, unknown]> = [
	['a number', 202403221515060],
	['zero', 0],
	['true', true],
	['null', null],
	['nothing', undefined],
	['an object', { number: 'IM1' }],
	['an empty object', {}],
	['a list', ['IM1']],
	['an empty list', []],
];
export const BLANK: Array<[string, string]> = [
	['an empty text', ''],
	['spaces', '   '],
	['line breaks', '\r\n\n'],
	['a no-break space', '\u00a0'],
];
export const WITH_WHITE_SPACE: Array<[string, string]> = [
	['a space inside', 'AB 12'],
	['a tab inside', 'AB\t12'],
	['a line break inside', 'AB\n12'],
	['a no-break space inside', 'AB\u00a012'],
	['an ideographic space inside', 'AB\u300012'],
];
