/** What may have to be approved: pauses, and less severe levels. */
import { parameterError } from '../answers.cts';
import { moment, oneOf, text } from '../check.cts';
import type { Approvers } from '../quirks.cts';
import { type Approval, openApproval, type Ticket } from '../tickets.cts';
import { action, type Situation } from './action.cts';

/** A reason may be left empty. */
const note = text(300, 0);

export const askForPause = action(
	'incidentPause',
	{ pause_end_time: moment, pause_reason: text(300) },
	({ pause_reason: comment }, situation) => ({
		fields: asked({ kind: 'pause', level: null }, situation.quirks.pauseApproval, situation),
		comment,
	}),
);
export const agreeToPause = action(
	'agreed',
	{ pause_approve_conclusion: oneOf(true), note },
	({ note: comment }, situation) => ({ fields: agreed(situation), comment }),
);
export const refusePause = action(
	'rejected',
	{ pause_approve_conclusion: oneOf(false), note },
	({ note: comment }) => ({ fields: { approval: null }, comment }),
);
export const resume = action('recovery', {}, () => ({ fields: { paused: false } }));

export const askForLevel = action(
	'changeLevel',
	{ virtual_target_level: text(255), virtual_change_level_comment: text(300) },
	({ virtual_target_level: level, virtual_change_level_comment: comment }, situation) => {
		const { ticket, quirks } = situation;
		if (level === ticket.level) {
			throw parameterError(`The ticket ${ticket.number} has level ${level} already.`);
		}
		const approvers = isEscalation(ticket.level, level) ? null : quirks.deEscalationApproval;
		return { fields: asked({ kind: 'level', level }, approvers, situation), comment };
	},
);
export const agreeToLevel = action(
	'agreed',
	{ conclusion: oneOf(true), note },
	({ note: comment }, situation) => ({ fields: agreed(situation), comment }),
);
export const refuseLevel = action(
	'rejected',
	{ conclusion: oneOf(false), note },
	({ note: comment }) => ({ fields: { approval: null }, comment }),
);

type Wanted = Pick<Approval, 'kind' | 'level'>;

/** What is asked for happens at once, unless somebody has to approve it. */
function asked(wanted: Wanted, approvers: Approvers | null, { ticket }: Situation) {
	if (!approvers) return granted(wanted, ticket);
	const { people, all } = approvers;
	return { approval: openApproval({ ...wanted, approvers: people, all }) };
}

/** One more approver agrees: the last one, unless all have to. */
function agreed({ ticket, operator }: Situation): Partial<Ticket> {
	const approval = ticket.approval!;
	if (approval.agreed.includes(operator)) {
		throw parameterError(`The user ${operator} has agreed already.`);
	}
	const so = { ...approval, agreed: [...approval.agreed, operator] };
	const isLast = !so.all || so.agreed.length >= (so.approvers?.length ?? 1);
	return isLast ? { approval: null, ...granted(approval, ticket) } : { approval: so };
}

/** Only what is being handled can pause. */
function granted({ kind, level }: Wanted, ticket: Readonly<Ticket>): Partial<Ticket> {
	if (kind === 'level') return { level: level ?? ticket.level };
	return { paused: ticket.status === 'INCIDENT_STATUS_ACKNOWLEDGED' };
}

/** level_10 is the most severe one. A tenant's own levels can't be compared. */
function isEscalation(from: string, to: string): boolean {
	const [was, wanted] = [from, to].map((level) => Number(/^level_(\d+)$/.exec(level)?.[1]));
	return wanted! < was!;
}
