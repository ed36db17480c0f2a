import type { IExecuteFunctions, INodeProperties, INodePropertyMode } from 'n8n-workflow';
import type { Checked } from '../coc/result';
import { located, readParameter } from './parameter';

/** The node's searches that fill the lists; see the folder `lists`. */
export type SearchName =
	| 'searchTickets'
	| 'searchUsers'
	| 'searchApplications'
	| 'searchEnterpriseProjects';

/** The modes of a resource locator: one picked from a searchable list, or named by hand. */
export function locatorModes(
	thing: string,
	searchListMethod: SearchName,
	byHand: Pick<INodePropertyMode, 'displayName' | 'name' | 'placeholder' | 'hint'>,
): Pick<INodeProperties, 'type' | 'default' | 'modes'> {
	return {
		type: 'resourceLocator',
		default: { mode: 'list', value: '' },
		modes: [
			{
				displayName: 'From List',
				name: 'list',
				type: 'list',
				placeholder: `Select ${thing}...`,
				typeOptions: { searchListMethod, searchable: true },
			},
			{ ...byHand, type: 'string' },
		],
	};
}

/** A resource locator's value for an item. */
export function readLocator(
	context: IExecuteFunctions,
	{ name, displayName }: Pick<INodeProperties, 'name' | 'displayName'>,
	itemIndex: number,
): Checked<unknown> {
	const field = readParameter(context, name, displayName, itemIndex);
	return field.ok ? { ok: true, value: located(field.value) } : field;
}
