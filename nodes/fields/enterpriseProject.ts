import type { INodeProperties } from 'n8n-workflow';
import type { Checked } from '../coc/result';
import { LIMITS } from '../coc/limits';
import { locatorModes } from './locator';
import { located } from './parameter';
import { asIdentifier } from './text';

/** The enterprise project that an incident belongs to (`enterprise_project`). */
export const enterpriseProjectField: INodeProperties = {
	displayName: 'Enterprise Project',
	name: 'enterpriseProject',
	...locatorModes('an enterprise project', 'searchEnterpriseProjects', {
		displayName: 'By ID',
		name: 'id',
		placeholder: 'e.g. 0',
		hint: 'The ID of the enterprise project; 0 is the one named default',
	}),
	description: 'The enterprise project that the incident belongs to, by its ID',
};

/** An enterprise project from the value of the field. */
export function asEnterpriseProject(value: unknown): Checked<string> {
	return asIdentifier(located(value), enterpriseProjectField.displayName, LIMITS.id);
}
