/** Bodies as nodes and workflows come up with them, made anew for every request. */
export const BODIES: Record<string, () => unknown> = {
	none: () => undefined,
	'an object': () => ({ a: 1, b: [true, null, { c: 'x' }], '2': '' }),
	'an empty object': () => ({}),
	Unicode: () => ({ comment: '验证通过 ✅ “ok” – é \u2028 \ufeff' }),
	'a list': () => [1, 'two', { three: 3 }],
	'an empty list': () => [],
	null: () => null,
	true: () => true,
	false: () => false,
	'a number': () => 5,
	zero: () => 0,
	'a date': () => ({ at: new Date(0) }),
	'a text': () => 'plain é text',
	'an empty text': () => '',
	'blanks only': () => ' \n ',
	'JSON as text': () => '{"a": 1,  "b": "é"}',
	'JSON as text with blanks around': () => ' \n{"a": 1}\t ',
	'broken JSON as text': () => '{"a": 1,',
	'a form as text': () => 'a=1&b=%20+é',
	'form parameters': () => new URLSearchParams({ a: '1', b: ' +é~*' }),
	bytes: () => Buffer.from([0, 1, 0xff, 0x7b, 0x20]),
	'JSON as bytes': () => Buffer.from(' {"a": 1} '),
	'no bytes': () => Buffer.alloc(0),
	'lists within': () => ({ a: ['x', 'y'], b: { c: [1, { d: [] }] }, e: null, f: ' +&é~*' }),
};

export const FORM = 'application/x-www-form-urlencoded';

export const TYPES = [
	undefined,
	'application/json',
	'application/json; charset=utf-8',
	FORM,
	`${FORM}; charset=utf-8`,
	'text/plain',
];

/**
 * With exactly this type today's dialect reads any body as form parameters first: it fails with a
 * list and with bytes, and sends `5=` for a number. Signed, lists and bytes are sent after all.
 */
export const NO_FORM = ['a list', 'true', 'a number', 'bytes', 'JSON as bytes'];
