import type { IDataObject, INodeExecutionData } from 'n8n-workflow';
import { isoTime } from '../coc/json';
import { INCIDENT_FIELDS, simplifyDetail, statusLabel } from '../coc/simplify';
import { shapedBy, type Output, type Shape } from '../fields/output';

/** How an event shows its incident. */
export const INCIDENT_SHAPE: Shape<IDataObject> = {
	...{ id: 'ticket', names: INCIDENT_FIELDS, simplify: simplifyDetail, hadSimplify: true },
};

/** An event as it is put out, whichever trigger found it; null for what isn't known or isn't there. */
export interface EventOutput {
	event: string;
	eventId: string;
	ticket: string | null;
	oldStatus: string | null;
	newStatus: string | null;
	/** In ms since 1970. */
	at: number | null;
	/** The ticket as COC's detail call gives it. */
	data: IDataObject | null;
}

/**
 * The one shape of an event.
 *
 * @param more what a trigger adds
 */
export function eventItem(
	{ event, eventId, ticket, oldStatus, newStatus, at, data }: EventOutput,
	output: Output,
	more: IDataObject = {},
): INodeExecutionData {
	const shown = output.kind === 'raw' ? (status: string | null) => status : statusLabel;
	return {
		json: {
			event,
			eventId,
			ticket,
			oldStatus: shown(oldStatus),
			newStatus: shown(newStatus),
			at: isoTime(at),
			incident: data && shapedBy(INCIDENT_SHAPE, output, data),
			...more,
		},
	};
}
