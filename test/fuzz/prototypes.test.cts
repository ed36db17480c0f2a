// A server that tries to change what every object inherits, by the names of its fields.
import { expect, test } from '@jest/globals';
import { raw } from '../run/faults/row.cts';
import { ALARM, CLEAR, LINK, WAR_ROOMS } from '../standin/paths.cts';
import { type Fields, NODE, OPERATOR, SUCCESS, useCoc } from '../support/coc.cts';
import { operate } from '../support/operate.cts';
import { useQuickTime } from '../support/quickTime.cts';

const POLLUTION =
	'{"polluted":true,"error_code":"GOM.00000000","status":"INCIDENT_STATUS_COMPLETED"}';
const FIELDS = [
	`"__proto__":${POLLUTION}`,
	`"constructor":{"prototype":${POLLUTION}}`,
	`"data":{"__proto__":${POLLUTION},"a":[{"__proto__":${POLLUTION}}]}`,
	`"toString":"x","valueOf":"x","hasOwnProperty":"x","toJSON":"x","then":"x"`,
].join(',');
/** Without another `data`. */
const OTHERS = FIELDS.replace(/"data":/, '"other":');
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

const alarm = () => coc.standIn.alarms.add().id;
const storm = () => ({
	...{ alarms: [alarm()], title: 'Disks are full', description: 'All of them' },
	...{ level: 'level_20', type: 'inc_type_p_function_issues', application: 'a' },
	serviceInterrupted: false,
});
const accepted = () => coc.ticket({ status: 'INCIDENT_STATUS_ACKNOWLEDGED', application: 'a' });

test.each<[string, string, string, () => Fields]>([
	[
		'alarm/get',
		ALARM,
		`{"data":{"id":"ALM1","status":"resolved",${FIELDS}}}`,
		() => ({ alarm: alarm() }),
	],
	[
		'alarm/getHistory',
		ALARM,
		`{"count":1,"alarm_handle_histories":[{"work_order_id":"W1",${FIELDS}}],${FIELDS}}`,
		() => ({ alarm: alarm(), limit: 5 }),
	],
	['alarm/clear', CLEAR, `{"data":["ALM1"],${OTHERS}}`, () => ({ alarms: [alarm()], remarks: '' })],
	['alarm/createIncident', LINK, `{"data":["ALM1"],${OTHERS}}`, storm],
	[
		'warRoom/create',
		WAR_ROOMS,
		success.replace('"data":', '"_data":').replace(/}$/, ',"data":"WR1"}'),
		() => ({ ticket: accepted(), administrator: OPERATOR }),
	],
	[
		'warRoom/getAll',
		WAR_ROOMS,
		`{"error_code":"GOM.00000000","data":{"total":1,"list":[{"war_room_num":"WR1",${FIELDS}}],${FIELDS}}}`,
		() => ({ limit: 5 }),
	],
])(
	'what answers %s with the names of prototypes changes nothing',
	async (operation, path, body, item) => {
		const match = {
			path: path === ALARM || operation === 'warRoom/getAll' ? new RegExp(path) : path,
		};
		const fields = item();
		coc.standIn.fault({ ...raw(200, body), match, times: Infinity });
		for (const output of ['raw', undefined]) {
			const run = await operate(coc, operation, [fields], {
				parameters: { options: output ? { output } : {} },
			});
			expect(run.executionError).toBeUndefined();
			const objects = objectsIn([...run.success, ...run.failed].map(({ json }) => json));
			expect(objects.length).toBeGreaterThan(0);
			expect(objects.filter((one) => !isOrdinary(one))).toEqual([]);
			expectUntouched();
		}
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
