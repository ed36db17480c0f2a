import type { IExecuteFunctions, INodeProperties } from 'n8n-workflow';
import { all, type Checked } from '../coc/result';
import type { Speed } from '../client/client';
import { collectionOf, fieldsOf, readWhole, type Part, type Parts } from './collection';
import { readRunOption } from './parameter';
import { asLongText } from './text';
import { asBoolean, asNumber } from './value';

/** The options of an operation: its own, and those that every operation has. */
export function optionsOf<T>(own: Parts<T>): {
	field: INodeProperties;
	/** The options that may differ from item to item. */
	read(context: IExecuteFunctions, itemIndex: number): Checked<T & { timeout: number }>;
} {
	const parts = { ...own, timeout } as Parts<T & { timeout: number }>;
	return {
		field: collectionOf(OPTIONS, [...fieldsOf(parts), concurrency, perSecond]),
		read: (context, itemIndex) => readWhole(context, itemIndex, OPTIONS, parts),
	};
}

export const OPTIONS = { displayName: 'Options', name: 'options', placeholder: 'Add option' };

/** An option that is on or off. */
export function switchOption(field: INodeProperties): Part<boolean> {
	return { field, read: asBoolean };
}

/** Of every write. */
export const dryRun = switchOption({
	displayName: 'Dry Run',
	name: 'dryRun',
	type: 'boolean',
	default: false,
	description: 'Whether to say what would be sent, without sending it',
});

/** Of operations with texts that COC limits. */
export const shortenTexts = switchOption({
	displayName: 'Shorten Long Texts',
	name: 'shortenTexts',
	type: 'boolean',
	default: false,
	description:
		'Whether to cut texts that are longer than COC accepts, by whole characters and with a closing …, instead of refusing them',
});

/** A text that this option cuts when it is too long. */
export function asTextOf(limit: number, shorten: boolean) {
	return (value: unknown, label: string): Checked<string> =>
		asLongText(value, label, limit, { shorten, option: shortenTexts.field.displayName });
}

export const TIMEOUT = { min: 100, max: 300_000, isWhole: true, unit: 'milliseconds' };

/** Bound on one whole exchange with COC, in ms. */
export const timeout: Part<number> = {
	field: {
		displayName: 'Timeout',
		name: 'timeout',
		type: 'number',
		typeOptions: { minValue: TIMEOUT.min, maxValue: TIMEOUT.max },
		default: 30_000,
		description:
			'Longest time for one request and its whole answer, in milliseconds (100 to 300000)',
	},
	read: (value, label) => asNumber({ ok: true, value }, label, TIMEOUT),
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
	description: 'Most requests in a second (0.01 to 1000), for the whole run',
};

/** The options that hold for the whole run: an expression is read for the first item. */
export function readSpeed(context: IExecuteFunctions): Checked<Speed> {
	const most = readRunOption(context, concurrency.name, concurrency.displayName);
	const rate = readRunOption(context, perSecond.name, perSecond.displayName);
	return all<Speed>({
		concurrency: asNumber(most, concurrency.displayName, CONCURRENCY, 10),
		requestsPerSecond: asNumber(rate, perSecond.displayName, REQUESTS_PER_SECOND, null),
	});
}

/** For a write that needs no options of its own. */
export const writeOptions = optionsOf({ dryRun });

/** For a read that needs no options of its own. */
export const readOptions = optionsOf({});
