import type { IExecuteFunctions, INodeProperties } from 'n8n-workflow';
import type { Speed } from '../client/client';
import { LIMITS } from '../coc/limits';
import { all, type Result } from '../coc/result';
import { asNumber } from './checks';
import {
	collectionField,
	collectionOf,
	ofField,
	propertiesOf,
	type Field,
	type OptionField,
	type OptionFields,
	type Values,
} from './field';
import { OPTIONS, readRunOption } from './input';
import { numberField, switchOption, textField } from './simpleFields';

/** The options of an operation: its own, and those that every operation has. */
export function options<F extends OptionFields>(own: F): Field<Values<F> & { timeout: number }> {
	const parts = { ...own, timeout };
	return {
		...(collectionField(OPTIONS, parts) as Field<Values<F> & { timeout: number }>),
		properties: [collectionOf(OPTIONS, [...propertiesOf(parts), concurrency, perSecond])],
	};
}

const dryRunOption = (description: string) =>
	switchOption({ displayName: 'Dry Run', name: 'dryRun', description });

/** Of every change of a ticket. */
export const dryRun = dryRunOption(
	"Whether to say what would be sent, and whether the ticket's status allows it, without sending it",
);

/** Of a creation. */
export const dryRunOfCreation = dryRunOption(
	'Whether to say what would be sent, without sending it',
);

/** Of operations with a file. */
export const fileName: OptionField<string | null> = {
	...textField({
		displayName: 'File Name',
		name: 'fileName',
		placeholder: 'e.g. report.pdf',
		description: 'The name that the file gets, with its extension, in place of its own',
		limit: LIMITS.fileName,
	}),
	absent: null,
};

/** Of operations with texts that COC limits. */
export const shortenTexts = switchOption({
	displayName: 'Shorten Long Texts',
	name: 'shortenTexts',
	description:
		'Whether to cut texts that are longer than COC accepts, by whole characters and with a closing …, instead of refusing them',
});

/** Of a creation. */
const waitUntilAvailable = switchOption({
	displayName: 'Wait Until Available',
	name: 'waitUntilAvailable',
	description:
		'Whether to wait, for a minute at most, until COC shows the new incident, so that the next node can act on it. Needs the IAM action coc:ticket:get.',
});

const USUAL_TIMEOUT_MS = 30_000;
const TIMEOUT = { min: 100, max: 300_000, isWhole: true, unit: 'milliseconds' };

/** Bound on one whole exchange with COC, in ms. */
export const timeout: OptionField<number> = {
	...numberField({
		displayName: 'Timeout',
		name: 'timeout',
		typeOptions: { minValue: TIMEOUT.min, maxValue: TIMEOUT.max },
		default: USUAL_TIMEOUT_MS,
		description:
			'Longest time for one request and its whole answer, in milliseconds (100 to 300000)',
		bounds: TIMEOUT,
	}),
	absent: USUAL_TIMEOUT_MS,
};

const CONCURRENCY = { min: 1, max: 100, isWhole: true };
const REQUESTS_PER_SECOND = { min: 0.01, max: 1000, isWhole: false };

const concurrency: INodeProperties = {
	displayName: 'Concurrency',
	name: 'concurrency',
	type: 'number',
	typeOptions: { minValue: CONCURRENCY.min, maxValue: CONCURRENCY.max },
	default: 10,
	description:
		'Most items under way at once (1 to 100), for the whole run. Changes to the same ticket always go one after the other.',
};

const perSecond: INodeProperties = {
	displayName: 'Requests per Second',
	name: 'requestsPerSecond',
	type: 'number',
	typeOptions: {
		minValue: REQUESTS_PER_SECOND.min,
		maxValue: REQUESTS_PER_SECOND.max,
		numberPrecision: 2,
	},
	default: 10,
	description:
		'Most requests in a second (0.01 to 1000), for the whole run. Without this option there is no limit.',
};

/** The options of the whole run: an expression is resolved for the first item. */
export function readSpeed(context: IExecuteFunctions): Result<Speed> {
	const read = <F>(option: INodeProperties, bounds: typeof CONCURRENCY, absent: F) => {
		const value = readRunOption(context, option);
		if (value === null) return { ok: true as const, value: absent };
		const { displayName } = option;
		return ofField(displayName, value.ok ? asNumber(value.value, displayName, bounds) : value);
	};
	return all<Speed>({
		concurrency: read(concurrency, CONCURRENCY, 10),
		requestsPerSecond: read(perSecond, REQUESTS_PER_SECOND, null),
	});
}

/** Of a new ticket. */
export const creationOptions = options({
	dryRun: dryRunOfCreation,
	shortenTexts,
	waitUntilAvailable,
});

/** Of a write without options of its own, and of a read. */
export const writeOptions = options({ dryRun });
export const readOptions = options({});
