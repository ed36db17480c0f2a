import { checked } from '../../check.cts';
import type { HandleOperation } from '../handle.cts';

/** The handler takes the ticket. */
export const accept: HandleOperation = {
	operateKey: 'acceptedIncident1',
	from: 'INCIDENT_STATUS_TRIGGERED',
	change(parameter) {
		if (parameter !== undefined && parameter !== null) checked(parameter, {}, 'parameter');
		return { fields: { status: 'INCIDENT_STATUS_ACKNOWLEDGED' }, comment: null, result: null };
	},
};
