// What COC offers, and which of it the node must take: a wrong task answers something else.
import { describe, expect, test } from '@jest/globals';
import { OTHER, ACTIONS, DETAIL, HISTORY, entry, failureOf, operate } from '../support/operate.cts';
import { openApproval, type Ticket } from '../standin/index.cts';
import { SUCCESS, useCoc } from '../support/coc.cts';
import { useIamUser } from '../support/iamUser.cts';
import { byLength } from '../support/length.cts';
import { useQuickTime } from '../support/quickTime.cts';

// v2's record is read three times, five seconds and more apart.
useQuickTime(byLength(20, 5));
const TASKS = /^\/v2\/incidents\/[^/]+\/tasks$/;
let onRequest: (path: string) => void = () => undefined;
let onHistory: () => void = () => undefined;
const coc = useCoc({
	onRequest({ path }) {
		if (path === HISTORY) onHistory();
		onRequest(path);
	},
});
const asIamUser = useIamUser(coc);
const sends = (ticket: string) => coc.requests(ticket).filter(({ path }) => ACTIONS.test(path));
const lose = (kind: 'resetAfter' | 'resetBefore') =>
	coc.standIn.fault({ kind, times: 1, match: { path: ACTIONS } });
const task = (
	type: string,
	key: string | null,
	...operations: Array<[key: string, id: string]>
) => ({
	...{ type, key, name: '一审或签', state: 'running' },
	operations: operations.map(([action, id]) => ({ key: action, task_id: id })),
});
/** COC lists these tasks. */
const offer = (times: number, ...data: object[]) =>
	coc.standIn.fault({
		...{ kind: 'raw', times, match: { path: TASKS }, status: 200 },
		body: JSON.stringify({ ...SUCCESS, data }),
	});
const add = (fields: Partial<Ticket>) => {
	onRequest = () => undefined;
	onHistory = () => undefined;
	asIamUser();
	return coc.ticket(fields);
};
const ACCEPTED = { status: 'INCIDENT_STATUS_ACKNOWLEDGED' } as const;
const asked = (action: string, ago = 600_000) =>
	entry(action, { operator: OTHER, at: Date.now() - ago, comment: 'Needed' });

describe('two runs', () => {
	test('of the same remark: the lost one of the second run is not taken for the first run’s', async () => {
		const ticket = add({ ...ACCEPTED, history: [] });
		const item = { ticket, remark: 'Disk 1 is full' };
		expect((await operate(coc, 'addRemark', [item])).success).toHaveLength(1);
		lose('resetBefore');
		const { success } = await operate(coc, 'addRemark', [item]);
		const { history } = coc.standIn.tickets.get(ticket)!;
		expect({ outcome: success[0]?.json.outcome, entries: history.length }).toEqual({
			outcome: 'applied',
			entries: 2,
		});
	});
});

describe('a forwarding that came late', () => {
	test('is not sent again, when the ticket shows it right before', async () => {
		const ticket = add({ ...ACCEPTED, history: [], assignee: 'a'.repeat(32) });
		lose('resetBefore');
		let looks = 0;
		onRequest = (path) => {
			if (!DETAIL.test(path)) return;
			looks++;
			// Before it, three reads of the record; then COC has done it, the history lags behind.
			if (looks === 5) coc.standIn.tickets.get(ticket)!.assignee = OTHER;
		};
		const run = await operate(coc, 'forward', [
			{ ticket, assignee: OTHER, comment: 'Please look' },
		]);
		expect({ looks, sends: sends(ticket).length }).toEqual({ looks: 5, sends: 1 });
		expect(failureOf(run).outcome).toBe('unknown');
	});
});

describe('a request that waits', () => {
	test('is found although the ticket was forwarded since', async () => {
		const ticket = add({
			...ACCEPTED,
			approval: openApproval({ kind: 'pause' }),
			history: [asked('incidentPause'), asked('acceptedForward', 500_000)],
		});
		const run = await operate(coc, 'approve', [{ ticket, comment: 'Fine' }]);
		expect(run.success[0]?.json).toMatchObject({ outcome: 'applied' });
	});

	test('can be answered although the ticket is solved: COC closes it only then', async () => {
		const ticket = add({
			status: 'INCIDENT_STATUS_RESOLVED',
			approval: openApproval({ kind: 'level', level: 'level_50' }),
			history: [asked('changeLevel'), asked('commitSolution', 500_000)],
		});
		const run = await operate(coc, 'approve', [{ ticket, comment: 'Fine' }], {
			parameters: { request: 'level' },
		});
		expect(run.success[0]?.json).toMatchObject({ outcome: 'applied' });
	});
});

const sentBodies = (ticket: string) => sends(ticket).map(({ json }) => json);

