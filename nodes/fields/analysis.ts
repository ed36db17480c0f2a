import { LIMITS } from '../coc/limits';
import { shortenTexts } from './options';
import { optionalTextField } from './simpleFields';

/** How far the analysis got (`virtual_current_location_info`). */
export const analysis = optionalTextField({
	displayName: 'Analysis So Far',
	toolLabel: `Analysis So Far in Up to ${LIMITS.comment} Characters`,
	name: 'analysis',
	typeOptions: { rows: 2 },
	placeholder: 'e.g. The database is fine, the load balancer drops every third request',
	description: `How far the analysis got, at most ${LIMITS.comment} characters`,
	limit: LIMITS.comment,
	shortenedBy: shortenTexts,
});
