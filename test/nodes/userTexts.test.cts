// What users read in the editor: rules for every text of all nodes, those of later operations included.
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, test } from '@jest/globals';
import { Workflow } from 'n8n-workflow';
import type {
	INodeProperties,
	INodePropertyCollection,
	INodePropertyOptions,
	INodeTypeDescription,
} from 'n8n-workflow';
import manifest from '../../package.json';
import { loadPackage, type Packages } from '../engine/index.cts';

const root = join(__dirname, '..', '..');
const NODES = ['cocIncident', 'cocIncidentTrigger', 'cocNotificationTrigger'];
const typeOf = (name: string) => `${manifest.name}.${name}`;

let packages: Packages;
const descriptions: Record<string, INodeTypeDescription> = {};
beforeAll(async () => {
	packages = await loadPackage(root);
	for (const name of NODES) {
		descriptions[name] = packages.getByNameAndVersion(typeOf(name)).description;
	}
});

type Part = INodeProperties | INodePropertyOptions | INodePropertyCollection;

const isProperty = (part: Part): part is INodeProperties => 'type' in part;
const choicesOf = ({ type, options = [] }: INodeProperties) =>
	type === 'options' || type === 'multiOptions' ? (options as INodePropertyOptions[]) : [];

/** A property, and those within it. */
const within = (property: INodeProperties): INodeProperties[] => [
	property,
	...(property.options ?? []).filter(isProperty).flatMap(within),
];
const all = () =>
	Object.values(descriptions).flatMap(({ properties }) => properties.flatMap(within));
const operationLists = () => all().filter(({ name }) => name === 'operation');
const operations = () => operationLists().flatMap(choicesOf);
const ofIncidents = () =>
	operationLists()
		.filter(({ displayOptions }) => displayOptions?.show?.resource?.includes('incident'))
		.flatMap(choicesOf);
const events = () => choicesOf(all().find(({ name }) => name === 'events')!);

/** Every text that belongs to a property, with its name. */
const texts = () =>
	all().flatMap((property) => {
		const { name, displayName, description, hint, placeholder, modes = [] } = property;
		const own = [displayName, description, hint, placeholder];
		const ofModes = modes.flatMap((mode) => [mode.displayName, mode.hint, mode.placeholder]);
		const ofChoices = choicesOf(property).flatMap((choice) => [
			...[choice.name, choice.description, choice.action],
		]);
		return [...own, ...ofModes, ...ofChoices].flatMap((text) =>
			text === undefined ? [] : [`${name}: ${String(text)}`],
		);
	});

describe('an operation', () => {
	test('is described in one line of the list', () => {
		const tooLong = operations().filter(({ description = '' }) => description.length > 45);
		expect(tooLong).toEqual([]);
		expect(operationLists().length).toBeGreaterThan(3);
		expect(operations().every(({ description }) => description)).toBe(true);
	});

	test('is an action without articles, in sentence case', () => {
		for (const { action } of operations()) {
			expect(action).toMatch(/^[A-Z][a-z]+( [a-z]+)+$/);
			expect(action).not.toMatch(/\b(a|an|the)\b/i);
		}
		for (const { action } of ofIncidents()) expect(action).toMatch(/ incidents?( |$)/);
	});
});

describe('the trigger', () => {
	test('has events that can be read after "On"', () => {
		expect(events().length).toBeGreaterThan(0);
		for (const { name, description = '' } of events()) {
			expect(name).toMatch(/^Incident [A-Z]/);
			expect(description).toMatch(/^.{1,45}$/);
		}
	});

	test('is described in one short sentence, which n8n shows for the whole package', () => {
		expect(descriptions.cocIncidentTrigger!.description).toMatch(/^[^.:;]{1,60}$/);
	});

	test('names its events in words below it', async () => {
		const type = typeOf('cocIncidentTrigger');
		const parameters = { events: ['waitingForVerification', 'incidentClosed'] };
		const node = { id: 'n', name: 'T', type, typeVersion: 1, position: [0, 0], parameters };
		const workflow = new Workflow({
			nodes: [node as never],
			connections: {},
			active: false,
			nodeTypes: packages,
		});
		const { subtitle } = descriptions.cocIncidentTrigger!;
		const { expression } = workflow;
		const shown = await expression.withIsolate(
			async () =>
				await Promise.resolve(
					expression.getSimpleParameterValue(workflow.getNode('T')!, subtitle, 'internal', {}),
				),
		);
		expect(shown).toBe('waiting for verification, incident closed');
	});
});

test('what is typed has an example in its place', () => {
	const typed = all().filter(({ type }) => type === 'string' || type === 'dateTime');
	expect(typed.length).toBeGreaterThan(20);
	const modes = all().flatMap(({ modes: some = [] }) => some);
	const byHand = modes.filter(({ type }) => type === 'string');
	expect(byHand.length).toBeGreaterThan(5);
	const without = [...typed, ...byHand].filter(
		({ placeholder }) => !placeholder?.startsWith('e.g. '),
	);
	expect(without.map(({ name }) => name)).toEqual([]);
});

test('what is picked can also be named, by a mode whose name fits its box', () => {
	const modes = all().flatMap(({ modes: some = [] }) => some);
	const [picked, named] = ['list', 'string'].map((kind) =>
		modes.filter(({ type }) => type === kind),
	);
	expect(picked!.length).toBe(named!.length);
	for (const { displayName } of named!) expect(displayName).toBe('By ID');
	for (const { placeholder } of picked!) expect(placeholder).toMatch(/^Select an? [a-z ]+\.\.\.$/);
});

