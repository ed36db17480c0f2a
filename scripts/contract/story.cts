/** The life of one test ticket; each kind of write is asked for before. */
import { type Cast, isDone, said, StoryEnd } from './cast.cts';
import type { Coc } from './coc.cts';
import {
	ACCEPTED,
	COMPLETED,
	createCocIncident,
	handleCocIncident,
	readCreated,
	TO_BE_VERIFIED,
} from './product.cts';
import { askTicket, listRequest } from './reads.cts';
import { startSteps, type Steps } from './steps.cts';
import * as texts from './texts.cts';

/** Tells the story; returns how it ended. */
export async function tellStory(coc: Coc, cast: Cast): Promise<string> {
	const made = await create(coc, cast);
	if (typeof made === 'string') return made;
	const steps = startSteps(coc, made.ticket, cast);
	let end = 'told to its end';
	try {
		await live(steps, cast, made.ticket);
	} catch (error) {
		if (!(error instanceof StoryEnd)) throw error;
		end = error.message;
	}
	await askTicket(coc, 'story', made.ticket);
	await coc.send('story:list', listOf(made.ticket));
	return end;
}

const listOf = (ticket: string) =>
	listRequest({
		filters: [{ name: 'ticket_id', field: 'ticket_id', operator: '=', values: [ticket] }],
	});

async function create(
	coc: Coc,
	{ self, application, mayI }: Cast,
): Promise<{ ticket: string } | string> {
	if (!(await mayI(`create the P5 ticket "${texts.TITLE}"`))) return 'no ticket was to be created';
	const answer = await coc.send(
		'story:create',
		createCocIncident({
			level: 'level_50',
			type: 'inc_type_p_function_issues',
			title: texts.TITLE,
			description: texts.DESCRIPTION,
			source: 'incident_source_manual',
			creator: self,
			serviceInterrupted: false,
			assignee: { person: self },
			enterpriseProject: '0',
			application,
		}),
	);
	const ticket = readCreated(answer);
	if (!isDone(answer) || ticket === null) return `the creation was not done: ${said(answer)}`;
	return { ticket };
}

async function live(steps: Steps, cast: Cast, ticket: string): Promise<void> {
	const { self, other } = cast;
	const v1 = (key: 'acceptedIncident1' | 'commitSolution1' | 'confirm', parameter: object) =>
		handleCocIncident(ticket, self, key, parameter as never);
	const solution = { mtm_type: 'inc_type_p_function_issues', is_service_interrupt: false };
	const solved = { ...solution, cause: texts.CAUSE, solution: texts.SOLUTION };
	const verdict = (result: boolean, comment: string) => ({
		virtual_confirm_result: result,
		virtual_confirm_comment: comment,
	});

	await steps.available();
	await steps.must('accept it');
	const before = await steps.taskFor('accepted');
	await steps.send('accept', v1('acceptedIncident1', {}), { until: ACCEPTED });
	if (await steps.may('send what COC should refuse: accept it twice, and with a used-up task')) {
		await steps.tryOut('wrongStatus', v1('acceptedIncident1', {}));
		if (before !== null) await steps.tryOut('usedUp', steps.v2(before, 'accepted', {}));
	}
	if (await steps.may('add four remarks')) {
		for (const [point, note] of Object.entries(texts.REMARKS)) {
			await steps.byTask(`remark:${point}`, 'addRemark', { note }, { optional: true });
		}
	}
	const send = (person: string, comment: string) => ({
		virtual_send_assignee: person,
		virtual_send_comment: comment,
	});
	if (await steps.may('forward it to yourself')) {
		const params = send(self, texts.FORWARD_COMMENT);
		await steps.byTask('forward', 'acceptedForward', params, { optional: true });
		await steps.acceptAgain(v1('acceptedIncident1', {}));
	}
	await steps.must('submit a solution');
	await steps.send('solve:1', v1('commitSolution1', solved), { until: TO_BE_VERIFIED });
	await steps.must('verify it as unresolved');
	const old = await steps.taskFor('confirm');
	const unresolved = verdict(false, texts.UNRESOLVED_COMMENT);
	await steps.byTask('unresolved', 'confirm', unresolved, { leaves: TO_BE_VERIFIED });
	await steps.acceptAgain(v1('acceptedIncident1', {}));
	if (other !== null && (await steps.may('forward it to the second person and take it back'))) {
		await steps.byTask('foreign:forward', 'acceptedForward', send(other, texts.OTHER_COMMENT), {
			optional: true,
		});
		await steps.takeBack(send(self, texts.BACK_COMMENT));
		await steps.acceptAgain(v1('acceptedIncident1', {}));
	}
	await steps.must('submit the solution again');
	await steps.byTask(
		'solve:2',
		'commitSolution',
		{ ...solved, start_time: null, fault_recovery_time: null, resolve_attachments: '' },
		{ until: TO_BE_VERIFIED },
	);
	if (old !== null && (await steps.may('send what COC should refuse: verify with the old task'))) {
		const again = steps.v2(old, 'confirm', verdict(false, texts.OLD_COMMENT));
		const refused = await steps.tryOut('oldConfirm', again);
		if (!refused)
			await steps.byTask('solve:3', 'commitSolution', solved, { until: TO_BE_VERIFIED });
	}
	await steps.must('verify it as resolved, which closes it');
	const resolved = verdict(true, texts.RESOLVED_COMMENT);
	await steps.send('verify', v1('confirm', resolved), { until: COMPLETED });
}
