// The option Timeout bounds the whole exchange, the answer's body included.
import { createServer } from 'node:http';
import { describe, expect, test } from '@jest/globals';
import { endServersAfterEach, listen } from '../../support/loopback.cts';
import { forbidReading, useCoc } from '../../support/coc.cts';
import { HANDLE, withOptions } from '../../support/watch.cts';

endServersAfterEach();
const coc = useCoc();

describe('time-outs', () => {
	const run = async (timeout: number) => {
		const started = Date.now();
		// What was read back is another matter: here, nothing can be.
		forbidReading(coc);
		const { failed } = await coc.verify([{}], withOptions({ timeout }));
		return { took: Date.now() - started, outcome: failed[0]?.json.details.outcome };
	};

	test.each([
		['an answer that never comes', { kind: 'hang' as const }],
		['an answer byte by byte', { kind: 'drip' as const, everyMs: 100 }],
		['an answer that comes too late', { kind: 'latency' as const, ms: 20_000 }],
	])('bound %s', async (_name, fault) => {
		coc.standIn.fault(fault);
		const { took, outcome } = await run(200);
		expect(outcome).toBe('unknown');
		expect(took).toBeGreaterThanOrEqual(190);
		expect(took).toBeLessThan(10_000);
	});

	test('bound the look at the record as well, when that hangs too', async () => {
		coc.standIn.fault({ kind: 'resetAfter', match: { path: HANDLE } });
		coc.standIn.fault({ kind: 'hang', times: 99 });
		const { failed } = await coc.verify([{}], withOptions({ timeout: 700 }));
		expect(failed[0]?.json.details.outcome).toBe('unknown');
		// 4 × 0.7 s and 4 s, of which each request takes 0.7 s.
		expect(coc.requests().length - 1).toBeGreaterThan(0);
		expect(coc.requests().length - 1).toBeLessThanOrEqual(10);
	});

	test('do not keep a good answer', async () => {
		expect((await run(300_000)).took).toBeLessThan(10_000);
	});

	test('count for each item anew', async () => {
		coc.standIn.fault({ kind: 'latency', ms: 1500, times: 3 });
		const { success } = await coc.verify([{}, {}, {}], {
			parameters: { options: { timeout: 4000 } },
		});
		expect(success).toHaveLength(3);
	});

	test.each([
		['an answer that never comes', 0, 200],
		['an answer that is too large and stalls, long before the time-out', 2_000_000, 60_000],
	])('leave no connection behind: %s', async (_name, size, timeout) => {
		const closed: Array<Promise<unknown>> = [];
		const server = createServer((request, response) => {
			if (request.url !== HANDLE) {
				response.writeHead(403).end('{"error_code":"APIGW.0302","error_msg":"No"}');
				return;
			}
			closed.push(new Promise((resolve) => response.once('close', resolve)));
			if (size > 0) response.write('x'.repeat(size));
		});
		coc.credential.data.endpoint = `http://127.0.0.1:${await listen(server)}`;
		const started = Date.now();
		expect((await run(timeout)).outcome).toBe('unknown');
		expect(closed).toHaveLength(1);
		await closed[0];
		expect(Date.now() - started).toBeLessThan(10_000);
	});
});
