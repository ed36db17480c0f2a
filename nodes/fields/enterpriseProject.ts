import { idField, locatorModes } from './locator';

/** The enterprise project that an incident belongs to (`enterprise_project`). */
export const enterpriseProject = idField({
	displayName: 'Enterprise Project',
	name: 'enterpriseProject',
	...locatorModes('an enterprise project', 'searchEnterpriseProjects', {
		displayName: 'By ID',
		name: 'id',
		placeholder: 'e.g. 0',
		hint: 'The ID of the enterprise project; 0 is the one named default',
	}),
	description: 'The enterprise project that the incident belongs to, by its ID',
});
