/** What the trigger makes of data as COC has them, and of answers that aren't COC's. */
import { afterEach, beforeEach, describe, expect, jest, test } from '@jest/globals';
import { named, useCoc } from './poller.cts';

const created = { parameters: { events: ['incidentCreated'] } };
let now = Date.now();
const coc = useCoc(() => (now += 1));
const later = () => (now += 60_000);
const create = (fields = {}) => {
	return coc.standIn.addTicket({ status: 'INCIDENT_STATUS_TRIGGERED', ...fields }).number;
};
// The shortest back-off there is.
beforeEach(() => void jest.spyOn(Math, 'random').mockReturnValue(0));
afterEach(() => void jest.restoreAllMocks());

test.each([true, false])('a digest comes out as it is (simplified: %p)', async (simplify) => {
	const title = `Rollback of app@sha256:${'0123456789abcdef'.repeat(4)} fails`;
	const trigger = await coc.activate({ parameters: { ...created.parameters, simplify } });
	later();
	create({ title });
	const { events } = await trigger.poll();
	expect(events?.[0]?.incident[simplify ? 'title' : 'incident_title']).toBe(title);
});

describe('something in COC’s place answers:', () => {
	test.each([400, 401, 403, 404, 418])('a page with HTTP %d', async (status) => {
		const trigger = await coc.activate(created);
		later();
		const ticket = create();
		const body = '<title>Request blocked</title>';
		coc.standIn.fault({ kind: 'raw', status, body });
		const { error } = await trigger.poll();
		expect(error?.message).toContain(`something between n8n and COC answered (HTTP ${status})`);
		expect(error?.message).toMatch(/"Request blocked".*a proxy, a firewall, a login page/);
		expect(error?.message).toMatch(/'Endpoint'\. No event is lost/);
		expect(error?.message).not.toMatch(/token|'Filters'|permission|no COC API/);
		expect(error?.failure).toBeUndefined();
		later();
		expect(named(await trigger.poll())).toEqual([`incidentCreated ${ticket}`]);
	});

	test('a login page with HTTP 200', async () => {
		const trigger = await coc.activate(created);
		coc.standIn.fault({ kind: 'raw', status: 200, body: '<h1>Sign in</h1>', times: 9 });
		const { error } = await trigger.poll();
		expect(error?.message).toMatch(/"Sign in".*a proxy, a firewall, a login page/);
	}, 60_000);
});

test('the network’s code is quoted, and nothing of n8n’s stands in its place', async () => {
	const trigger = await coc.activate(created);
	const { data } = coc.credential;
	const { endpoint } = data;
	data.endpoint = 'http://127.0.0.1:1';
	const { error } = await trigger.poll();
	data.endpoint = endpoint!;
	expect(error?.message).toContain('127.0.0.1:1 refused the connection (ECONNREFUSED)');
	expect(error?.message).not.toMatch(/perhaps/);
	expect(error?.failure?.cause).toBe('temporarily-unavailable');
}, 60_000);
