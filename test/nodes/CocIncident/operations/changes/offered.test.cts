// Every change by v2's call: sent exactly as COC offers it, and only where COC offers it.
import { describe, expect, test } from '@jest/globals';
import { CHANGES, changes, states, V2_CHANGES } from '../../../../support/changes.cts';
import { OPERATOR, useCoc } from '../../../../support/coc.cts';
import { useIamUser } from '../../../../support/iamUser.cts';
import {
	actionsSent,
	failureOf,
	operate,
	OTHER,
	outputOf,
	WITHOUT_DATA,
} from '../../../../support/operate.cts';

const coc = useCoc();
const asIamUser = useIamUser(coc);
const INPUT_OF_OUTPUT: Partial<Record<string, object>> = {
	// The request that was answered.
	approve: { request: 'pause' },
	refuse: { request: 'level' },
};
const statusOf = (ticket: unknown) => coc.standIn.tickets.get(ticket as string)!.status;

describe.each(V2_CHANGES)('%s', (operation) => {
	const { ticket: waiting, fields, sent } = changes[operation];

	test('reads what is possible, then sends it by its task', async () => {
		const ticket = coc.ticket(waiting());
		const json = await outputOf(operate(coc, operation, [{ ticket, ...fields }]));
		expect(json).toEqual({
			...{ ticket, operator: null, ...INPUT_OF_OUTPUT[operation], ...fields },
			...(operation === 'changeLevel' && { level: 'P1' }),
			...{ outcome: 'applied', response: WITHOUT_DATA },
		});
		expect(coc.requests().map(({ method, path }) => `${method} ${path}`)).toEqual([
			`GET /v1/external/incident/${ticket}`,
			'POST /v1/external/incident/list-histories',
			`GET /v2/incidents/${ticket}/tasks`,
			`POST /v2/incidents/${ticket}/actions`,
		]);
		expect(actionsSent(coc)).toEqual([
			{ task_id: expect.stringMatching(/^[0-9a-f]{32}$/), ...sent },
		]);
		const last = coc.standIn.tickets.get(ticket)!.history.at(-1);
		expect(last).toMatchObject({ action: sent.action, operator: OPERATOR });
	});

	test('names who acts, where the credential shows it', async () => {
		asIamUser({ userId: OTHER });
		const ticket = coc.ticket(waiting());
		const json = await outputOf(operate(coc, operation, [{ ticket, ...fields }]));
		expect(json).toMatchObject({ operator: OTHER, outcome: 'applied' });
		expect(coc.standIn.tickets.get(ticket)!.history.at(-1)?.operator).toBe(OTHER);
	});

	test('is sent in no state in which COC doesn’t offer it, and says what is possible', async () => {
		const others = Object.values(states).filter(({ possible }) => !possible.includes(operation));
		const items = others.map((state) => ({ ticket: coc.ticket(state.ticket()), ...fields }));
		const { success, failed } = await operate(coc, operation, items);
		expect(success).toEqual([]);
		expect(actionsSent(coc)).toEqual([]);
		expect(failed.map(({ json }) => [json.details.outcome, json.details.possible])).toEqual(
			others.map(({ possible }) => ['notSent', possible]),
		);
		for (const [index, { json }] of failed.entries()) {
			const { error, details } = json;
			expect(error).toContain(`(${statusOf(details.ticket)})`);
			const { possible } = others[index]!;
			expect(error).toContain(`Possible now: ${possible.length === 0 ? 'nothing' : ''}`);
			// Both reasons are named.
			expect(error).toContain("Either the status doesn't allow it");
			expect(error).toContain("the task of another user than the credential's");
		}
	});

	test('as a dry run sends nothing, and says in every state whether COC offers it', async () => {
		const all = Object.values(states);
		const items = all.map((state) => ({ ticket: coc.ticket(state.ticket()), ...fields }));
		const parameters = { options: { dryRun: true } };
		const { success, failed } = await operate(coc, operation, items, { parameters });
		// Where nothing shows what is to be answered, there is nothing to show.
		expect([...success, ...failed]).toHaveLength(all.length);
		for (const { json, pairedItem } of success) {
			const { possible } = all[(pairedItem as { item: number }).item]!;
			expect(json).toMatchObject({ outcome: 'dryRun', response: null });
			expect([possible, json.wouldBeAccepted]).toEqual([possible, possible.includes(operation)]);
		}
		expect(success.some(({ json }) => json.wouldBeAccepted)).toBe(true);
		for (const { json } of failed) {
			expect(operation in INPUT_OF_OUTPUT).toBe(true);
			expect(json.details.outcome).toBe('notSent');
		}
		expect(actionsSent(coc)).toEqual([]);
	});

	test('as a dry run shows the very request', async () => {
		const ticket = coc.ticket(waiting());
		const parameters = { options: { dryRun: true } };
		const json = await outputOf(operate(coc, operation, [{ ticket, ...fields }], { parameters }));
		await operate(coc, operation, [{ ticket, ...fields }]);
		expect(json.request).toEqual({
			method: 'POST',
			url: `${coc.standIn.url}/v2/incidents/${ticket}/actions`,
			body: actionsSent(coc)[0],
		});
	});

	test('is not sent for a ticket that doesn’t exist', async () => {
		const run = await operate(coc, operation, [{ ticket: 'IM404', ...fields }]);
		const found = failureOf(run);
		expect(found).toMatchObject({ outcome: 'notSent', errorCode: 'COC.00067003', possible: null });
		expect(actionsSent(coc)).toEqual([]);
	});

	test.each(['coc:ticket:listActions', 'coc:ticket:get'])(
		'is not sent without the permission %s, which is named',
		async (missing) => {
			const all = ['coc:ticket:listActions', 'coc:ticket:get', 'coc:ticket:action'];
			const permissions = all.filter((permission) => permission !== missing);
			coc.credential.data.token = coc.standIn.issueToken({ permissions });
			const run = await operate(coc, operation, [{ ticket: coc.ticket(waiting()), ...fields }]);
			const { error, outcome, possible } = failureOf(run);
			expect({ outcome, possible }).toEqual({ outcome: 'notSent', possible: null });
			expect(error).toContain(missing);
			expect(actionsSent(coc)).toEqual([]);
		},
	);

	test('without the permission to act is refused, and it is named', async () => {
		const permissions = ['listActions', 'get', 'getOperationHistories'];
		coc.credential.data.token = coc.standIn.issueToken({
			permissions: permissions.map((name) => `coc:ticket:${name}`),
		});
		const run = await operate(coc, operation, [{ ticket: coc.ticket(waiting()), ...fields }]);
		const { error, outcome, httpStatus, possible } = failureOf(run);
		expect({ outcome, httpStatus, possible }).toEqual({
			...{ outcome: 'refused', httpStatus: 403, possible: null },
		});
		expect(error).toContain('coc:ticket:action');
		expect(actionsSent(coc)).toHaveLength(1);
	});
});

test.each(CHANGES.filter((operation) => changes[operation].version === 'v1'))(
	'%s asks nothing first, and knows nothing of what is possible',
	async (operation) => {
		const ticket = coc.ticket({ status: 'INCIDENT_STATUS_COMPLETED' });
		const run = await operate(coc, operation, [{ ticket, ...changes[operation].fields }]);
		expect(failureOf(run)).toMatchObject({ outcome: 'refused', possible: null });
		expect(coc.requests()).toHaveLength(1);
	},
);

test.each(V2_CHANGES)(
	'%s with a field that can’t be used knows nothing of it either',
	async (name) => {
		const run = await operate(coc, name, [{ ...changes[name].fields, ticket: 'I M' }]);
		expect(failureOf(run)).toMatchObject({ outcome: 'notSent', possible: null });
		expect(coc.requests()).toEqual([]);
	},
);
