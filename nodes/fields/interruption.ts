import type { Interruption } from '../coc/calls/interruptionParams';
import { isoTime } from '../coc/json';
import { all } from '../coc/result';
import type { Field } from './field';
import { momentField } from './moment';
import { booleanField } from './simpleFields';

/** Whether the service was interrupted (`is_service_interrupt`). */
export const serviceInterrupted = booleanField({
	displayName: 'Service Interrupted',
	name: 'serviceInterrupted',
	description: 'Whether the incident interrupted the service for its users',
});

/** Not `required`, here and below: n8n would want it for an expression that gives false as well. */
const start = momentField({
	displayName: 'Start Time',
	toolLabel: 'Interruption Start as ISO 8601 Time',
	name: 'startTime',
	description:
		'Required. When the interruption began: a time in ISO 8601, or in milliseconds since 1970.',
	displayOptions: { show: { serviceInterrupted: [true] } },
});

const recovery = momentField({
	displayName: 'Recovery Time',
	toolLabel: 'Service Recovery as ISO 8601 Time',
	name: 'recoveryTime',
	description:
		'Required. When the service was back: a time in ISO 8601, or in milliseconds since 1970.',
	displayOptions: { show: { serviceInterrupted: [true] } },
});

/** An interruption that is over, from when to when; null when the service was not interrupted. */
export const interruption: Field<Interruption | null> = {
	properties: [...serviceInterrupted.properties, ...start.properties, ...recovery.properties],
	read(input) {
		const interrupted = serviceInterrupted.read(input);
		if (!interrupted.ok) return interrupted;
		if (!interrupted.value) return { ok: true, value: null };
		return all({ start: start.read(input), recovery: recovery.read(input) });
	},
	shown: (value) => ({
		serviceInterrupted: value !== null,
		startTime: value && isoTime(value.start),
		recoveryTime: value && isoTime(value.recovery),
	}),
};
