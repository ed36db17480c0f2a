import type { IExecuteFunctions } from 'n8n-workflow';
import type { Checked } from '../coc/result';
import { personField, readPersonOrSelf } from './person';

/** The person who acts (`operator`). */
export const operatorField = personField({
	displayName: 'Operator',
	name: 'operator',
	description:
		'The person in whose name the incident is handled, by IAM user ID. With an IAM user as credential it may stay empty: then that user acts.',
});

/**
 * @param ownUser whether the credential has a user of its own, who acts when the field is empty
 * @returns null for the credential's own user
 */
export function readOperator(
	context: IExecuteFunctions,
	itemIndex: number,
	ownUser: boolean,
): Checked<string | null> {
	return readPersonOrSelf(context, operatorField, itemIndex, ownUser);
}
