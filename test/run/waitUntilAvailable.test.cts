// Wait Until Available: COC creates behind the scenes, and the next node wants to act at once.
import { describe, expect, test } from '@jest/globals';
import type { Fault } from '../standin/index.cts';
import { DETAIL, operate } from '../support/operate.cts';
import { useCoc } from '../support/coc.cts';
import { creations, incident } from '../nodes/CocIncident/operations/newIncident.cts';
import { inReality, useQuickTime } from '../support/quickTime.cts';

let onRead: (reads: number) => void = () => undefined;
useQuickTime();
const coc = useCoc({
	onAnswer({ path }) {
		if (DETAIL.test(path)) onRead(reads());
	},
});
const reads = () => coc.requests().filter(({ path }) => DETAIL.test(path)).length;
const waiting = { parameters: { options: { waitUntilAvailable: true } } };
const match = { path: DETAIL };
const notYet: Fault = {
	...{ kind: 'errorCode', status: 400, code: 'COC.00067003', message: 'Not there' },
	match,
};

test('without it nothing is read, and nothing said about it', async () => {
	const { success } = await operate(coc, 'create', [incident()]);
	expect(success[0]?.json).not.toHaveProperty('available');
	expect(reads()).toBe(0);
});

test('with it one read is enough when the ticket is there', async () => {
	const { success } = await operate(coc, 'create', [incident()], waiting);
	expect(success[0]?.json).toMatchObject({ outcome: 'applied', available: true });
	expect(reads()).toBe(1);
});

describe('it looks again, at growing intervals,', () => {
	test.each<[string, Fault]>([
		['while the ticket isn’t there', notYet],
		[
			'while it is a draft',
			{
				...{ kind: 'raw', status: 200, match },
				body: '{"error_code":"0","data":{"incident_num":"IM1","status":"incident_draft"}}',
			},
		],
	])(
		'%s',
		async (_name, fault) => {
			coc.standIn.fault({ ...fault, times: 2 });
			const { success } = await operate(coc, 'create', [incident()], waiting);
			expect(success[0]?.json).toMatchObject({ outcome: 'applied', available: true });
			expect(reads()).toBe(3);
			const [, first = 0, second = 0, third = 0] = coc.requests().map(({ at }) => at);
			expect(second - first).toBeGreaterThanOrEqual(950);
			expect(third - second).toBeGreaterThanOrEqual(1450);
		},
		20_000,
	);
});

test('a user who may not read gets the ticket at once, as not known to be available', async () => {
	coc.credential.data.token = coc.standIn.issueToken({ permissions: ['coc:ticket:create'] });
	const { success } = await operate(coc, 'create', [incident()], waiting);
	expect(success[0]?.json).toMatchObject({ outcome: 'applied', available: false });
	expect(reads()).toBe(1);
});

test('stopping the execution ends the wait', async () => {
	coc.standIn.fault({ ...notYet, times: 99 });
	const stop = new AbortController();
	onRead = () => stop.abort();
	await coc.run(
		[incident()],
		{ parameters: { operation: 'create', ...incident(), ...waiting.parameters } },
		{ signal: stop.signal },
	);
	onRead = () => undefined;
	await new Promise((resolve) => setTimeout(resolve, 1500));
	expect(reads()).toBe(1);
	expect(creations(coc)).toHaveLength(1);
});

test('it gives up after a minute, and the creation counts all the same', async () => {
	coc.standIn.fault({ ...notYet, times: 999 });
	const from = Date.now();
	const { success } = await operate(coc, 'create', [incident()], waiting);
	expect(success[0]?.json).toMatchObject({ outcome: 'applied', available: false });
	expect(Date.now() - from).toBeGreaterThan(55_000);
	expect(Date.now() - from).toBeLessThan(60_000 + inReality(15_000));
	expect(reads()).toBeLessThan(20);
	expect(creations(coc)).toHaveLength(1);
}, 90_000);
