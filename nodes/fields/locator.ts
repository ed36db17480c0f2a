import type { INodeProperties, INodePropertyMode } from 'n8n-workflow';
import { LIMITS } from '../coc/limits';
import { asIdentifier } from './checks';
import { fieldOf, type Field } from './field';
import { located } from './input';

/** The node's searches that fill the lists; see the folder `lists`. */
export type SearchName =
	| 'searchTickets'
	| 'searchUsers'
	| 'searchApplications'
	| 'searchEnterpriseProjects';

/**
 * The modes of a resource locator: one picked from a searchable list, or named by hand. The default is
 * a whole locator: the editor copies it as it is into a collection and on *Reset Value*, and makes
 * "[object Object]" of one without its mark.
 */
export function locatorModes(
	thing: string,
	searchListMethod: SearchName,
	byHand: Pick<INodePropertyMode, 'displayName' | 'name' | 'placeholder' | 'hint'>,
): Pick<INodeProperties, 'type' | 'default' | 'modes'> {
	return {
		type: 'resourceLocator',
		default: { __rl: true, mode: 'list', value: '' },
		modes: [
			{
				displayName: 'From List',
				name: 'list',
				type: 'list',
				placeholder: `Select ${thing}...`,
				typeOptions: { searchListMethod, searchable: true, slowLoadNotice },
			},
			{ ...byHand, type: 'string' },
		],
	};
}

/** Shown below the grey bars; the time in ms is that of a list that takes longer than most. */
const slowLoadNotice = {
	message: `This list takes long. Search for a part of a name or number, or choose "By ID".`,
	timeout: 4000,
};

/** Something with an ID, picked from a list or named by hand. */
export function idField(property: INodeProperties, limit: number = LIMITS.id): Field<string> {
	return fieldOf((value, label) => asIdentifier(located(value), label, limit), property);
}
