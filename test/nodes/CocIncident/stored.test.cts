// What workflows store stays as it is: names, types, defaults and where a field shows.
import { beforeEach, describe, expect, test } from '@jest/globals';
import type { INodeProperties, INodePropertyOptions, INodeTypeDescription } from 'n8n-workflow';
import { TYPE, useCoc } from '../../support/coc.cts';
import { namesOf, operationsOf } from '../../support/operate.cts';

const coc = useCoc();
let description: INodeTypeDescription;
beforeEach(() => {
	({ description } = coc.packages.getByNameAndVersion(TYPE));
});

const picked = { __rl: true, mode: 'list', value: '' };
const options = ['options', 'collection', {}];
const tool = { show: { '@tool': [true] } };
const noTool = { hide: { '@tool': [true] } };
const interrupted = { show: { serviceInterrupted: [true] } };
const toPerson = { show: { assignTo: ['person'] } };
type Shown = { show?: object; hide?: object };
/** A field that is called otherwise as a tool. */
const twice = (row: unknown[], { show, hide }: Shown = {}) => [
	[...row, { ...(show && { show }), hide: { ...hide, ...noTool.hide } }],
	[...row, { show: { ...show, ...tool.show }, ...(hide && { hide }) }],
];
const ticket = twice(['ticket', 'resourceLocator', picked, 'required']);
const person = (name: string, shown?: Shown) => twice([name, 'resourceLocator', picked], shown);
const operator = person('operator');
const plainText = (name: string) => [name, 'string', '', 'required'];
const text = (name: string) => twice(plainText(name));
const fields = ['fields', 'multiOptions', [], { show: { output: ['fields'] } }];
/** *Output*, and the switch that it replaced: what was saved with that begins as what it meant. */
const output = [
	['simplify', 'hidden', true],
	['output', 'options', 'simple', { show: { simplify: [true] } }],
	['output', 'options', 'raw', { show: { simplify: [false] } }],
	['output', 'options', '={{ $parameter.simplify }}', { hide: { simplify: [true, false] } }],
	fields,
];
const plainOutput = ['output', 'options', 'simple'];
const writeOptions = ['concurrency', 'dryRun', 'requestsPerSecond', 'timeout'];
const textOptions = ['concurrency', 'dryRun', 'requestsPerSecond', 'shortenTexts', 'timeout'];
const outputs = ['simple', 'raw', 'fields'];
const INCIDENT = [
	...['assignee', 'assigneeName', 'createdAt', 'creator', 'creatorName', 'level'],
	...['serviceInterrupted', 'source', 'status', 'title', 'type'],
];
const LEVELS = ['level_10', 'level_20', 'level_30', 'level_40', 'level_50'];
const TYPES = ['function', 'reliability', 'security'].map((type) => `inc_type_p_${type}_issues`);

