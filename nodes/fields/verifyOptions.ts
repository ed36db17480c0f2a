import { asChoice } from './value';
import type { Part } from './collection';
import { dryRun, optionsOf, switchOption } from './options';

const checkStatus = switchOption({
	displayName: 'Check Status First',
	name: 'checkStatus',
	type: 'boolean',
	default: false,
	description:
		'Whether to read the ticket first and fail before anything is sent when it does not wait for verification. Costs one more request and needs the IAM action coc:ticket:get.',
});

const shortenComment = switchOption({
	displayName: 'Shorten Long Comments',
	name: 'shortenComment',
	type: 'boolean',
	default: false,
	description:
		'Whether to cut a comment that is over 300 characters, with a closing …, instead of refusing it',
});

const IF_VERIFIED = new Map([
	['fail', 'Fail'],
	['succeed', 'Succeed'],
] as const);

const ifAlreadyVerified: Part<'fail' | 'succeed'> = {
	field: {
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
	read: (value, label) => asChoice(value, label, IF_VERIFIED),
};

export const verifyOptions = optionsOf({
	checkStatus,
	dryRun: {
		...dryRun,
		field: {
			...dryRun.field,
			description: `${dryRun.field.description}. With 'Check Status First' also whether COC would accept it.`,
		},
	},
	ifAlreadyVerified,
	shortenComment,
});
