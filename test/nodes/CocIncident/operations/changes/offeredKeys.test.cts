// Keys of COC's tasks are anybody's text: they are sent as they came, and shown as a person can read.
import { expect, test } from '@jest/globals';
import { changes } from '../../../../support/changes.cts';
import { useCoc } from '../../../../support/coc.cts';
import { actionsSent, failureOf, offerTasks, operate } from '../../../../support/operate.cts';

const coc = useCoc();
const prepared = () => ({ ticket: coc.ticket(changes.resume.ticket()) });
const node = (operations: unknown) => ({
	...{ type: 'OperateNode', key: 'n1', name: '处理', state: 'running', operations },
});

test('a message stays readable, however many keys COC offers instead', async () => {
	const many = Array.from({ length: 900 }, (_, index) =>
		node([{ task_id: 't', key: `${'x'.repeat(900)}${index}` }]),
	);
	offerTasks(coc, many);
	const { error, outcome } = failureOf(await operate(coc, 'resume', [prepared()]));
	expect(outcome).toBe('notSent');
	expect(error.length).toBeLessThan(10_000);
	expect(actionsSent(coc)).toEqual([]);
});

test('a message holds no control characters of COC’s keys', async () => {
	offerTasks(coc, [node([{ task_id: 't', key: 'own\u001b[31m\u202e' }])]);
	const { error } = failureOf(await operate(coc, 'resume', [prepared()]));
	for (const character of ['\u001b', '\u202e']) expect(error).not.toContain(character);
});

test('a key with white space around it is sent as COC offers it', async () => {
	// As on the page of the action itself.
	offerTasks(coc, [node([{ task_id: 't', key: ' recovery' }])]);
	await operate(coc, 'resume', [prepared()]);
	expect(actionsSent(coc)).toMatchObject([{ task_id: 't', action: ' recovery' }]);
});
