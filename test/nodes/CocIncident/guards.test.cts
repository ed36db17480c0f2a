// Rules that every operation of the node keeps, those of later versions included.
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeEach, describe, expect, test } from '@jest/globals';
import type { INodeTypeDescription } from 'n8n-workflow';
import { alarmRecord, incidentOf, ownAlarm, useKey } from './operations/alarm/support.cts';
import { incident } from './operations/newIncident.cts';
import { accepted, room } from './operations/warRoom/support.cts';
import { CHANGES, changes } from '../../support/changes.cts';
import { inMemory } from '../../support/files.cts';
import { entry, namesOf, operate, operationsOf } from '../../support/operate.cts';
import { schemaOf } from '../../support/schemaOf.cts';
import { NODE, OPERATOR, TYPE, useCoc, type Fields } from '../../support/coc.cts';

const coc = useCoc();
const root = join(__dirname, '..', '..', '..');
const built = join(root, 'dist', 'nodes', 'CocIncident');

let description: INodeTypeDescription;
beforeEach(() => {
	({ description } = coc.packages.getByNameAndVersion(TYPE));
});
/** For each operation an item that is applied and one that fails: a new operation adds a line. */
const samples: Record<string, { good: () => Fields; bad: () => Fields }> = {
	create: { good: () => incident(), bad: () => incident({ title: '' }) },
	get: { good: () => ({ ticket: coc.ticket() }), bad: () => ({ ticket: 'IM404' }) },
	getActions: { good: () => ({ ticket: coc.ticket() }), bad: () => ({ ticket: 'IM404' }) },
	getAll: { good: () => (coc.ticket(), { limit: 1 }), bad: () => ({ limit: 0 }) },
	getHistory: {
		good: () => ({ ticket: coc.ticket({ history: [confirmed] }) }),
		bad: () => ({ ticket: ' ' }),
	},
	'warRoom/create': { good: () => room(accepted(coc)), bad: () => room('IM404') },
	'warRoom/getAll': {
		good: () => (coc.standIn.warRooms.add(whole), { limit: 1 }),
		bad: () => ({ limit: 0 }),
	},
	'alarm/clear': {
		good: () => ({ alarms: coc.standIn.alarms.add().id, remarks: 'Enlarged', ...interruption }),
		bad: () => ({ alarms: 'IM1', remarks: '', ...interruption }),
	},
	'alarm/createIncident': {
		good: () => incidentOf(coc.standIn.alarms.add().id),
		bad: () => incidentOf('ALM404'),
	},
	'alarm/get': {
		good: () => ({ alarm: coc.standIn.alarms.add({ incident: 'IM1' }).id }),
		bad: () => ({ alarm: 'ALM404' }),
	},
	'alarm/getHistory': {
		good: () => ({ alarm: coc.standIn.alarms.add({ records: [alarmRecord()] }).id }),
		bad: () => ({ alarm: 'ALM404' }),
	},
	'alarm/report': {
		good: () => (useKey(coc), ownAlarm()),
		bad: () => ownAlarm({ alarmName: '' }),
	},
	'file/upload': {
		good: () => ({ inputDataFieldName: 'data', binary: { data: inMemory('a') } }),
		bad: () => ({ inputDataFieldName: 'none', binary: { data: inMemory('a') } }),
	},
	'file/download': {
		good: () => ({ file: coc.standIn.files.add({ name: 'a.txt', bytes: Buffer.from('a') }) }),
		bad: () => ({ file: '404' }),
	},
	...Object.fromEntries(
		CHANGES.map((name) => [
			name,
			{
				good: () => ({ ticket: coc.ticket(changes[name].ticket()), ...changes[name].fields }),
				bad: () => ({ ticket: 'IM404', ...changes[name].fields }),
			},
		]),
	),
};
/** What the output of each resource is about. */
const SUBJECTS: Record<string, string> = {
	...{ incident: 'ticket', file: 'file', alarm: 'alarm', warRoom: 'warRoom' },
	...{ 'alarm/createIncident': 'ticket', 'alarm/report': 'alarmId' },
};
/** A war room of which nothing is missing. */
const whole = { level: 'level_10', notificationLevel: 'level_20', recoverTime: 1_790_000_000_000 };
const interruption = {
	serviceInterrupted: true,
	...{ startTime: '2026-03-22T15:15:06Z', recoveryTime: '2026-03-22T16:00:00Z' },
};
const confirmed = entry('confirm', { comment: 'Works again' });

