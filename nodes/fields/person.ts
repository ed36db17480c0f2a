import type { IExecuteFunctions, INodeProperties } from 'n8n-workflow';
import type { Checked } from '../coc/result';
import { LIMITS } from '../coc/limits';
import { locatorModes, readLocator } from './locator';
import { located } from './parameter';
import { asIdentifier, isBlank } from './text';

/**
 * A person, known to COC by the ID of an IAM user. Leave out `required`, even where one is needed:
 * it would stop the workflow before the node can say what to do.
 */
export function personField(
	field: Pick<INodeProperties, 'displayName' | 'name' | 'description' | 'displayOptions'>,
): INodeProperties {
	return {
		...field,
		...locatorModes('a user', 'searchUsers', {
			displayName: 'By ID',
			name: 'id',
			placeholder: 'e.g. 7da46971b7e24eed90cf777cc2ff8b91',
			hint: 'IAM user ID, 32 characters. In COC: Basic Configurations > O&M Engineer Management',
		}),
	};
}

/** The person in a field, who must be given. */
export function readPerson(
	context: IExecuteFunctions,
	field: INodeProperties,
	itemIndex: number,
): Checked<string> {
	const value = readLocator(context, field, itemIndex);
	return value.ok ? asPerson(value.value, field.displayName) : value;
}

/**
 * The person in a field that may stay empty for the credential's own user.
 *
 * @param ownUser whether the credential has one
 * @returns null for the credential's own user
 */
export function readPersonOrSelf(
	context: IExecuteFunctions,
	field: INodeProperties,
	itemIndex: number,
	ownUser: boolean,
): Checked<string | null> {
	const value = readLocator(context, field, itemIndex);
	if (!value.ok) return value;
	if (ownUser && isBlank(value.value)) return { ok: true, value: null };
	return asPerson(value.value, field.displayName);
}

/** A person from the value of a field, as in a collection of optional ones. */
export function asPerson(value: unknown, label: string): Checked<string> {
	const person = asIdentifier(located(value), label, LIMITS.operator);
	return person.ok ? person : { ...person, hint: WHERE_TO_FIND };
}

const WHERE_TO_FIND =
	'Pick the person from the list, or enter the IAM user ID (in COC: Basic Configurations > O&M Engineer Management).';
