// The answer to the creation of a war room is lost: COC's record decides, and nobody is called twice.
import { describe, expect, test } from '@jest/globals';
import type { Fault, WarRoom } from '../../../../standin/index.cts';
import { OPERATOR, SUCCESS, useCoc } from '../../../../support/coc.cts';
import { DETAIL, failureOf, OTHER, outputOf } from '../../../../support/operate.cts';
import { byLength } from '../../../../support/length.cts';
import { useQuickTime } from '../../../../support/quickTime.cts';
import {
	accepted,
	bodiesAt,
	callsOf,
	create,
	CREATE,
	createOne,
	LIST,
	room,
	rooms,
} from './support.cts';

useQuickTime(byLength(25, 1));
/** Called when a creation has come in, whatever becomes of its answer. */
let meanwhile: (sent: number) => unknown = () => undefined;
const coc = useCoc({
	onAnswer: ({ path }) => {
		if (path === CREATE) meanwhile(bodiesAt(coc, CREATE).length);
	},
});
const lose = (fault: Fault = { kind: 'resetAfter' }) =>
	coc.standIn.fault({ times: 1, ...fault, match: { path: CREATE } });
const before: Fault = { kind: 'resetBefore' };
const add = (ticket: string, fields: Partial<WarRoom> = {}) => {
	meanwhile = (sent) => {
		if (sent === 1) coc.standIn.warRooms.add({ ticket, ...fields });
	};
};
const waits = () => {
	const at = coc.requests().filter(({ path }) => path === LIST);
	return at.slice(1).map((request, index) => request.at - at[index]!.at);
};
const ours = { title: 'Payments fail', admin: OPERATOR };

describe('what COC’s list has of it is done, and its number is told', () => {
	test.each<[string, Fault]>([
		['a reset', { kind: 'resetAfter' }],
		['a web page', { kind: 'html', apply: true }],
		['half an answer', { kind: 'truncated', apply: true }],
		['a gateway that gave up', { kind: 'status', status: 504, code: 'APIGW.0201', apply: true }],
	])('%s', async (_name, fault) => {
		meanwhile = () => undefined;
		const ticket = accepted(coc);
		lose(fault);
		const json = await outputOf(createOne(coc, ticket));
		expect(json).toMatchObject({
			...{ warRoom: rooms(coc)[0]?.number, outcome: 'recovered', ticket, response: null },
		});
		expect(Object.keys(json).slice(0, 3)).toEqual(['warRoom', 'outcome', 'ticket']);
		expect(bodiesAt(coc, CREATE)).toHaveLength(1);
	});

	test('beside an older one that looks just like it', async () => {
		const ticket = accepted(coc);
		coc.standIn.warRooms.add({ ticket, ...ours, status: '20', createTime: Date.now() - 90_000 });
		lose();
		const json = await outputOf(createOne(coc, ticket));
		expect(json).toMatchObject({ warRoom: rooms(coc)[1]?.number, outcome: 'recovered' });
	});

	test('though the list lags at first', async () => {
		coc.standIn.quirks.listLagMs = 5000;
		lose();
		const json = await outputOf(createOne(coc, accepted(coc)));
		expect(json).toMatchObject({ warRoom: rooms(coc)[0]?.number, outcome: 'recovered' });
		expect(bodiesAt(coc, CREATE)).toHaveLength(1);
	});
});

test('what two reads at least ten seconds apart don’t have, nor the ticket, is sent once more', async () => {
	meanwhile = () => undefined;
	lose(before);
	const json = await outputOf(createOne(coc, accepted(coc)));
	expect(json).toMatchObject({ warRoom: rooms(coc)[0]?.number, outcome: 'applied' });
	expect(rooms(coc)).toHaveLength(1);
	expect(callsOf(coc)).toEqual([
		...['detail', 'list', 'create', 'list', 'detail', 'list', 'detail', 'create'],
	]);
	expect(waits().at(-1)).toBeGreaterThanOrEqual(10_000);
});

test('once more, and not more: then it is unknown, with what was seen', async () => {
	meanwhile = () => undefined;
	lose({ ...before, times: 9 });
	const { error, outcome } = failureOf(await createOne(coc, accepted(coc)));
	expect(outcome).toBe('unknown');
	expect(error).toContain('no new war room of it is listed, and it names none');
	expect([bodiesAt(coc, CREATE).length, rooms(coc)]).toEqual([2, []]);
});

