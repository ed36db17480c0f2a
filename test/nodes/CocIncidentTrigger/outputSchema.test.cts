// What n8n is told of the trigger's output before it has run.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from '@jest/globals';
import { schemaOf } from '../../support/schemaOf.cts';
import { move, TYPE, useCoc } from './poller.cts';

const trigger = useCoc();
const built = join(__dirname, '..', '..', '..', 'dist', 'nodes', 'CocIncidentTrigger');

test('the schema has the fields that an event really has', async () => {
	const activated = await trigger.activate({ parameters: { events: ['statusChanged'] } });
	const { number } = trigger.standIn.addTicket({ status: 'INCIDENT_STATUS_ACKNOWLEDGED' });
	await activated.poll();
	move(trigger.standIn, number, 'INCIDENT_STATUS_RESOLVED', Date.now());
	const { events } = await activated.poll();
	// Without names and words, n8n looks for this file.
	const file = join(built, '__schema__', 'v1.0.0', 'output.json');
	const { version, ...schema } = JSON.parse(readFileSync(file, 'utf8')) as { version: number };
	expect(version).toBe(trigger.packages.getByNameAndVersion(TYPE).description.version);
	expect(schema).toEqual(schemaOf(events?.[0]));
	const { properties } = schema as unknown as { properties: object };
	expect(Object.keys(properties)).toEqual(Object.keys(events![0]!));
});