/** Each operation's fields, in the editor's order, and what can be chosen and added in them. */
const stored: Record<string, { fields: unknown[][]; inside: Record<string, unknown[]> }> = {
	'alarm/clear': {
		fields: [
			plainText('alarms'),
			['remarks', 'string', ''],
			['serviceInterrupted', 'boolean', false],
			...twice(['startTime', 'dateTime', ''], interrupted),
			...twice(['recoveryTime', 'dateTime', ''], interrupted),
			options,
		],
		inside: { options: textOptions },
	},
	'alarm/createIncident': {
		fields: [
			plainText('alarms'),
			...[plainText('title'), plainText('description')],
			['level', 'options', 'level_50', noTool],
			['level', 'string', 'level_50', tool],
			['type', 'options', 'inc_type_p_function_issues', noTool],
			['type', 'string', 'inc_type_p_function_issues', tool],
			['application', 'resourceLocator', picked, 'required'],
			['serviceInterrupted', 'boolean', false],
			['assignTo', 'options', 'nobody'],
			...person('assignee', toPerson),
			['assigneeScene', 'string', '', { show: { assignTo: ['shift'] } }],
			['assigneeRole', 'string', '', { show: { assignTo: ['shift'] } }],
			['additionalFields', 'collection', {}],
			options,
		],
		inside: {
			...{ level: LEVELS, type: TYPES, assignTo: ['nobody', 'person', 'shift'] },
			additionalFields: ['changeEvent', 'enterpriseProject', 'region'],
			options: [
				...['concurrency', 'dryRun', 'files', 'ifLinked', 'requestsPerSecond', 'shortenTexts'],
				'timeout',
			],
		},
	},
	'alarm/get': {
		fields: [plainText('alarm'), plainOutput, fields, options],
		inside: {
			output: outputs,
			fields: [
				...['application', 'createdAt', 'importance', 'name', 'owner', 'region', 'status'],
				...['ticket', 'updatedAt'],
			],
			options: ['concurrency', 'requestsPerSecond', 'timeout'],
		},
	},
	'alarm/getHistory': {
		fields: [
			plainText('alarm'),
			['returnAll', 'boolean', false],
			['limit', 'number', 50, { show: { returnAll: [false] } }],
			...[plainOutput, fields, options],
		],
		inside: {
			output: outputs,
			fields: [
				...['action', 'comment', 'endedAt', 'operator', 'startedAt', 'status', 'task', 'taskType'],
				'workOrder',
			],
			options: ['concurrency', 'requestsPerSecond', 'timeout'],
		},
	},
	'alarm/report': {
		fields: [
			...[plainText('alarmId'), plainText('alarmName')],
			['alarmLevel', 'options', 'Major', noTool],
			['alarmLevel', 'string', 'Major', tool],
			['alarmStatus', 'options', 'alarm', noTool],
			['alarmStatus', 'string', 'alarm', tool],
			['time', 'dateTime', '', 'required'],
			...[plainText('nameSpace'), plainText('alarmDesc'), plainText('alarmSource')],
			['additionalFields', 'collection', {}],
			options,
		],
		inside: {
			alarmLevel: ['Critical', 'Info', 'Major', 'Minor'],
			alarmStatus: ['alarm', 'ok'],
			additionalFields: [
				...['additional', 'application', 'region', 'resourceId', 'resourceName', 'url'],
			],
			options: textOptions,
		},
	},
	'file/download': {
		fields: [
			['file', 'string', '', 'required'],
			['outputFieldName', 'string', 'data', 'required'],
			options,
		],
		inside: { options: ['concurrency', 'fileName', 'requestsPerSecond', 'timeout'] },
	},
	'warRoom/create': {
		fields: [
			...ticket,
			['administrator', 'resourceLocator', picked],
			['additionalFields', 'collection', {}],
			options,
		],
		inside: {
			additionalFields: [
				...['applications', 'description', 'enterpriseProject', 'notificationType'],
				// In the node, and as a tool.
				...['notificationModes', 'notificationModes', 'participants', 'regions', 'shifts', 'title'],
			],
			options: [
				...['concurrency', 'dryRun', 'ifOneIsOpen', 'requestsPerSecond', 'shortenTexts', 'timeout'],
			],
		},
	},
	'warRoom/getAll': {
		fields: [
			['returnAll', 'boolean', false],
			['limit', 'number', 50, { show: { returnAll: [false] } }],
			['filters', 'collection', {}],
			['output', 'options', 'simple'],
			fields,
			options,
		],
		inside: {
			filters: [
				...['administrator', 'application', 'currentUser', 'enterpriseProject', 'level'],
				...['notificationLevel', 'occurredAfter', 'occurredBefore', 'recoveredAfter'],
				...['recoveredBefore', 'region', 'status', 'ticket', 'titleContains', 'triggeredAfter'],
				...['triggeredBefore', 'warRoom', 'warRooms'],
			],
			output: outputs,
			fields: [
				...['administrator', 'createdAt', 'incidentUrl', 'level', 'notificationLevel'],
				...['recoveredAt', 'status', 'ticket', 'title'],
			],
			options: ['concurrency', 'requestsPerSecond', 'timeout'],
		},
	},
	'file/upload': {
		fields: [['inputDataFieldName', 'string', 'data', 'required'], options],
		inside: { options: ['concurrency', 'dryRun', 'fileName', 'requestsPerSecond', 'timeout'] },
	},
	accept: { fields: [...ticket, ...operator, options], inside: { options: writeOptions } },
	addRemark: { fields: [...ticket, ...text('remark'), options], inside: { options: textOptions } },
	approve: {
		fields: [...ticket, ['request', 'options', 'automatic'], ...text('comment'), options],
		inside: { request: ['automatic', 'level', 'pause'], options: textOptions },
	},
	changeLevel: {
		fields: [
			...ticket,
			['level', 'options', '', 'required', noTool],
			['level', 'string', '', 'required', tool],
			...text('reason'),
			options,
		],
		inside: { level: LEVELS, options: textOptions },
	},
	close: { fields: [...ticket, options], inside: { options: writeOptions } },
	create: {
		fields: [
			['title', 'string', '', 'required'],
			['level', 'options', 'level_50', noTool],
			['level', 'string', 'level_50', tool],
			['type', 'options', 'inc_type_p_function_issues', noTool],
			['type', 'string', 'inc_type_p_function_issues', tool],
			['assignTo', 'options', 'person'],
			...person('assignee', toPerson),
			['assigneeScene', 'string', '', { show: { assignTo: ['shift'] } }],
			['assigneeRole', 'string', '', { show: { assignTo: ['shift'] } }],
			...person('creator'),
			['source', 'options', 'incident_source_manual', noTool],
			['source', 'string', 'incident_source_manual', tool],
			['serviceInterrupted', 'boolean', false],
			['additionalFields', 'collection', {}],
			options,
		],
		inside: {
			level: LEVELS,
			type: TYPES,
			source: ['alarm', 'manual', 'forwarding'].map((source) => `incident_source_${source}`),
			assignTo: ['person', 'shift'],
			additionalFields: [
				...['application', 'description', 'enterpriseProject', 'ownership', 'region', 'startTime'],
			],
			options: [
				...['concurrency', 'dryRun', 'requestsPerSecond', 'shortenTexts', 'timeout'],
				'waitUntilAvailable',
			],
		},
	},
	forward: {
		fields: [
			...ticket,
			['assignTo', 'options', 'person'],
			...person('assignee', toPerson),
			['assigneeScene', 'string', '', { show: { assignTo: ['shift'] } }],
			['assigneeRole', 'string', '', { show: { assignTo: ['shift'] } }],
			...text('comment'),
			...twice(['analysis', 'string', '']),
			options,
		],
		inside: { assignTo: ['person', 'shift'], options: textOptions },
	},
	get: {
		fields: [...ticket, ...output, options],
		inside: {
			output: outputs,
			fields: INCIDENT,
			options: ['concurrency', 'requestsPerSecond', 'timeout'],
		},
	},
	getActions: {
		fields: [...ticket, ['output', 'options', 'simple'], fields, options],
		inside: {
			output: outputs,
			fields: ['actions', 'status'],
			options: ['concurrency', 'requestsPerSecond', 'timeout'],
		},
	},
	getHistory: {
		fields: [
			...ticket,
			['returnAll', 'boolean', false],
			['limit', 'number', 50, { show: { returnAll: [false] } }],
			['sort', 'collection', {}],
			...output,
			options,
		],
		inside: {
			sort: ['direction'],
			output: outputs,
			fields: [
				...['action', 'comment', 'complete', 'endedAt', 'key', 'operator', 'operatorName'],
				...['startedAt', 'status'],
			],
			options: ['concurrency', 'requestsPerSecond', 'timeout'],
		},
	},
	getAll: {
		fields: [
			['returnAll', 'boolean', false],
			['limit', 'number', 50, { show: { returnAll: [false] } }],
			['filters', 'collection', {}],
			['sort', 'collection', {}],
			...output,
			options,
		],
		inside: {
			filters: [
				...['assignee', 'createdAfter', 'createdBefore', 'creator', 'level', 'source'],
				...['status', 'titleContains', 'type', 'updatedAfter', 'updatedBefore'],
			],
			sort: ['direction', 'field'],
			output: outputs,
			fields: [...INCIDENT.slice(0, 6), 'processStatus', ...INCIDENT.slice(6)],
			options: ['concurrency', 'filterJson', 'requestsPerSecond', 'timeout'],
		},
	},
	pause: {
		fields: [
			...ticket,
			...twice(['until', 'dateTime', '', 'required']),
			...text('reason'),
			options,
		],
		inside: { options: textOptions },
	},
	refuse: {
		fields: [...ticket, ['request', 'options', 'automatic'], ...text('comment'), options],
		inside: { request: ['automatic', 'level', 'pause'], options: textOptions },
	},
	reject: { fields: [...ticket, ...text('reason'), options], inside: { options: textOptions } },
	reopen: {
		fields: [...ticket, ['updateFields', 'collection', {}], options],
		inside: {
			updateFields: [
				...['application', 'assignee', 'description', 'enterpriseProject', 'level', 'ownership'],
				...['region', 'serviceInterrupted', 'assigneeRole', 'assigneeScene', 'source'],
				...['startTime', 'title', 'type'],
			],
			options: ['concurrency', 'dryRun', 'files', 'requestsPerSecond', 'shortenTexts', 'timeout'],
		},
	},
	resume: { fields: [...ticket, options], inside: { options: writeOptions } },
	submitSolution: {
		fields: [
			...ticket,
			...operator,
			['type', 'options', 'inc_type_p_function_issues', noTool],
			['type', 'string', 'inc_type_p_function_issues', tool],
			...text('cause'),
			...text('solution'),
			['serviceInterrupted', 'boolean', false],
			...twice(['startTime', 'dateTime', ''], interrupted),
			...twice(['recoveryTime', 'dateTime', ''], interrupted),
			options,
		],
		inside: {
			type: TYPES,
			options: ['concurrency', 'dryRun', 'files', 'requestsPerSecond', 'shortenTexts', 'timeout'],
		},
	},
	verify: {
		fields: [
			...ticket,
			...operator,
			['result', 'options', '', 'required', noTool],
			['result', 'boolean', false, tool],
			...text('comment'),
			options,
		],
		inside: {
			result: [true, false],
			options: [
				'checkStatus',
				'concurrency',
				'dryRun',
				'ifAlreadyVerified',
				'requestsPerSecond',
				'shortenComment',
				'timeout',
			],
		},
	},
};