describe('what can’t be decided is unknown, sent once, and says where to look:', () => {
	const unknown = async (ticket: string, seen: RegExp, options = {}) => {
		const from = Date.now() - 1;
		const { error, outcome, ...details } = failureOf(await createOne(coc, ticket, {}, options));
		expect({ outcome, ticket: details.ticket }).toEqual({ outcome: 'unknown', ticket });
		expect(error).toMatch(seen);
		const [, at = ''] =
			/^It is not known whether the war room of ticket IM\d+ was created: .* It may have been applied: before you repeat it, look among COC's war rooms of IM\d+ for "Payments fail", led by 7da46971b7e24eed90cf777cc2ff8b91, created about (\S+Z); its people may have been called already\./.exec(
				error,
			) ?? [];
		expect(Date.parse(at)).toBeGreaterThanOrEqual(from);
		expect(bodiesAt(coc, CREATE)).toHaveLength(1);
	};

	test('another one that COC made by a rule, of another title', async () => {
		const ticket = accepted(coc);
		add(ticket, { title: 'P1: Payments fail (automatic)', admin: OTHER });
		lose(before);
		await unknown(ticket, /Seen in COC: it has the new war room WR\d+, which may be this one\./);
	});

	test('one of the same title that another person leads', async () => {
		const ticket = accepted(coc);
		add(ticket, { ...ours, admin: OTHER });
		lose(before);
		await unknown(ticket, /it has the new war room WR\d+/);
	});

	test('two that may be it', async () => {
		const ticket = accepted(coc);
		add(ticket, ours);
		lose();
		await unknown(ticket, /it has the new war rooms WR\d+, WR\d+, which/);
	});

	test('one that was there before the send, and that the list had not shown yet', async () => {
		const ticket = accepted(coc);
		coc.standIn.quirks.listLagMs = 600_000;
		meanwhile = () => (coc.standIn.quirks.listLagMs = 0);
		coc.standIn.warRooms.add({ ticket, ...ours, createTime: Date.now() - 58_000 });
		lose(before);
		await unknown(ticket, /it has the new war room WR\d+/);
	});

	test('a ticket that names a war room which the list doesn’t have', async () => {
		meanwhile = () => undefined;
		coc.standIn.quirks.listLagMs = 600_000;
		lose();
		await unknown(
			accepted(coc),
			/no new war room of it is listed, but it names the war room WR\d+/,
		);
	});

	test('a ticket that doesn’t say whether it names one', async () => {
		const ticket = accepted(coc);
		meanwhile = () => {
			const data = { incident_num: ticket, status: 'INCIDENT_STATUS_ACKNOWLEDGED' };
			const body = JSON.stringify({ ...SUCCESS, data });
			coc.standIn.fault({ kind: 'raw', status: 200, body, match: { path: DETAIL }, times: 9 });
		};
		lose(before);
		await unknown(ticket, /its war room could not be read \(IAM action coc:ticket:get\)/);
	});

	test('a list that can’t be read any more', async () => {
		const ticket = accepted(coc);
		meanwhile = () =>
			coc.standIn.fault({ kind: 'status', status: 403, match: { path: LIST }, times: 9 });
		lose();
		await unknown(ticket, /its list of war rooms could not be read \(IAM action coc:warroom:list/);
	});

	test.each<[string, string]>([
		['no list', '{"error_code":"GOM.00000000","data":{"total":1,"list":"none"}}'],
		['no object', '{"error_code":"GOM.00000000","data":[]}'],
		['rows of nothing', '{"error_code":"GOM.00000000","data":{"list":[{}]}}'],
		[
			'a war room without its number',
			`{"error_code":"GOM.00000000","data":{"list":[{"title":"Payments fail","admin":"${OPERATOR}"}]}}`,
		],
		['a page without end', '{"error_code":"GOM.00000000","data":{"list":[{"war_room_num":"W"}]}}'],
	])('a list that is none: %s', async (_name, body) => {
		const ticket = accepted(coc);
		meanwhile = () =>
			coc.standIn.fault({ kind: 'raw', status: 200, body, match: { path: LIST }, times: 99 });
		lose(before);
		await unknown(ticket, /Seen in COC: /);
	});
});

test('Retry On Fail doesn’t repeat it, and gives what is known of others', async () => {
	meanwhile = () => undefined;
	coc.standIn.quirks.listLagMs = 600_000;
	lose();
	const [lost, fine] = [accepted(coc), accepted(coc)];
	const retrying = { retryOnFail: true, maxTries: 3, waitBetweenTries: 0 };
	const items = [room(lost), room(fine)];
	const parameters = { options: { concurrency: 1 } };
	await create(coc, items, { ...retrying, onError: 'stopWorkflow', parameters });
	const sentFor = (ticket: string) =>
		bodiesAt(coc, CREATE).filter(({ incident_number }) => incident_number === ticket);
	expect(sentFor(lost)).toHaveLength(1);
	expect(sentFor(fine).length).toBeLessThanOrEqual(1);
});

test('after an unknown one no other item calls the people of that incident again', async () => {
	meanwhile = () => undefined;
	coc.standIn.quirks.listLagMs = 600_000;
	const [ticket, other] = [accepted(coc), accepted(coc)];
	lose();
	const { success, failed } = await create(coc, [room(ticket), room(ticket), room(other)], {
		parameters: { options: { concurrency: 1 } },
	});
	expect(failed.map(({ json }) => json.details.outcome)).toEqual(['unknown', 'notSent']);
	expect(failed[1]?.json.error).toContain('an earlier item of this run may have created one');
	expect(success).toMatchObject([{ json: { ticket: other, outcome: 'applied' } }]);
});

test('stopping the execution while COC’s record is read ends it without another send', async () => {
	const stop = new AbortController();
	meanwhile = () => stop.abort();
	lose(before);
	const ticket = accepted(coc);
	await coc.run(
		[room(ticket)],
		{
			parameters: {
				...{ resource: 'warRoom', operation: 'create' },
				...{ ticket: { __rl: true, mode: 'number', value: ticket } },
				administrator: { __rl: true, mode: 'id', value: OPERATOR },
			},
		},
		{ signal: stop.signal },
	);
	await new Promise((resolve) => setTimeout(resolve, 300));
	expect(bodiesAt(coc, CREATE)).toHaveLength(1);
});

describe('what provably created nothing is sent again:', () => {
	test.each<[string, Fault]>([
		['a gateway that throttles', { kind: 'status', status: 429 }],
		['a gateway that doesn’t reach IAM', { kind: 'status', status: 503 }],
	])('%s', async (_name, fault) => {
		meanwhile = () => undefined;
		lose({ ...fault, times: 2 });
		expect(await outputOf(createOne(coc, accepted(coc)))).toMatchObject({ outcome: 'applied' });
		expect(rooms(coc)).toHaveLength(1);
		expect(bodiesAt(coc, CREATE)).toHaveLength(3);
	});
});
