import type { INodeProperties } from 'n8n-workflow';
import { LIMITS } from '../coc/limits';

/** What was wrong (`cause`). */
export const causeField: INodeProperties = {
	displayName: 'Cause',
	name: 'cause',
	type: 'string',
	typeOptions: { rows: 4 },
	default: '',
	required: true,
	placeholder: 'e.g. The connection pool of the payment service was exhausted',
	description: `What caused the incident, at most ${LIMITS.cause} characters`,
};

/** What was done about it (`solution`). */
export const solutionField: INodeProperties = {
	displayName: 'Solution',
	name: 'solution',
	type: 'string',
	typeOptions: { rows: 4 },
	default: '',
	required: true,
	placeholder: 'e.g. Pool enlarged from 50 to 200 connections, service restarted',
	description: `What was done about it, at most ${LIMITS.solution} characters`,
};
