// Names beside the IDs of people, in simplified outputs: only where COC's answer has them.
import { expect, test } from '@jest/globals';
import { SUCCESS, useCoc } from '../../../support/coc.cts';
import { operate, OTHER, outputOf } from '../../../support/operate.cts';

const coc = useCoc();
const ANNA = 'a'.repeat(32);
const simplified = {
	get: (ticket: string) => operate(coc, 'get', [{ ticket }]),
	getAll: () => operate(coc, 'getAll', [{}], { parameters: { returnAll: true } }),
};

test.each(Object.entries(simplified))(
	'%s: both are there when both are known',
	async (_name, run) => {
		coc.standIn.people.set(OTHER, 'Olga').set(ANNA, '安娜');
		const ticket = coc.ticket({ assignee: OTHER, creator: ANNA });
		const json = await outputOf(run(ticket));
		expect(json).toMatchObject({
			...{ ticket, assignee: OTHER, assigneeName: 'Olga', creator: ANNA, creatorName: '安娜' },
		});
		const keys = Object.keys(json);
		expect(keys.indexOf('assigneeName')).toBe(keys.indexOf('assignee') + 1);
		expect(keys.indexOf('creatorName')).toBe(keys.indexOf('creator') + 1);
	},
);

test.each(Object.entries(simplified))('%s: nobody’s name is none', async (_name, run) => {
	coc.standIn.people.set(ANNA, 'Anna');
	const json = await outputOf(run(coc.ticket({ assignee: null, creator: ANNA })));
	expect(json).toMatchObject({ assignee: null, creatorName: 'Anna' });
	expect(json).not.toHaveProperty('assigneeName');
});

test.each(Object.entries(simplified))('%s: a name that is the ID is none', async (_name, run) => {
	coc.standIn.people.set(OTHER, OTHER).set(ANNA, ANNA);
	const json = await outputOf(run(coc.ticket({ assignee: OTHER, creator: ANNA })));
	expect(json).not.toHaveProperty('assigneeName');
	expect(json).not.toHaveProperty('creatorName');
});

test('labels that are missing or none name nobody', async () => {
	for (const labels of [undefined, null, 'x', [null, 7], [{ enum_key: ANNA, name_en: 'Anna' }]]) {
		const data = { incident_num: 'IM1', incident_assignee: [OTHER], enum_data_list: labels };
		coc.standIn.fault({ kind: 'raw', status: 200, body: JSON.stringify({ ...SUCCESS, data }) });
		const json = await outputOf(simplified.get('IM1'));
		expect(json).toMatchObject({ assignee: OTHER });
		expect(json).not.toHaveProperty('assigneeName');
	}
});
