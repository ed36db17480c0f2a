// A server that tries to change what every object inherits, by the names of its fields.
import { expect, test } from '@jest/globals';
import { raw } from '../run/faults/row.cts';
import { NODE, SUCCESS, useCoc } from '../support/coc.cts';
import { useQuickTime } from '../support/quickTime.cts';

const POLLUTION =
	'{"polluted":true,"error_code":"GOM.00000000","status":"INCIDENT_STATUS_COMPLETED"}';
const FIELDS = [
	`"__proto__":${POLLUTION}`,
	`"constructor":{"prototype":${POLLUTION}}`,
	`"data":{"__proto__":${POLLUTION},"a":[{"__proto__":${POLLUTION}}]}`,
	`"toString":"x","valueOf":"x","hasOwnProperty":"x","toJSON":"x","then":"x"`,
].join(',');
const success = JSON.stringify(SUCCESS).replace(/"data":null\}$/, `${FIELDS}}`);
useQuickTime();
const coc = useCoc();

test('an answer with the names of prototypes changes nothing but its own copy in the output', async () => {
	coc.standIn.fault({ ...raw(200, success), times: Infinity });
	const run = await coc.verify([{}, {}]);
	expect(run.executionError).toBeUndefined();
	for (const node of [NODE, 'Verified']) {
		const items = run.outputs(node).map(({ json }) => json);
		expect(items.map(({ outcome }) => outcome)).toEqual(['applied', 'applied']);
		const objects = objectsIn(items);
		expect(objects.length).toBeGreaterThan(10);
		expect(objects.filter((one) => !isOrdinary(one))).toEqual([]);
	}
	expectUntouched();
});

test.each([
	['a refusal', 400, `{"error_code":"GOM.00007256","error_msg":"No.",${FIELDS}}`, 'refused'],
	['no envelope but by its prototype', 200, `{${FIELDS}}`, 'unknown'],
	['a server error', 500, success, 'unknown'],
])(
	'%s with the names of prototypes is nothing more than that',
	async (_what, status, body, outcome) => {
		coc.standIn.fault({ ...raw(status, body), times: Infinity });
		const run = await coc.verify([{}]);
		expect(run.failed.map(({ json }) => json.details.outcome)).toEqual([outcome]);
		expect(run.success).toEqual([]);
		expectUntouched();
		const data = run.runData[NODE]?.[0]?.data;
		// As a key; a message may quote what came.
		expect(JSON.stringify(data)).not.toMatch(/(?<!\\)"polluted"/);
	},
);

/** A value's objects at any depth, those under odd names too. */
function objectsIn(value: unknown): object[] {
	if (typeof value !== 'object' || value === null) return [];
	const values = Object.values(Object.getOwnPropertyDescriptors(value));
	return [value, ...values.flatMap((one) => objectsIn(one.value))];
}

const isOrdinary = (one: object) =>
	[Object.prototype, Array.prototype].includes(Object.getPrototypeOf(one) as object);

function expectUntouched() {
	expect('polluted' in {}).toBe(false);
	expect('polluted' in []).toBe(false);
	expect('polluted' in (() => undefined)).toBe(false);
	expect(Object.getOwnPropertyNames(Object.prototype).filter((name) => name === 'status')).toEqual(
		[],
	);
}
