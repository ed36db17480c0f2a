import { shortenComment } from './comment';
import { dryRun, options } from './options';
import { choiceOption, switchOption } from './simpleFields';

const checkStatus = switchOption({
	displayName: 'Check Status First',
	name: 'checkStatus',
	description:
		'Whether to read the ticket first and fail before anything is sent when it does not wait for verification. Costs one more request and needs the IAM action coc:ticket:get.',
});

type IfAlreadyVerified = 'fail' | 'succeed';

const ifAlreadyVerified = choiceOption<IfAlreadyVerified>({
	displayName: 'If Already Verified',
	name: 'ifAlreadyVerified',
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
});

export const verifyOptions = options({
	checkStatus,
	dryRun,
	ifAlreadyVerified,
	shortenComment,
});
