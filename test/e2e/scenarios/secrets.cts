import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Context } from '../context.cts';
import type { Scenario } from '../scenario.cts';
import { spellings } from '../../support/spellings.cts';

/** Looks back at all scenarios before it: must stay the last one. */
export const secrets: Scenario[] = [
	{
		name: 'no secret is in any stored execution, in any file of n8n, nor in its log',
		async run(context) {
			const texts = await storedTexts(context);
			const placesOf = (part: string) =>
				texts.filter(([, text]) => text.includes(part)).map(([place]) => place);

			// The search must be able to find: a ticket is in executions and in the database.
			const ticket = context.coc.tickets.all()[0]?.number ?? '';
			const found = placesOf(ticket).join();
			assert.match(found, /execution/);
			assert.match(found, /database\.sqlite/);
			for (const [kind, values] of Object.entries(secretsOf(context))) {
				assert.ok(values.length > 0, kind);
				for (const spelling of values.flatMap(spellings)) {
					assert.deepEqual(placesOf(spelling), [], kind);
				}
			}
		},
	},
];

function secretsOf({ coc, secrets, users }: Context): Record<string, string[]> {
	const signatures = coc.requests.flatMap(
		({ headers }) => /Signature=(\w+)/.exec(headers.authorization ?? '')?.[1] ?? [],
	);
	return { entered: secrets, sessions: users.flatMap(({ tokens }) => tokens), signatures };
}

/** All that n8n has stored, each with its place. */
async function storedTexts({ client, server }: Context): Promise<Array<[string, string]>> {
	const folder = join(server.folder, '.n8n');
	const files = readdirSync(folder, { withFileTypes: true }).filter((entry) => entry.isFile());
	const executions = await client.storedExecutions();
	return [
		...executions.map((text, index): [string, string] => [`execution ${index + 1}`, text]),
		...files.map(({ name }): [string, string] => [name, readFileSync(join(folder, name), 'utf8')]),
		['log', withoutPaths(server.log())],
	];
}

/**
 * n8n's own log names the path of each request to a webhook, and with it a secret that a sender shows
 * there: docs/notifications.md says so.
 */
function withoutPaths(log: string): string {
	const namesPath = /Received webhook "POST" for path "|Error in handling webhook request POST /;
	const lines = log.split('\n');
	return lines.filter((line) => !namesPath.test(line)).join('\n');
}
