import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, afterEach, beforeAll, describe, expect, test } from '@jest/globals';
import { call, HANDLE, LIST, succeeds, verifying } from './client.cts';
import { type Fault, type StandIn, startStandIn, type Ticket } from './index.cts';

describe.each([false, true])('a lost or useless answer, with TLS: %p', (tls) => {
	let standIn: StandIn;
	const verify = (ticket: Ticket, signal?: AbortSignal) =>
		call(standIn, HANDLE, { body: verifying(ticket.number), ...(signal ? { signal } : {}) });
	const last = () => standIn.requests.at(-1);

	beforeAll(async () => {
		standIn = await startStandIn({ tls });
	});
	afterEach(() => standIn.clearFaults());
	afterAll(() => standIn.close());

	describe('reset', () => {
		test('before: COC did nothing', async () => {
			const ticket = standIn.addTicket();
			standIn.fault({ kind: 'resetBefore' });
			await expect(verify(ticket)).rejects.toMatchObject({ code: 'ECONNRESET', syscall: 'read' });
			expect(ticket.status).toBe('INCIDENT_STATUS_RESOLVED');
			expect(last()).toMatchObject({ applied: false, status: null });
		});

		test('after: COC did it', async () => {
			const ticket = standIn.addTicket();
			standIn.fault({ kind: 'resetAfter' });
			await expect(verify(ticket)).rejects.toMatchObject({ code: 'ECONNRESET', syscall: 'read' });
			expect(ticket.status).toBe('INCIDENT_STATUS_COMPLETED');
			expect(last()).toMatchObject({ applied: true, status: null });
		});

		test('hits only its own connection', async () => {
			const ticket = standIn.addTicket();
			standIn.fault({ kind: 'latency', ms: 100, match: { path: LIST } });
			const other = call(standIn, LIST);
			standIn.fault({ kind: 'resetBefore', match: { ticket: ticket.number } });
			await expect(verify(ticket)).rejects.toThrow();
			expect((await other).status).toBe(200);
		});
	});

	describe('an answer that never comes in whole', () => {
		const kinds: Fault[] = [{ kind: 'hang' }, { kind: 'endless' }, { kind: 'drip', everyMs: 20 }];
		test.each(kinds)('$kind lasts until the client gives up', async (fault) => {
			const ticket = standIn.addTicket();
			standIn.fault(fault);
			await expect(verify(ticket, AbortSignal.timeout(1000))).rejects.toThrow();
			expect(ticket.status).toBe('INCIDENT_STATUS_RESOLVED');
			expect(last()).toMatchObject({ status: fault.kind === 'hang' ? null : 200, applied: false });
		});

		test('truncated: the connection is lost in the middle', async () => {
			standIn.fault({ kind: 'truncated' });
			await expect(verify(standIn.addTicket())).rejects.toMatchObject({ code: 'ECONNRESET' });
			expect(last()).toMatchObject({ status: 200, applied: false });
		});
	});

	test('truncated and complete: only the JSON is broken', async () => {
		standIn.fault({ kind: 'truncated', complete: true });
		const answered = await verify(standIn.addTicket());
		expect(answered).toMatchObject({ status: 200, json: undefined });
		expect(answered.text).toMatch(/^\{"provider_code":"049"/);
	});

	test('drip: the whole answer in the end', async () => {
		const ticket = standIn.addTicket();
		standIn.fault({ kind: 'drip', everyMs: 1, apply: true });
		const began = performance.now();
		succeeds(await verify(ticket));
		expect(performance.now() - began).toBeGreaterThan(70);
		expect(ticket.status).toBe('INCIDENT_STATUS_COMPLETED');
	});

	const applicable: Fault[] = [
		{ kind: 'hang' },
		{ kind: 'status', status: 504 },
		{ kind: 'html' },
		{ kind: 'empty' },
		{ kind: 'truncated' },
		{ kind: 'endless' },
		{ kind: 'drip', everyMs: 1 },
		{ kind: 'errorCode', code: 'GOM.00007256', message: 'no' },
		{ kind: 'redirect', location: 'http://127.0.0.1/' },
		{ kind: 'raw', status: 200, body: '' },
	] as const;
	test.each(applicable)('$kind with apply: COC did it all the same', async (fault) => {
		for (const apply of [true, false]) {
			const ticket = standIn.addTicket();
			standIn.fault({ ...fault, apply } as Fault);
			await verify(ticket, AbortSignal.timeout(400)).catch(() => undefined);
			// On a busy machine the client gives up before the stand-in has got to the change.
			for (let wait = 0; wait < 100 && last()?.applied !== apply; wait++) await sleep(50);
			const status = apply ? 'INCIDENT_STATUS_COMPLETED' : 'INCIDENT_STATUS_RESOLVED';
			expect({ status: ticket.status, applied: last()?.applied }).toEqual({
				status,
				applied: apply,
			});
		}
	});

	test('with apply, a refusal stays one', async () => {
		const ticket = standIn.addTicket({ status: 'INCIDENT_STATUS_TRIGGERED' });
		standIn.fault({ kind: 'html', apply: true });
		await verify(ticket);
		expect(last()).toMatchObject({ applied: false });
	});
});
