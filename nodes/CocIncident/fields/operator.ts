import type { IExecuteFunctions, INodeProperties } from 'n8n-workflow';
import type { Checked } from '../../shared/contract/checked';
import { LIMITS } from '../../shared/contract/limits';
import { asIdentifier, isBlank, readParameter } from './read';

const LABEL = 'Operator';

/**
 * The person who acts (`operator`). Not `required`: that would stop the workflow before the node
 * can say what to do.
 */
export const operatorField: INodeProperties = {
	displayName: LABEL,
	name: 'operator',
	type: 'string',
	default: '',
	placeholder: 'e.g. 7da46971b7e24eed90cf777cc2ff8b91',
	description:
		'IAM user ID of the person in whose name the incident is handled. With an IAM user as credential it may stay empty: then that user acts.',
	hint: 'IAM user ID, 32 characters. In COC: Basic Configurations > O&M Engineer Management',
};

/**
 * @param ownUser whether the credential has a user of its own, who acts when the field is empty
 * @returns null for the credential's own user
 */
export function readOperator(
	context: IExecuteFunctions,
	itemIndex: number,
	ownUser: boolean,
): Checked<string | null> {
	const value = readParameter(context, 'operator', LABEL, itemIndex);
	if (!value.ok) return value;
	if (ownUser && isBlank(value.value)) return { ok: true, value: null };
	const operator = asIdentifier(value.value, LABEL, LIMITS.operator);
	return operator.ok ? operator : { ...operator, hint: WHERE_TO_FIND };
}

const WHERE_TO_FIND =
	'Enter the IAM user ID of the person who verifies (in COC: Basic Configurations > O&M Engineer Management).';
