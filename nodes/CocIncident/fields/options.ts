import type { IExecuteFunctions, INodeProperties } from 'n8n-workflow';
import { all, type Checked } from '../../shared/contract/checked';
import type { Speed } from '../../shared/http/traffic';
import { asBoolean, asChoice, asNumber, readParameter, readRunOption } from './read';

const CONCURRENCY = { default: 10, min: 1, max: 100, what: 'a whole number' } as const;
const REQUESTS_PER_SECOND = { default: 10, min: 0.01, max: 1000, what: 'a number' } as const;
const TIMEOUT = {
	default: 30_000,
	min: 100,
	max: 300_000,
	what: 'a whole number of milliseconds',
} as const;

export interface VerifyOptions {
	checkStatus: boolean;
	dryRun: boolean;
	ifAlreadyVerified: 'fail' | 'succeed';
	shortenComment: boolean;
	/** Bound on one whole exchange with COC, in ms. */
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
			displayName: 'Check Status First',
			name: 'checkStatus',
			type: 'boolean',
			default: false,
			description:
				'Whether to read the ticket first and fail before anything is sent when it does not wait for verification. Costs one more request and needs the IAM action coc:ticket:get.',
		},
		{
			displayName: 'Concurrency',
			name: 'concurrency',
			type: 'number',
			typeOptions: { minValue: CONCURRENCY.min, maxValue: CONCURRENCY.max },
			default: 10,
			description:
				'Most items under way at once (1 to 100), for the whole run. Items for the same ticket always go one after the other.',
		},
		{
			displayName: 'Dry Run',
			name: 'dryRun',
			type: 'boolean',
			default: false,
			description:
				"Whether to say what would be sent, without sending it. With 'Check Status First' also whether COC would accept it.",
		},
		{
			displayName: 'If Already Verified',
			name: 'ifAlreadyVerified',
			type: 'options',
			options: [
				{
					name: 'Fail',
					value: 'fail',
					description: 'COC refuses to verify a ticket that does not wait for it',
				},
				{
					name: 'Succeed',
					value: 'succeed',
					description:
						'A ticket that was verified with the same result counts as done and nothing is sent. Needs the IAM actions coc:ticket:get and coc:ticket:getOperationHistories.',
				},
			],
			default: 'fail',
			description: 'What to do about a ticket that was verified before',
		},
		{
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
		},
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
				'Longest time for one request and its whole answer, in milliseconds (100 to 300000). After it, the ticket is read to see what happened.',
		},
	],
};

/** The options that may differ from item to item. */
export function readOptions(context: IExecuteFunctions, itemIndex: number): Checked<VerifyOptions> {
	const field = readParameter(context, 'options', 'Options', itemIndex);
	if (!field.ok) return field;
	// An option that wasn't added isn't there; one whose expression gives nothing is, and is refused.
	const { checkStatus, dryRun, ifAlreadyVerified, shortenComment, timeout } = {
		checkStatus: false,
		dryRun: false,
		ifAlreadyVerified: 'fail',
		shortenComment: false,
		timeout: TIMEOUT.default,
		...(field.value as Record<string, unknown> | null),
	};
	return all({
		checkStatus: asBoolean(checkStatus, 'Check Status First'),
		dryRun: asBoolean(dryRun, 'Dry Run'),
		ifAlreadyVerified: asChoice(ifAlreadyVerified, 'If Already Verified', ['fail', 'succeed']),
		shortenComment: asBoolean(shortenComment, 'Shorten Long Comments'),
		timeout: asNumber({ ok: true, value: timeout }, 'Timeout', TIMEOUT),
	});
}

/** The options that hold for the whole run: an expression is read for the first item. */
export function readSpeed(context: IExecuteFunctions): Checked<Speed> {
	const concurrency = readRunOption(context, 'concurrency', 'Concurrency');
	const perSecond = readRunOption(context, 'requestsPerSecond', 'Requests per Second');
	return all<Speed>({
		concurrency: asNumber(concurrency, 'Concurrency', CONCURRENCY, CONCURRENCY.default),
		requestsPerSecond: asNumber(perSecond, 'Requests per Second', REQUESTS_PER_SECOND, null),
	});
}
