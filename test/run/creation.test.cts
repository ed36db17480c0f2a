// The answer to a creation is lost: it is never repeated, and the message says how to look for it.
import { describe, expect, test } from '@jest/globals';
import type { Fault } from '../standin/index.cts';
import { failureOf, operate } from '../support/operate.cts';
import { OPERATOR, useCoc } from '../support/coc.cts';
import { CREATE, creations, incident } from '../nodes/CocIncident/operations/newIncident.cts';
import { useQuickTime } from '../support/quickTime.cts';

useQuickTime();
const coc = useCoc();
const quick = { parameters: { options: { timeout: 2000 } } };
const lost: Array<[string, Fault]> = [
	['a reset before COC acted', { kind: 'resetBefore' }],
	['a reset after it', { kind: 'resetAfter' }],
	['no answer in time', { kind: 'hang', apply: true }],
	['a web page', { kind: 'html', apply: true }],
	['half an answer', { kind: 'truncated', apply: true }],
	['an error of COC', { kind: 'errorCode', status: 500, code: 'COC.1', message: 'Oh' }],
	['a gateway that gave up', { kind: 'status', status: 504, code: 'APIGW.0201', apply: true }],
];

test.each(lost)('%s: unknown, sent once', async (_name, fault) => {
	coc.standIn.fault({ ...fault, times: 9 });
	const from = Date.now() - 1;
	const run = await operate(coc, 'create', [incident({ title: 'Pay\nments' })], quick);
	const { error, outcome, ticket } = failureOf(run);
	expect({ outcome, ticket }).toEqual({ outcome: 'unknown', ticket: null });
	expect(creations(coc)).toHaveLength(1);
	const [, at = ''] =
		/^It is not known whether the incident was created: .*It may have been applied: before you repeat it, look among COC's incidents for "Pay ments", created by 7da46971b7e24eed90cf777cc2ff8b91 about (\S+Z)\./.exec(
			error,
		) ?? [];
	expect(Date.parse(at)).toBeGreaterThanOrEqual(from);
	expect(Date.parse(at)).toBeLessThanOrEqual(Date.now());
});

test('one whose service wants to be left alone says where to look, and from when on', async () => {
	const fault: Fault = { kind: 'status', status: 503, code: 'APIGW.0201', retryAfter: '3600' };
	coc.standIn.fault({ ...fault, apply: true });
	const { error, outcome } = failureOf(await operate(coc, 'create', [incident()], quick));
	expect(outcome).toBe('unknown');
	expect(error).toMatch(/before you repeat it, look among COC's incidents for /);
	expect(error).toMatch(/COC asks to be left alone for 60 minutes, until 20\S+Z\.$/);
});

test('Retry On Fail doesn’t repeat it either', async () => {
	coc.standIn.fault({ kind: 'resetAfter' });
	const retrying = { retryOnFail: true, maxTries: 3, waitBetweenTries: 0 };
	const items = [incident({ title: 'Lost' }), incident({ title: 'Fine' })];
	await operate(coc, 'create', items, { ...retrying, onError: 'stopWorkflow' });
	expect(creations(coc).filter((body) => body.includes('Lost'))).toHaveLength(1);
	expect(creations(coc).filter((body) => body.includes('Fine')).length).toBeLessThanOrEqual(1);
});

describe('what provably created nothing is sent again:', () => {
	test.each<[string, Fault]>([
		['a gateway that throttles', { kind: 'status', status: 429 }],
		['a gateway that doesn’t reach IAM', { kind: 'status', status: 503 }],
	])('%s', async (_name, fault) => {
		coc.standIn.fault({ ...fault, match: { path: CREATE }, times: 2 });
		const { success } = await operate(coc, 'create', [incident()]);
		expect(success[0]?.json).toMatchObject({ outcome: 'applied', creator: OPERATOR });
		expect(creations(coc)).toHaveLength(3);
		expect(coc.standIn.tickets.all()).toHaveLength(1);
	});
});
