// Files with an incident of alarms: uploaded first, then named by their IDs; never where there is one.
import { describe, expect, test } from '@jest/globals';
import type { INodeParameters } from 'n8n-workflow';
import { LINK } from '../../../../standin/paths.cts';
import { useCoc } from '../../../../support/coc.cts';
import { inMemory } from '../../../../support/files.cts';
import { failureOf, outputOf } from '../../../../support/operate.cts';
import { useQuickTime } from '../../../../support/quickTime.cts';
import { incidentOf, linked, onAlarms } from './support.cts';

useQuickTime();
/** Called when a file has come in. */
let meanwhile: () => unknown = () => undefined;
const UPLOAD = '/v1/incident/attachments';
const ID = '9ed8f2bc-3d27-4a1f-8f1e-5d3c8a7b6c01';
const coc = useCoc({ onAnswer: ({ path }) => path === UPLOAD && meanwhile() });
const binary = {
	data: inMemory('%PDF', { fileName: 'a.pdf' }),
	program: inMemory('MZ', { fileName: 'a.exe' }),
};
const add = (incident: string | null = null) => {
	meanwhile = () => undefined;
	return coc.standIn.alarms.add({ incident }).id;
};
const create = (alarms: string, options: INodeParameters) =>
	onAlarms(coc, 'createIncident', [{ ...incidentOf(alarms), binary }], { parameters: { options } });
const uploads = () => coc.requests().filter(({ path }) => path === UPLOAD);
const sentFiles = () =>
	linked(coc).map((body) => (JSON.parse(body) as { attachment?: string }).attachment);

test('a file of the item and an ID go along, in the order in which they are named', async () => {
	const output = await outputOf(create(add(), { files: `data, ${ID}` }));
	const [first, second] = output.files as string[];
	expect(output.outcome).toBe('applied');
	expect(coc.standIn.files.get(first!)?.name).toBe('a.pdf');
	expect(second).toBe(ID);
	expect(sentFiles()).toEqual([`${first},${ID}`]);
});

test('without files nothing is said of them', async () => {
	const output = await outputOf(create(add(), {}));
	expect(Object.keys(output)).not.toContain('files');
	expect(sentFiles()).toEqual([undefined]);
});

test('an incident that the alarms get while a file is uploaded is the one that comes out', async () => {
	const alarm = add();
	meanwhile = () => (coc.standIn.alarms.get(alarm)!.incident = 'IM9');
	const output = await outputOf(create(alarm, { files: 'data' }));
	expect(output).toMatchObject({ outcome: 'existing', ticket: 'IM9' });
	expect([uploads().length, linked(coc)]).toEqual([1, []]);
});

test('a lost answer uploads nothing again', async () => {
	const alarm = add();
	coc.standIn.fault({ kind: 'resetBefore', times: 1, match: { path: LINK } });
	const output = await outputOf(create(alarm, { files: 'data' }));
	const [file] = output.files as string[];
	expect([output.outcome, uploads().length]).toEqual(['applied', 1]);
	expect(sentFiles()).toEqual([file, file]);
});

describe('nothing is uploaded', () => {
	test('where the alarm has an incident', async () => {
		expect(await outputOf(create(add('IM7'), { files: 'data' }))).toMatchObject({
			...{ outcome: 'existing', ticket: 'IM7' },
		});
		expect(uploads()).toEqual([]);
	});

	test('by a dry run, which shows the names', async () => {
		expect(await outputOf(create(add(), { files: 'data', dryRun: true }))).toMatchObject({
			...{ outcome: 'dryRun', files: ['a.pdf'], request: { body: { attachment: 'a.pdf' } } },
		});
		expect(uploads()).toEqual([]);
	});

	test.each([
		['a file of another type', 'program', /only \.jpg/],
		['a name that no file has', 'report', /"report".*The item has: data, program/],
	])('of %s, and nothing else is sent', async (_name, files, message) => {
		const { error, outcome } = failureOf(await create(add(), { files }));
		expect([outcome, coc.requests()]).toEqual(['notSent', []]);
		expect(error).toMatch(message);
	});
});

test('no incident is created without its file', async () => {
	const alarm = add();
	const match = { path: UPLOAD };
	coc.standIn.fault({ kind: 'errorCode', code: 'GOM.00007256', message: 'No room', match });
	const { error, outcome } = failureOf(await create(alarm, { files: 'data' }));
	expect(outcome).toBe('notSent');
	expect(error).toMatch(/the file "a\.pdf" was not uploaded:.*No room/);
	expect(linked(coc)).toEqual([]);
});