test('the node', () => {
	const { name, version, displayName, subtitle, inputs, outputs, credentials, defaults } =
		description;
	expect({ name, version, displayName, inputs, outputs, credentials, defaults }).toEqual({
		name: 'cocIncident',
		version: 1,
		displayName: 'COC Incident',
		inputs: ['main'],
		outputs: ['main'],
		credentials: [{ name: 'huaweiCloudCocApi', required: true }],
		defaults: { name: 'Huawei Cloud COC' },
	});
	expect(subtitle).toMatch(/^=.*operation/);
});

test('its resource and its operations', () => {
	const [resource] = description.properties;
	expect([resource?.name, resource?.default]).toEqual(['resource', 'incident']);
	// n8n doesn't save what equals the default: it must stay what it is in the first release.
	const operations = description.properties.filter(({ name }) => name === 'operation');
	const presets = operations.map(({ displayOptions, default: preset }) => [
		displayOptions?.show?.resource?.[0],
		preset,
	]);
	expect(Object.fromEntries(presets)).toEqual({
		...{ incident: 'get', alarm: 'get', file: 'download', warRoom: 'getAll' },
	});
	expect(operationsOf(description).sort()).toEqual(Object.keys(stored).sort());
});

describe.each(Object.keys(stored))('the operation %s', (key) => {
	const names = namesOf(key);
	const ofOperation = () =>
		description.properties.filter(
			({ displayOptions: { show } = {} }) =>
				show?.operation?.[0] === names.operation && show.resource?.[0] === names.resource,
		);

	test('keeps its fields', () => {
		const shape = ({ name, type, default: value, required, displayOptions }: INodeProperties) => {
			const { show: all = {}, ...others } = displayOptions!;
			const show = Object.fromEntries(
				Object.entries(all).filter(([by]) => by !== 'resource' && by !== 'operation'),
			);
			const shown = { ...(Object.keys(show).length > 0 && { show }), ...others };
			const more = Object.keys(shown).length > 0 ? [shown] : [];
			return [name, type, value, ...(required ? ['required'] : []), ...more];
		};
		expect(ofOperation().map(shape)).toEqual(stored[key]!.fields);
	});

	test('keeps what can be chosen and added', () => {
		for (const [name, values] of Object.entries(stored[key]!.inside)) {
			const field = ofOperation().find((one) => one.name === name);
			expect(valuesIn(field!)).toEqual(values);
		}
	});

	test('keeps the ways to name a ticket and a person', () => {
		const locators = ofOperation().filter(({ type }) => type === 'resourceLocator');
		for (const { name, modes } of locators) {
			const byHand = name === 'ticket' ? 'number' : 'id';
			expect(modes?.map((mode) => mode.name)).toEqual(['list', byHand]);
		}
	});

	test('has options with a default of their own, sorted by their labels', () => {
		const field = ofOperation().find(({ name }) => name === 'options');
		const labels = (field?.options as INodeProperties[]).map(({ displayName }) => displayName);
		expect(labels).toEqual([...labels].sort());
		for (const option of field?.options as INodeProperties[]) {
			expect(option.default).not.toBeUndefined();
		}
	});
});

function valuesIn({ type, options: inside }: INodeProperties): unknown[] {
	return type === 'collection'
		? (inside as INodeProperties[]).map(({ name }) => name)
		: (inside as INodePropertyOptions[]).map(({ value }) => value);
}
