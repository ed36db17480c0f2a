/** What COC does that a client had better be prepared for. */
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import {
	type Answered,
	call,
	CREATE,
	DETAIL,
	HANDLE,
	handling,
	HISTORIES,
	LIST,
	LIST_V2,
	OPERATOR,
	refuses,
	succeeds,
} from './client.cts';
import { type StandIn, startStandIn } from './index.cts';

let now: number;
let standIn: StandIn;
beforeEach(async () => {
	now = 1_795_510_800_000;
	standIn = await startStandIn({ now: () => now });
});
afterEach(() => standIn.close());

const post = (path: string, body: unknown) => call(standIn, path, { body });
function dataOf<T>(answered: Answered): T {
	succeeds(answered, expect.anything());
	return (answered.json as { data: T }).data;
}

describe('a creation that finishes later', () => {
	const incident = {
		incident_level: 'level_50',
		is_service_interrupt: 'false',
		incident_type: 'inc_type_p_security_issues',
		incident_title: 'Orders are not confirmed',
		incident_source: 'incident_source_forwarding',
		creator: OPERATOR,
		incident_assignee: [OPERATOR],
	};
	const create = async () =>
		dataOf<{ incident_num: string }>(await post(CREATE, incident)).incident_num;
	const totals = async (number: string) => {
		const filters = [{ field: 'ticket_id', operator: '=', values: [number] }];
		const answers = [
			await call(standIn, LIST),
			await post(LIST_V2, {}),
			await post(HISTORIES, { string_filters: filters }),
		];
		return answers.map((answered) => dataOf<{ total: number }>(answered).total);
	};

	test('leaves the ticket unknown to every call until then', async () => {
		standIn.quirks.creationMs = 10_000;
		const number = await create();
		const accept = handling(number, 'acceptedIncident1');
		const v2Histories = `/v2/incidents/${number}/histories`;

		now += 9999;
		expect(await totals(number)).toEqual([0, 0, 0]);
		for (const answered of [
			await call(standIn, `${DETAIL}/${number}`),
			await post(HANDLE, accept),
			await post(v2Histories, {}),
		]) {
			refuses(answered, /does not exist/, 'COC.00067003');
		}
		expect(standIn.tickets.get(number)).toMatchObject({ status: 'INCIDENT_STATUS_TRIGGERED' });
		expect(standIn.tickets.all()).toHaveLength(1);

		now += 1;
		expect(await totals(number)).toEqual([1, 1, 1]);
		expect(dataOf(await call(standIn, `${DETAIL}/${number}`))).toMatchObject({
			incident_num: number,
			create_time: now - 10_000,
		});
		expect(dataOf(await post(v2Histories, {}))).toMatchObject({ total: 1 });
		succeeds(await post(HANDLE, accept));
	});

	test('is no matter by default, or for a ticket that a test adds', async () => {
		expect(await totals(await create())).toEqual([1, 1, 1]);
		standIn.quirks.creationMs = 10_000;
		expect(await totals(standIn.addTicket().number)).toEqual([2, 2, 0]);
	});
});