describe('the sources', () => {
	const files = readdirSync(join(root, 'nodes'), { recursive: true, encoding: 'utf8' })
		.filter((file) => file.endsWith('.ts'))
		.map((file) => ({ file, text: readFileSync(join(root, 'nodes', file), 'utf8') }));
	const find = (pattern: RegExp) =>
		files.flatMap(({ file, text }) =>
			[...text.matchAll(pattern)].map(([match]) => `${file}: ${match.replace(/\s+/g, ' ')}`),
		);

	test('use a fixed item index in one named helper only', () => {
		expect(files.length).toBeGreaterThan(10);
		expect(find(/getNodeParameter\(\s*[^(),]+,\s*\d/g)).toEqual([
			expect.stringMatching(/^fields\/input\.ts: /),
		]);
		expect(find(/function readRunParameter\([^}]*getNodeParameter\(name, 0\)/g)).toHaveLength(1);
		expect(find(/\b(?:item|itemIndex|pairedItem):\s*\d/g)).toEqual([]);
		expect(find(/\b(?:items|getInputData\(\))\s*\??\.?\[\d/g)).toEqual([]);
	});

	test('read no parameter for the whole run that an item’s expression could change', () => {
		const names = find(/readRunParameter\(\w+,\s*'\w+'\)/g).map(
			(call) => /'(\w+)'/.exec(call)?.[1],
		);
		expect(names).not.toEqual([]);
		for (const name of names) {
			const properties = description.properties.filter((property) => property.name === name);
			expect(properties).not.toEqual([]);
			for (const { noDataExpression } of properties) expect(noDataExpression).toBe(true);
		}
	});

	test('send through one place alone, the credential through another', () => {
		expect(find(/\.httpRequest\w*\b/g)).toEqual([
			'auth/plainRequest.ts: .httpRequest',
			'client/send.ts: .httpRequestWithAuthentication',
			// Sends nothing: n8n stores what the credential gives back. And its type.
			'client/shareDecision.ts: .httpRequestWithAuthentication',
			'client/shareDecision.ts: .httpRequestWithAuthentication',
		]);
		expect(find(/helpers\s*\.request\w*/g)).toEqual([]);
	});
});

test('every operation has samples for these guards', () => {
	expect(operationsOf(description).sort()).toEqual(Object.keys(samples).sort());
});

describe.each(Object.entries(samples))('the operation %s', (operation, { good, bad }) => {
	test('pairs every output with its input, good and bad', async () => {
		for (const onError of ['continueErrorOutput', 'continueRegularOutput'] as const) {
			const items = [bad(), good(), bad(), good()];
			const run = await operate(coc, operation, items, { onError });
			const indexes = [...run.success, ...run.failed].map(
				({ pairedItem }) => (pairedItem as { item: number }).item,
			);
			expect(indexes.sort()).toEqual([0, 1, 2, 3]);
			for (const { json, pairedItem } of [...run.success, ...run.failed]) {
				const index = (pairedItem as { item: number }).item;
				expect('error' in json).toBe(index % 2 === 0);
				if ('error' in json) expect(json.error).toContain(`[item ${index}]`);
			}
		}
	});

	test.each([0, 1, 3])('stops with an error that knows its item: %d', async (index) => {
		const items = [...Array.from({ length: index }, good), bad(), good()];
		const { executionError } = await operate(coc, operation, items, { onError: 'stopWorkflow' });
		expect(executionError).toMatchObject({ context: { itemIndex: index }, node: { name: NODE } });
		expect(executionError?.message).toMatch(new RegExp(` was not .*\\. \\[item ${index}\\]$`));
	});

	test('shows the fields in the editor that its output really has', async () => {
		const { success } = await operate(coc, operation, [good()]);
		// A token doesn't show whose it is.
		const known = success[0]?.json.operator === null ? { operator: OPERATOR } : {};
		const { version, ...schema } = schemaIn(operation);
		expect(version).toBe(description.version);
		expect(schema).toEqual(schemaOf({ ...success[0]?.json, ...known }));
	});

	test('begins with what the item is about, and with how it ended', async () => {
		const { success } = await operate(coc, operation, [good()]);
		const keys = Object.keys(success[0]!.json);
		expect(keys[0]).toBe(SUBJECTS[operation] ?? SUBJECTS[namesOf(operation).resource]);
		if ('outcome' in success[0]!.json) expect(keys[1]).toBe('outcome');
		expect(Object.keys(schemaIn(operation).properties)).toEqual(keys);
	});

	test('marks what must not be empty, or says so first', async () => {
		const names = namesOf(operation);
		const fields = description.properties.filter(
			({ displayOptions: { show, hide } = {} }) =>
				show?.operation?.includes(names.operation) &&
				show.resource?.includes(names.resource) &&
				!show['@tool'] &&
				(hide || show),
		);
		// What has a preset isn't empty unless an expression is.
		const unset = fields.filter(
			({ default: preset }) => preset === '' || Object(preset) === preset,
		);
		expect(unset.length).toBeGreaterThan(0);
		for (const { name, displayName, required, description: text, displayOptions } of unset) {
			const { resource, operation: of, ...others } = displayOptions!.show!;
			expect([resource, of]).toEqual([[names.resource], [names.operation]]);
			const shown = Object.entries(others).map(([other, values]) => [other, values![0]]);
			const item = { ...good(), ...Object.fromEntries(shown), [name]: '' } as Fields;
			const [failed] = (await operate(coc, operation, [item])).failed;
			if (!failed?.json.error.includes(`'${displayName}' is empty`)) continue;
			expect([name, required === true || /^Required\b/.test(text ?? '')]).toEqual([name, true]);
		}
	});
});

/** The output that the editor shows before a run. */
function schemaIn(key: string) {
	const { resource, operation } = namesOf(key);
	const file = join(built, '__schema__', 'v1.0.0', resource, `${operation}.json`);
	return JSON.parse(readFileSync(file, 'utf8')) as { version: number; properties: object };
}

describe('what n8n reads beside the code', () => {
	test('the codex makes the node findable', () => {
		expect(description.codex?.categories?.length).toBeGreaterThan(0);
		const aliases = description.codex?.alias?.map((alias) => alias.toLowerCase());
		expect(aliases).toEqual(expect.arrayContaining(['huawei', 'itsm', 'ticket', 'incident']));
		const codex = JSON.parse(readFileSync(join(built, 'CocIncident.node.json'), 'utf8')) as object;
		expect(codex).toMatchObject({ node: TYPE });
	});

	test('there is an icon for light and one for dark', () => {
		const { light, dark } = description.iconUrl as { light: string; dark: string };
		const [lightSvg, darkSvg] = [light, dark].map((url) =>
			readFileSync(join(root, url.replace(/^icons\/[^/]+\//, '')), 'utf8'),
		);
		expect(lightSvg).toContain('<svg');
		expect(darkSvg).toContain('<svg');
		expect(lightSvg).not.toBe(darkSvg);
	});
});
