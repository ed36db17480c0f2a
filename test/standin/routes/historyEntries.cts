import { createHash } from 'node:crypto';
import type { Directory } from '../directory.cts';
import type { Quirks } from '../quirks.cts';
import type { Ticket } from '../tickets.cts';
import { userName } from './labels.cts';

interface Surroundings {
	directory: Directory;
	quirks: Readonly<Quirks>;
}

/** What both versions tell of one entry. The judgement of a verification isn't among it. */
export type EntryRow = ReturnType<typeof rows>[number];

export function rows({ number, history }: Ticket, { keyIn, keepsComment }: Readonly<Quirks>) {
	return history.map(({ action: key, operator, comment, at, status }, index) => ({
		id: createHash('md5').update(`${number} ${index}`).digest('hex'),
		ticket_id: number,
		key,
		action: keyIn === 'action' ? key : 'process',
		operator,
		// A test put the entry there, without one.
		status: status ?? 'done',
		comment: keepsComment(key) ? comment : null,
		start_time: String(at),
	}));
}

export function entryV1({ key, ...row }: EntryRow, { directory, quirks }: Surroundings) {
	const time = Number(row.start_time);
	const label = operatorLabel(row.operator, directory);
	return {
		...row,
		action_id: `action_${row.id}`,
		sub_action: quirks.keyIn === 'sub_action' ? key : null,
		final_sub_action: quirks.keyIn === 'final_sub_action' ? key : null,
		start_time: time,
		stop_time: time,
		update_time: time,
		target_type: null,
		target_value: null,
		...actionNames(key),
		action_template_zh: null,
		action_template_en: null,
		// "is_deteted" is how the API spells it.
		is_deteted: false,
		enum_data_list: [
			{
				...label,
				user_name: label.name_en,
				model_id: null,
				match_type: 'reference__base_config.User',
				ticket_id: row.ticket_id,
				real_ticket_id: row.ticket_id,
				is_deleted: false,
			},
		],
	};
}

export function entryV2(row: EntryRow, { directory }: Surroundings) {
	const { key, action, operator, status, comment, start_time } = row;
	return {
		action,
		...actionNames(key),
		operator,
		status,
		start_time,
		stop_time: start_time,
		comment,
		enum_data_list: [operatorLabel(operator, directory)],
	};
}

function operatorLabel(operator: string, directory: Directory) {
	const name = userName(operator, directory);
	return { prop_id: 'operator', biz_id: operator, name_zh: name, name_en: name };
}

/** By the key that an action was sent with, in v1's call or in v2's. */
const names: Record<string, { en: string; zh: string }> = {
	create: { en: 'Create', zh: '创建' },
	acceptedIncident1: { en: 'Accept', zh: '受理' },
	accepted: { en: 'Accept', zh: '受理' },
	unAcceptedForward: { en: 'Forward', zh: '转发' },
	acceptedForward: { en: 'Forward', zh: '转发' },
	addRemark: { en: 'Add remark', zh: '添加备注' },
	commitSolution1: { en: 'Submit solution', zh: '提交解决方案' },
	commitSolution: { en: 'Submit solution', zh: '提交解决方案' },
	confirm: { en: 'Verify', zh: '验证' },
	incidentPause: { en: 'Pause', zh: '挂起' },
	recovery: { en: 'Resume', zh: '恢复' },
	changeLevel: { en: 'Change level', zh: '变更级别' },
	agreed: { en: 'Agree', zh: '同意' },
	rejected: { en: 'Reject', zh: '驳回' },
	ReOpen: { en: 'Resubmit', zh: '重新提交' },
};

function actionNames(key: string) {
	const { en, zh } = names[key] ?? { en: key, zh: key };
	return { action_name_zh: zh, action_name_en: en };
}
