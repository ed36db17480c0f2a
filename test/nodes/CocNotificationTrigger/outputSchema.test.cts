// What n8n is told of the trigger's output before it has run.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from '@jest/globals';
import { schemaOf } from '../../support/schemaOf.cts';
import { TYPE, usePush } from './receiver.cts';

const push = usePush();
const built = join(__dirname, '..', '..', '..', 'dist', 'nodes', 'CocNotificationTrigger');

test('the schema has the fields that an event really has', async () => {
	const server = await push.publish({ parameters: { events: ['statusChanged'] } });
	const createTime = Date.now() - 3_600_000;
	const { number } = push.standIn.addTicket({ status: 'INCIDENT_STATUS_TRIGGERED', createTime });
	for (const status of ['INCIDENT_STATUS_ACKNOWLEDGED', 'INCIDENT_STATUS_RESOLVED'] as const) {
		push.to(number, status);
		const body = push.smn.message({ subject: 'Changed', message: `${number} has changed` });
		await push.smn.send(server.url, body);
		await server.settled();
	}
	const event = server.executions[1]?.[0]?.json;
	const file = join(built, '__schema__', 'v1.0.0', 'output.json');
	const { version, ...schema } = JSON.parse(readFileSync(file, 'utf8')) as { version: number };
	expect(version).toBe(push.packages.getByNameAndVersion(TYPE).description.version);
	expect(schema).toEqual(schemaOf(event));
	const { properties } = schema as unknown as { properties: object };
	expect(Object.keys(properties)).toEqual(Object.keys(event!));
});
