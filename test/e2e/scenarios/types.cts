import assert from 'node:assert/strict';
import type { Context } from '../context.cts';
import type { Scenario } from '../scenario.cts';
import { credentialType, nodeType, toolType } from '../workflows.cts';

interface TypeDescription {
	name: string;
	iconUrl?: string | { light: string; dark: string };
	outputs?: unknown;
}

/** The editor finds what the package brings. */
export const types: Scenario[] = [
	{
		name: 'the node and its tool variant are listed, with icons that are served',
		async run(context) {
			const nodes = await listTypes(context, 'nodes');
			for (const type of [nodeType, toolType]) {
				await assertIcons(context, nodes.find(({ name }) => name === type) ?? missing(type));
			}
		},
	},
	{
		name: 'the credential type is listed, with icons that are served',
		async run(context) {
			const credentials = await listTypes(context, 'credentials');
			const found = credentials.find(({ name }) => name === credentialType);
			await assertIcons(context, found ?? missing(credentialType));
		},
	},
	{
		name: 'the editor is told the output fields before a first run',
		async run(context) {
			const response = await get(context, `/schemas/${nodeType}/1.0.0/incident/verify.json`);
			assert.equal(response.status, 200);
			const schema = (await response.json()) as { properties: Record<string, unknown> };
			assert.deepEqual(Object.keys(schema.properties).sort(), [
				'comment',
				'operator',
				'outcome',
				'response',
				'result',
				'ticket',
			]);
		},
	},
];

/** All types that this n8n has. */
export async function listTypes(
	context: Context,
	kind: 'nodes' | 'credentials',
): Promise<TypeDescription[]> {
	return (await (await get(context, `/types/${kind}.json`)).json()) as TypeDescription[];
}

async function assertIcons(context: Context, { name, iconUrl }: TypeDescription): Promise<void> {
	assert.ok(typeof iconUrl === 'object', `${name} has no light and dark icon`);
	for (const url of [iconUrl.light, iconUrl.dark]) {
		const response = await get(context, `/${url}`);
		assert.equal(response.status, 200, url);
		assert.match(await response.text(), /<svg/, url);
	}
}

async function get({ server, client }: Context, path: string): Promise<Response> {
	return await fetch(server.url + path, { headers: { cookie: client.cookieHeader() } });
}

function missing(type: string): never {
	throw new Error(`${type} isn't listed`);
}