describe('where several tasks offer one key', () => {
	const approval = task('ApprovalNode', 'n2', ['agreed', 'of the approval'], ['rejected', '']);

	test('a rejection of the ticket goes to its own task, not to an approval that waits', async () => {
		const ticket = add({ status: 'INCIDENT_STATUS_TRIGGERED', history: [] });
		offer(99, approval, task('OperateNode', 'n1', ['accepted', 'of the ticket'], ['rejected', '']));
		await operate(coc, 'reject', [{ ticket, reason: 'Not ours' }]);
		expect(sentBodies(ticket)).not.toEqual([
			expect.objectContaining({ task_id: 'of the approval' }),
		]);
	});

	test('closing goes to its own task, not to an approval that waits', async () => {
		const ticket = add({ status: 'INCIDENT_STATUS_REJECTED', history: [] });
		offer(99, approval, task('OperateNode', 'n1', ['ReOpen', 'of the ticket'], ['agreed', '']));
		await operate(coc, 'close', [{ ticket }]);
		expect(sentBodies(ticket)).not.toEqual([
			expect.objectContaining({ task_id: 'of the approval' }),
		]);
	});

	test.each([
		['without keys', null, null],
		['with the same key', 'n1', 'n1'],
	])('two approvals %s are not told from each other, and nothing is sent', async (_what, a, b) => {
		const ticket = add({ ...ACCEPTED, history: [asked('incidentPause'), asked('changeLevel')] });
		offer(99, task('ApprovalNode', a, ['agreed', '1']), task('ApprovalNode', b, ['agreed', '2']));
		await operate(coc, 'approve', [{ ticket, comment: 'Fine' }], {
			parameters: { request: 'level' },
		});
		expect(sentBodies(ticket)).toEqual([]);
	});

	test('the same task is found again, when COC lists them in another order', async () => {
		const ticket = add({ ...ACCEPTED, history: [] });
		lose('resetBefore');
		const list = [
			task('OperateNode', 'n1', ['addRemark', '1']),
			task('ApprovalNode', 'n2', ['addRemark', '2']),
		];
		let looks = 0;
		onRequest = (path) => {
			if (TASKS.test(path)) offer(1, ...(++looks === 1 ? list : list.toReversed()));
		};
		await operate(coc, 'addRemark', [{ ticket, remark: 'Disk 1' }]);
		expect(sentBodies(ticket)).toEqual([
			expect.objectContaining({ task_id: '1' }),
			expect.objectContaining({ task_id: '1' }),
		]);
	});
});

test('a ticket that was created right now can be rejected, once COC offers it', async () => {
	const ticket = add({ status: 'incident_draft', history: [], createTime: Date.now() });
	let looks = 0;
	onRequest = (path) => {
		if (TASKS.test(path) && ++looks === 2) {
			coc.standIn.tickets.get(ticket)!.status = 'INCIDENT_STATUS_TRIGGERED';
		}
	};
	const run = await operate(coc, 'reject', [{ ticket, reason: 'Not ours' }]);
	expect(run.failed.map(({ json }) => json.error)).toEqual([]);
	expect(run.success[0]?.json).toMatchObject({ outcome: 'applied' });
});

test('a pause that COC recorded, but shows late, is not reported as refused since its task is used up', async () => {
	const ticket = add({ ...ACCEPTED, history: [] });
	const stored = coc.standIn.tickets.get(ticket)!;
	coc.standIn.fault({ kind: 'resetAfter', times: 1, match: { path: ACTIONS } });
	let body: string | null = null;
	let looks = 0;
	onRequest = (path) => {
		if (!TASKS.test(path)) return;
		looks++;
		// COC's flow goes on late: four more looks show the same tasks as the first.
		if (looks === 2 && body !== null) {
			coc.standIn.fault({ kind: 'raw', times: 4, status: 200, body, match: { path: TASKS } });
		}
	};
	body = await shownTasks(ticket);
	looks = 0;
	const hidden: Ticket['history'] = [];
	onHistory = () => void hidden.push(...stored.history.splice(0));
	const run = await operate(coc, 'pause', [
		{ ticket, until: '2030-01-01T00:00:00.000Z', reason: 'The part arrives on Monday' },
	]);
	expect({ sends: sends(ticket).length, recorded: hidden.length }).toEqual({
		sends: 2,
		recorded: 1,
	});
	expect(failureOf(run).outcome).toBe('unknown');
});

/** What COC lists as possible now, as it says it. */
async function shownTasks(ticket: string): Promise<string> {
	const token = coc.standIn.issueToken();
	const url = `${coc.standIn.url}/v2/incidents/${ticket}/tasks`;
	const answer = await fetch(url, { headers: { 'X-Auth-Token': token } });
	return await answer.text();
}
