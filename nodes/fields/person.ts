import { LIMITS } from '../coc/limits';
import type { Result } from '../coc/result';
import { asIdentifier, isBlank } from './checks';
import { fieldOf, type Field, type Property } from './field';
import { located, type Input } from './input';
import { locatorModes } from './locator';

type Shape = Pick<
	Property,
	'displayName' | 'name' | 'toolLabel' | 'description' | 'displayOptions'
>;

/** A person who must be given. */
export function personField(shape: Shape): Field<string> {
	return fieldOf(asPerson, personProperty(shape));
}

/**
 * A person; null for the credential's own user, when it has one and the field is empty.
 *
 * @param isSelf whether the call acts in that user's name anyway, so that an empty field is no question
 */
export function personOrSelfField(
	shape: Shape,
	isSelf: (input: Input) => boolean = () => false,
): Field<string | null> {
	return fieldOf((value, label, input): Result<string | null> => {
		const maySelf = input.hasOwnUser || isSelf(input);
		if (isBlank(located(value)) && maySelf) return { ok: true, value: null };
		return asPerson(value, label);
	}, personProperty(shape));
}

/** How the description of a person begins who may be left out where the credential is one. */
export const REQUIRED_UNLESS_OWN_USER =
	'Required, unless the credential is an IAM user: then that user counts where it is empty.';

/** The person in whose name an incident is handled (`operator`). */
export function operatorField(more = '', isSelf?: (input: Input) => boolean): Field<string | null> {
	const shape = {
		displayName: 'Operator',
		toolLabel: 'Operator IAM User ID',
		name: 'operator',
		description: `${REQUIRED_UNLESS_OWN_USER} The person in whose name the incident is handled, by IAM user ID.${more}`,
	};
	return personOrSelfField(shape, isSelf);
}

/**
 * COC knows people by the ID of an IAM user. Leave out `required`, even where one is needed: it would
 * stop the workflow before the node can say what to do.
 */
function personProperty(shape: Shape): Property {
	return {
		...shape,
		builderHint: { propertyHint: BUILDER_HINT },
		...personModes(
			'IAM user ID, 32 characters. In COC: Basic Configurations > O&M Engineer Management',
		),
	};
}

/** The modes of a field that names a person, or several. */
export function personModes(hint: string): ReturnType<typeof locatorModes> {
	return locatorModes('a person', 'searchUsers', {
		...{ displayName: 'By ID', name: 'id', hint },
		placeholder: 'e.g. 7da46971b7e24eed90cf777cc2ff8b91',
	});
}

function asPerson(value: unknown, label: string): Result<string> {
	const person = asIdentifier(located(value), label, LIMITS.operator);
	return person.ok ? person : { ...person, hint: WHERE_TO_FIND };
}

const BUILDER_HINT =
	"An IAM user ID of 32 characters, neither a name nor an e-mail address. Use mode 'list' to pick the person, and mode 'id' for a known ID or an expression, such as expr('{{ $json.creator }}') from Get.";

const WHERE_TO_FIND =
	'Pick the person from the list, or enter the IAM user ID (in COC: Basic Configurations > O&M Engineer Management).';
