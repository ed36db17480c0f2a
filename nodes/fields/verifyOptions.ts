import { shortenComment } from './comment';
import type { Field } from './field';
import { dryRun, options } from './options';
import { booleanField, choiceField } from './simpleFields';

const checkStatus = booleanField({
	displayName: 'Check Status First',
	name: 'checkStatus',
	description:
		'Whether to read the ticket first and fail before anything is sent when it does not wait for verification. Costs one more request and needs the IAM action coc:ticket:get.',
});

const ifAlreadyVerified = choiceField({
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
	dryRun: described(dryRun, "With 'Check Status First' also whether COC would accept it."),
	ifAlreadyVerified,
	shortenComment,
});

function described<T>(field: Field<T>, more: string): Field<T> {
	const properties = field.properties.map((property) => ({
		...property,
		description: `${property.description}. ${more}`,
	}));
	return { ...field, properties };
}
