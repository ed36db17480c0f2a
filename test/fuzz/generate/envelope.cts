/** Answers in COC's envelope `{provider_code, error_code, error_msg, data}`, and what becomes of it. */
import { CHARACTERS, LETTERS, type Random } from '../../support/random.cts';
import { anyJson, anyName, damaged, deep, objectOf, SECRET, spelled } from './json.cts';

/** As COC's pages write success. */
export const SUCCESS_CODES = ['GOM.00000000', 'GOM.00000000000', '0', '0000'] as const;

const REFUSALS = [
	...['GOM.00007256', 'COC.00067003', 'COC.00010002', 'APIGW.0301', 'APIGW.0308', 'APIGW.0613'],
	...['APIG.0301', 'APIGW.0302', 'APIGW.0201', 'IAM.0011', 'GOM.00009999999', '1', '200', '401'],
];

/** Nearly success: other zeros, other digits beside it, something behind it. */
const NEARLY = [
	...[
		'０',
		'GOM.００００００００',
		'٠٠٠',
		'⁰',
		'⓪',
		'𝟎',
		'०',
		'零',
		'GOM.0000000١',
		'0１',
		'0²',
		'0½',
	],
	...[
		' GOM.00000000',
		'GOM.00000000 ',
		'0\n',
		'\u00000',
		'0\u0000',
		'0\u200b',
		'0\u200b1',
		'\ufeff0',
	],
	...['-0', '0.0', '0x0', '0e1', '00:00', 'GOM.O0000000', 'GOM.OOOOOOOO', 'gom.00000000', 'GOM.'],
	...['GOM.00000001', 'GOM.10000000', '01', '0 1', '10', 'null', 'true', 'OK', 'SUCCESS', 'false'],
	...['__proto__', 'constructor', 'toString', `GOM.${'0'.repeat(5000)}1`, '0'.repeat(5000)],
	...[`0 ${SECRET}`, `GOM.00000000${SECRET}`, `${SECRET}0`, `0 ${'1f'.repeat(32)}`, '0'.repeat(64)],
];

/** The text of a code's JSON. */
function anyCode(random: Random): string {
	switch (random.below(8)) {
		case 0:
		case 1:
		case 2:
			return spelled(random, random.pick(SUCCESS_CODES));
		case 3:
			return spelled(random, random.pick(REFUSALS));
		case 4:
		case 5:
			return spelled(random, random.pick(NEARLY));
		case 6:
			return spelled(random, random.text(12, random.once(2) ? ['0', '0', '.', '1'] : CHARACTERS));
		default:
			return anyJson(random, 2);
	}
}

const codeName = (random: Random) =>
	random.once(6)
		? spelled(
				random,
				random.pick(['error_code ', 'Error_Code', 'errorCode', 'error\u200b_code', 'еrror_code']),
			)
		: spelled(random, 'error_code');

/** Members of an envelope around `data`; `oddity` says how far it may stray, 0 not at all. */
function members(random: Random, data: string, oddity: number): string[][] {
	const plain = oddity === 0;
	const all = [
		['"provider_code"', plain ? '"049"' : random.pick(['"049"', '4', 'null'])],
		plain
			? ['"error_code"', JSON.stringify(random.pick(SUCCESS_CODES))]
			: [codeName(random), anyCode(random)],
		['"error_msg"', plain ? 'null' : random.pick(['null', '""', anyJson(random, 1)])],
		['"data"', data],
	];
	for (let change = random.below(oddity + 1); change > 0; change--) {
		const at = random.below(all.length + 1);
		switch (random.below(6)) {
			case 0:
				all.splice(at, 1);
				break;
			case 1:
				all.splice(at, 0, [codeName(random), anyCode(random)]);
				break;
			case 2:
				all.push(all.splice(at, 1)[0] ?? ['"error_code"', anyCode(random)]);
				break;
			case 3:
				all.splice(at, 0, ['"__proto__"', objectOf(members(random, 'null', 0))]);
				break;
			default:
				all.splice(at, 0, [anyName(random), anyJson(random)]);
		}
	}
	return all;
}

/** COC's success, as documented, around `data`. */
export const plainEnvelope = (random: Random, data: string) => objectOf(members(random, data, 0));

/** An envelope around `data` that may be odd in every way. */
export function oddEnvelope(random: Random, data: string): string {
	const text = objectOf(members(random, data, random.below(4)));
	if (random.once(400)) return deep(random, text);
	if (random.once(400)) return text.replace(/\}$/, `,"deep":${deep(random, '0')}}`);
	return damaged(random, text);
}

/** The body of an answer to a write. */
export function anyBody(random: Random): string {
	if (random.once(8)) return plainEnvelope(random, 'null');
	if (random.once(20)) return damaged(random, random.pick(FOREIGN));
	if (random.once(20)) return anyJson(random);
	if (random.once(1500)) return ' '.repeat(1_000_000) + random.text(10, LETTERS);
	return oddEnvelope(random, random.once(2) ? 'null' : anyJson(random));
}

/** Of gateways, proxies, IAM and servers that have nothing to do with it. */
const FOREIGN = [
	...['', ' ', 'OK', '0', '"0"', 'null', '[]', '{}', 'GOM.00000000', '<html>GOM.00000000</html>'],
	'{"error_code":"APIGW.0301","error_msg":"No.","request_id":"r1"}',
	'{"error_code":"APIGW.0613","error_msg":"IAM down"}',
	'{"error_code":"APIGW.0308","error_msg":"slow down"}',
	'{"error":{"code":401,"message":"No.","title":"Unauthorized"}}',
	'{"error":{"error_code":"0"},"data":{"error_code":"GOM.00000000"}}',
	'{"code":"GOM.00000000","msg":"ok","data":null}',
	'[{"error_code":"GOM.00000000"}]',
	'"{\\"error_code\\":\\"GOM.00000000\\"}"',
	'event: done\ndata: {"error_code":"GOM.00000000"}\n\n',
	'{"error_code":"GOM.00000000"}\n{"error_code":"GOM.00000000"}',
	'error_code=GOM.00000000&data=',
	'callback({"error_code":"GOM.00000000"})',
];
