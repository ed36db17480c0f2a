import type { IExecuteFunctions, INodeProperties } from 'n8n-workflow';
import { all, type Checked } from '../../shared/contract/checked';
import { asBoolean, readParameter } from './read';

const TIMEOUT = { default: 30_000, min: 100, max: 300_000 } as const;

export interface VerifyOptions {
	shortenComment: boolean;
	/** Bound on the whole exchange with COC, in ms. */
	timeout: number;
}

export const optionsField: INodeProperties = {
	displayName: 'Options',
	name: 'options',
	type: 'collection',
	placeholder: 'Add option',
	default: {},
	options: [
		{
			displayName: 'Shorten Long Comments',
			name: 'shortenComment',
			type: 'boolean',
			default: false,
			description:
				'Whether to cut a comment that is over 300 characters, with a closing …, instead of refusing it',
		},
		{
			displayName: 'Timeout',
			name: 'timeout',
			type: 'number',
			typeOptions: { minValue: TIMEOUT.min, maxValue: TIMEOUT.max },
			default: 30_000,
			description:
				'Longest time for one request and its whole answer, in milliseconds (100 to 300000). After it, it is not known whether the ticket was changed.',
		},
	],
};

export function readOptions(context: IExecuteFunctions, itemIndex: number): Checked<VerifyOptions> {
	const field = readParameter(context, 'options', 'Options', itemIndex);
	if (!field.ok) return field;
	// An option that wasn't added isn't there; one whose expression gives nothing is, and is refused.
	const { shortenComment, timeout } = {
		shortenComment: false,
		timeout: TIMEOUT.default,
		...(field.value as Record<string, unknown> | null),
	};
	return all({
		shortenComment: asBoolean(shortenComment, 'Shorten Long Comments'),
		timeout: asTimeout(timeout),
	});
}

function asTimeout(value: unknown): Checked<number> {
	const { min, max } = TIMEOUT;
	if (Number.isInteger(value) && (value as number) >= min && (value as number) <= max) {
		return { ok: true, value: value as number };
	}
	return {
		ok: false,
		reason: `'Timeout' must be a whole number of milliseconds from ${min} to ${max}`,
	};
}
