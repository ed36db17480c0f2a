// War rooms as tools of an AI agent: nobody is rung up unless a person said so.
import { describe, expect, test } from '@jest/globals';
import {
	type IDataObject,
	type INodeProperties,
	type INodePropertyOptions,
	NodeHelpers,
} from 'n8n-workflow';
import { runWorkflow } from '../../../../engine/index.cts';
import { NODE, TYPE, useCoc, verifyWorkflow } from '../../../../support/coc.cts';
import { nodeWith, shownIn } from '../../../../support/inEditor.cts';
import { parametersOf } from '../../../../support/operate.cts';
import { asTool, TOOL, withTool } from '../../../../support/tools.cts';
import { accepted, bodiesAt, CREATE, room } from './support.cts';

const coc = useCoc();
const chosen = { resource: 'warRoom', operation: 'create' };

/** What the editor offers as notification modes. */
function offered(isTool: boolean): string[] {
	const { description } = isTool ? asTool(coc.packages) : coc.packages.getByNameAndVersion(TYPE);
	const collection = shownIn(description, chosen).find(({ name }) => name === 'additionalFields');
	const node = nodeWith(description, chosen);
	const shown = (collection?.options as INodeProperties[]).filter(
		(part) =>
			part.name === 'notificationModes' &&
			NodeHelpers.displayParameter(chosen, part, node, description),
	);
	expect(shown).toHaveLength(1);
	expect(shown[0]?.default).toEqual([]);
	return (shown[0]?.options as INodePropertyOptions[]).map(({ name }) => name);
}

test('a person is offered the phone by its name, an agent is not', () => {
	expect(offered(false)).toEqual(['DingTalk', 'Lark', 'Phone Call', 'SMS', 'WeCom']);
	expect(offered(true)).toEqual(['DingTalk', 'Lark', 'SMS', 'WeCom']);
});

describe('the tool', () => {
	const runTool = async (ticket: string) => {
		const fields = room(ticket);
		return await runWorkflow({
			workflow: verifyWorkflow({
				...{ type: TOOL, onError: 'stopWorkflow' as const },
				parameters: { ...parametersOf('create', Object.keys(fields)), ...chosen },
			}),
			packages: withTool(coc.packages),
			credentials: { a: coc.credential },
			input: [fields as IDataObject],
		});
	};

	test('creates one by what a model fills, without a call', async () => {
		const ticket = accepted(coc);
		const run = await runTool(ticket);
		expect(run.outputs(NODE)[0]?.json).toMatchObject({ ticket, outcome: 'applied' });
		expect(bodiesAt(coc, CREATE)[0]).not.toHaveProperty('notification_modes');
	});

	test('gives the same one to an agent that asks again', async () => {
		const ticket = accepted(coc);
		const [first, second] = [await runTool(ticket), await runTool(ticket)];
		expect(second.outputs(NODE)[0]?.json).toMatchObject({
			...{ outcome: 'existing', warRoom: first.outputs(NODE)[0]?.json.warRoom },
		});
		expect(bodiesAt(coc, CREATE)).toHaveLength(1);
	});

	test('tells an agent what is possible instead', async () => {
		const ticket = accepted(coc, { status: 'INCIDENT_STATUS_TRIGGERED' });
		const { executionError } = await runTool(ticket);
		expect(executionError?.message).toContain('Possible in this status: Accept, Forward, Reject.');
	});
});
