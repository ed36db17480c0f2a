import type { IExecuteFunctions, INodeProperties } from 'n8n-workflow';
import { all, type Checked } from '../coc/result';
import { asMoment } from './moment';
import { readField } from './parameter';
import { asBoolean } from './value';

/** Whether the service was interrupted (`is_service_interrupt`). */
export const interruptedField: INodeProperties = {
	displayName: 'Service Interrupted',
	name: 'serviceInterrupted',
	type: 'boolean',
	default: false,
	description: 'Whether the incident interrupted the service for its users',
};

export function readInterrupted(context: IExecuteFunctions, itemIndex: number): Checked<boolean> {
	return readField(context, itemIndex, interruptedField, asBoolean);
}

/** Not `required`, here and below: n8n would want it for an expression that gives false as well. */
const startField: INodeProperties = {
	displayName: 'Start Time',
	name: 'startTime',
	type: 'dateTime',
	default: '',
	description:
		'When the interruption began: a time in ISO 8601, or in milliseconds since 1970. Required when the service was interrupted.',
	displayOptions: { show: { serviceInterrupted: [true] } },
};

const recoveryField: INodeProperties = {
	displayName: 'Recovery Time',
	name: 'recoveryTime',
	type: 'dateTime',
	default: '',
	description:
		'When the service was back: a time in ISO 8601, or in milliseconds since 1970. Required when the service was interrupted.',
	displayOptions: { show: { serviceInterrupted: [true] } },
};

/** An interruption that is over, from when to when. */
export const interruptionFields = [interruptedField, startField, recoveryField];

/** Times in ms since 1970. */
export interface Interruption {
	start: number;
	recovery: number;
}

/** @returns null when the service was not interrupted */
export function readInterruption(
	context: IExecuteFunctions,
	itemIndex: number,
): Checked<Interruption | null> {
	const interrupted = readInterrupted(context, itemIndex);
	if (!interrupted.ok) return interrupted;
	if (!interrupted.value) return { ok: true, value: null };
	const read = (field: INodeProperties) =>
		readField(context, itemIndex, field, (value, label) => asMoment(value, label, context));
	return all({ start: read(startField), recovery: read(recoveryField) });
}
