// Files with a solution or a reopening: uploaded first, then named by their IDs; never half of it.
import { describe, expect, test } from '@jest/globals';
import type { IBinaryData, INodeParameters } from 'n8n-workflow';
import { OPERATOR, useCoc } from '../../../../support/coc.cts';
import { inMemory } from '../../../../support/files.cts';
import { useIamUser } from '../../../../support/iamUser.cts';
import { useQuickTime } from '../../../../support/quickTime.cts';
import { actionsSent, failureOf, HANDLE } from '../../../../support/operate.cts';

useQuickTime();
const coc = useCoc();
const asIamUser = useIamUser(coc);
const ID = '9ed8f2bc-3d27-4a1f-8f1e-5d3c8a7b6c01';
const UPLOAD = '/v1/incident/attachments';
const solution = {
	...{ type: 'inc_type_p_security_issues', cause: 'Expired', solution: 'Renewed' },
	serviceInterrupted: false,
};
const pdf = inMemory('%PDF', { fileName: 'a.pdf' });
const png = inMemory('png', { fileName: 'b.png' });

async function act(
	operation: 'submitSolution' | 'reopen',
	ticket: string,
	options: INodeParameters,
	{ binary = {}, ...fields }: { binary?: Record<string, IBinaryData>; operator?: string } = {},
) {
	const values = operation === 'submitSolution' ? { ...solution, ...fields } : fields;
	const locator = { __rl: true, mode: 'number', value: ticket };
	return await coc.run(
		[{}],
		{ parameters: { operation, operator: '', ...values, ticket: locator, options } },
		{ files: [binary] },
	);
}
const accepted = () => coc.ticket({ status: 'INCIDENT_STATUS_ACKNOWLEDGED' });
const rejected = () => coc.ticket({ status: 'INCIDENT_STATUS_REJECTED' });
const paths = () => coc.requests().map(({ path }) => path);
const uploads = () => paths().filter((path) => path === UPLOAD);

test('a solution takes them along by v2’s call, in the order in which they are named', async () => {
	const ticket = accepted();
	const run = await act(
		'submitSolution',
		ticket,
		{ files: `picture, ${ID},data` },
		{ binary: { data: pdf, picture: png } },
	);
	expect(run.failed).toEqual([]);
	const { files, outcome, operator } = run.success[0]!.json;
	expect({ outcome, operator }).toEqual({ outcome: 'applied', operator: null });
	const [first, second, third] = files as string[];
	expect(coc.standIn.files.get(first!)?.name).toBe('b.png');
	expect(second).toBe(ID);
	expect(coc.standIn.files.get(third!)?.name).toBe('a.pdf');
	expect(actionsSent(coc, ticket)).toEqual([
		{
			...{ task_id: expect.any(String), action: 'commitSolution' },
			params: {
				...{ mtm_type: solution.type, is_service_interrupt: false },
				...{ cause: 'Expired', solution: 'Renewed', start_time: null, fault_recovery_time: null },
				resolve_attachments: `${first},${second},${third}`,
			},
		},
	]);
	expect(paths()).not.toContain(HANDLE);
	expect(coc.standIn.tickets.get(ticket)?.status).toBe('INCIDENT_STATUS_RESOLVED');
	// What is possible is read again after the uploads, right before the action.
	expect(paths().at(-2)).toMatch(/\/tasks$/);
});

test('a reopening takes them along', async () => {
	const ticket = rejected();
	const run = await act('reopen', ticket, { files: ['data'] }, { binary: { data: pdf } });
	expect(run.failed).toEqual([]);
	const [file] = run.success[0]!.json.files as string[];
	expect(actionsSent(coc, ticket)[0]?.params.attachments).toBe(file);
});

describe('nothing is sent', () => {
	test.each<[string, INodeParameters, Record<string, IBinaryData>, RegExp]>([
		['a name that no file has', { files: 'report' }, { data: pdf }, /"report".*The item has: data/],
		['no name', { files: ' , ' }, {}, /'Files' is empty/],
		[
			'a file of another type',
			{ files: 'data' },
			{ data: inMemory('x', { fileName: 'a.exe' }) },
			/only \.jpg/,
		],
		[
			'too many',
			{
				files: Array(11)
					.fill(0)
					.map((_, at) => ID.replace(/1$/, at.toString(16))),
			},
			{},
			/11 files/,
		],
		['another value', { files: 7 }, {}, /must be a text or a list/],
	])('for %s', async (_name, options, binary, message) => {
		const { outcome, error } = failureOf(
			await act('submitSolution', accepted(), options, { binary }),
		);
		expect(outcome).toBe('notSent');
		expect(error).toMatch(message);
		expect(coc.requests()).toEqual([]);
	});

	test('in the name of another person than the credential’s own', async () => {
		const run = await act('submitSolution', accepted(), { files: ID }, { operator: OPERATOR });
		const { outcome, error } = failureOf(run);
		expect(outcome).toBe('notSent');
		expect(error).toContain("'Operator' is another one");
		expect(actionsSent(coc)).toEqual([]);
	});

	test('and nothing uploaded, to a ticket that isn’t ready for it', async () => {
		const ticket = coc.ticket({ status: 'INCIDENT_STATUS_COMPLETED' });
		const run = await act('submitSolution', ticket, { files: 'data' }, { binary: { data: pdf } });
		expect(failureOf(run)).toMatchObject({ outcome: 'notSent' });
		expect(uploads()).toEqual([]);
	});

	test('and nothing uploaded, by a dry run', async () => {
		const run = await act(
			'submitSolution',
			accepted(),
			{ files: `data,${ID}`, dryRun: true },
			{ binary: { data: pdf } },
		);
		expect(run.success[0]!.json).toMatchObject({
			...{ outcome: 'dryRun', files: ['a.pdf', ID] },
			request: { body: { params: { resolve_attachments: `a.pdf,${ID}` } } },
		});
		expect(uploads()).toEqual([]);
	});

	test('to the ticket when a file can’t be uploaded', async () => {
		const match = { path: UPLOAD };
		coc.standIn.fault({ kind: 'errorCode', code: 'GOM.00007256', message: 'No room', match });
		const ticket = accepted();
		const run = await act('submitSolution', ticket, { files: 'data' }, { binary: { data: pdf } });
		const { outcome, error } = failureOf(run);
		expect(outcome).toBe('notSent');
		expect(error).toContain('the file "a.pdf" was not uploaded:');
		expect(error).toContain('No room');
		expect(actionsSent(coc, ticket)).toEqual([]);
	});
});

test('a lost answer to the solution uploads nothing again', async () => {
	asIamUser();
	const ticket = accepted();
	coc.standIn.fault({ kind: 'resetAfter', match: { path: /\/actions$/ } });
	const run = await act(
		'submitSolution',
		ticket,
		{ files: 'data', timeout: 2000 },
		{ binary: { data: pdf } },
	);
	expect(run.success.map(({ json }) => json.outcome)).toEqual(['recovered']);
	expect(run.success[0]!.json.files).toEqual([expect.any(String)]);
	expect(uploads()).toHaveLength(1);
	expect(actionsSent(coc, ticket)).toHaveLength(1);
});
