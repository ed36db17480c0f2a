import { checked, flag, text } from '../../check.cts';
import type { HandleOperation } from '../handle.cts';

/** Somebody judges the solution: it closes the ticket, or the handler works again. */
export const verify: HandleOperation = {
	operateKey: 'confirm',
	from: 'INCIDENT_STATUS_RESOLVED',
	change(parameter) {
		const { virtual_confirm_result: result, virtual_confirm_comment: comment } = checked(
			parameter,
			{ virtual_confirm_result: flag, virtual_confirm_comment: text(300) },
			'parameter',
		);
		const status = result ? 'INCIDENT_STATUS_COMPLETED' : 'INCIDENT_STATUS_ACKNOWLEDGED';
		return { fields: { status }, comment, result };
	},
};