test('choices and parts of a collection are in the order of their names', () => {
	for (const property of all()) {
		// From the least to the most, as n8n's own nodes have it.
		const isOutput = property.name === 'output';
		const names = isOutput ? [] : choicesOf(property).map(({ name }) => name);
		expect(names).toEqual([...names].sort((a, b) => a.localeCompare(b)));
		const parts = property.type === 'collection' ? (property.options as INodeProperties[]) : [];
		const labels = parts.map(({ displayName }) => displayName);
		expect(labels).toEqual([...labels].sort((a, b) => a.localeCompare(b)));
	}
});

test('no text says what only programs know, ends twice or commands', () => {
	expect(texts().length).toBeGreaterThan(200);
	// The box of an expression, and a list of JSON's own names; "Key" is a field of COC's answer.
	const bad = texts().filter((text) =>
		/\bkeys?\b(?<!: Key)|\bshall\b|\.\.(?!\.)(?<!\.\.\.)| {2}/i.test(text),
	);
	expect(bad).toEqual([]);
});

test('"required" stands first in a description that says it', () => {
	const said = all().filter(({ description = '' }) => /\brequired\b/i.test(description));
	expect(said.length).toBeGreaterThan(5);
	for (const { description } of said) expect(description).toMatch(/^Required\b/);
});

test('a list that takes long says what else can be done', () => {
	const lists = all().flatMap(({ modes = [] }) => modes.filter(({ type }) => type === 'list'));
	expect(lists.length).toBeGreaterThan(5);
	for (const { typeOptions } of lists) {
		expect(typeOptions?.slowLoadNotice?.message).toContain('"By ID"');
		expect(typeOptions?.slowLoadNotice?.timeout).toBeLessThanOrEqual(4000);
	}
});

test('the description of Ticket says what the list holds for the operation', () => {
	const ofTickets = all().filter(
		({ name, displayOptions }) =>
			name === 'ticket' && displayOptions?.show?.resource?.[0] === 'incident',
	);
	const held = Object.fromEntries(
		ofTickets.map(({ displayOptions, description = '' }) => [
			displayOptions?.show?.operation?.[0] as string,
			/^The ticket to act on, by its number\. The list holds (.*), the newest first\.$/.exec(
				description,
			)?.[1],
		]),
	);
	const named = ofIncidents().map(({ value }) => String(value));
	const without = ['create', 'getAll'];
	expect(Object.keys(held)).toEqual(named.filter((operation) => !without.includes(operation)));
	for (const text of Object.values(held)) expect(text).toMatch(/^(all )?tickets/);
	expect(held).toMatchObject({
		get: 'all tickets',
		verify: 'tickets that are To Be Verified',
		reopen: 'tickets that are Rejected and on which COC offers this step now',
		forward: 'tickets that are Not Accepted or Accepted and on which COC offers this step now',
		addRemark: 'tickets on which COC offers this step now',
	});
});

describe.each(NODES)('beside %s', (name) => {
	const codex = () => descriptions[name]!.codex!;

	test('addresses lead to a page of this repository, without a fragment', () => {
		const { primaryDocumentation, credentialDocumentation } = codex().resources!;
		const repository = manifest.repository.url.replace(/^git\+|\.git$/g, '');
		for (const { url } of [...primaryDocumentation!, ...credentialDocumentation!]) {
			const [, path] = url.split(`${repository}/blob/main/`);
			expect([url, existsSync(join(root, path ?? '-'))]).toEqual([url, true]);
		}
	});

	test('a trigger leads to its own page', () => {
		const pages: Record<string, string> = {
			cocIncidentTrigger: 'trigger.md',
			cocNotificationTrigger: 'notifications.md',
		};
		const [{ url } = { url: '' }] = codex().resources!.primaryDocumentation!;
		for (const [trigger, page] of Object.entries(pages)) {
			expect(url.endsWith(`/docs/${page}`)).toBe(name === trigger);
		}
	});

	test('it is found by what people look for', () => {
		const aliases = codex().alias!.map((alias) => alias.toLowerCase());
		expect(aliases).toEqual(
			expect.arrayContaining([
				...['alarm', 'close', 'resolve', 'helpdesk', 'on-call', 'incident response', 'accept'],
			]),
		);
		expect(new Set(aliases).size).toBe(aliases.length);
	});

	test('a model that builds workflows is told what it is for', () => {
		const { builderHint, properties } = descriptions[name]!;
		expect(builderHint?.searchHint).toMatch(/Huawei Cloud COC/);
		const others = builderHint!.relatedNodes!.map(({ nodeType }) => nodeType);
		expect(others).toEqual(NODES.filter((other) => other !== name).map(typeOf));
		// n8n refuses to load a node with a hint on these.
		for (const { name: field, builderHint: hint } of properties) {
			if (['operation', 'resource', 'mode'].includes(field)) expect(hint).toBeUndefined();
		}
		const typesOf = (fields: INodeProperties[]) => new Set(fields.map(({ type }) => type));
		const fields = properties.flatMap(within);
		const hinted = typesOf(fields.filter((field) => field.builderHint));
		expect(hinted).toEqual(typesOf(fields.filter(({ type }) => type === 'resourceLocator')));
	});
});

test('the codex names the nodes that it belongs to', () => {
	for (const name of NODES) {
		const file = `${name.charAt(0).toUpperCase()}${name.slice(1)}`;
		const path = join(root, 'dist', 'nodes', file, `${file}.node.json`);
		expect(JSON.parse(readFileSync(path, 'utf8'))).toMatchObject({ node: typeOf(name) });
	}
});
