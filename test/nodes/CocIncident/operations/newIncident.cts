/** The create call, seen from COC. */
import type { Coc } from '../../../support/coc.cts';
import { OPERATOR } from '../../../support/coc.cts';
import { OTHER } from '../../../support/operate.cts';

export const CREATE = '/v1/external/incident/create';

/** What an item brings at least. */
export const incident = (fields: object = {}) => ({
	level: 'level_20',
	type: 'inc_type_p_function_issues',
	title: 'Payments fail',
	source: 'incident_source_alarm',
	creator: OPERATOR,
	serviceInterrupted: true,
	assignee: OTHER,
	...fields,
});

/** The bodies of the create calls that arrived, as they arrived. */
export const creations = (coc: Coc) =>
	coc.requests().flatMap(({ path, text }) => (path === CREATE ? [text] : []));
