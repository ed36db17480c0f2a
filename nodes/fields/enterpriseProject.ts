import { idField, locatorModes } from './locator';

/** Of a field that names one. */
export const ONE_PROJECT = 'The ID of the enterprise project; 0 is the one named default';

/** The modes of a field that names an enterprise project, or several. */
export const enterpriseProjectModes = (hint: string) =>
	locatorModes('an enterprise project', 'searchEnterpriseProjects', {
		...{ displayName: 'By ID', name: 'id', hint },
		placeholder: 'e.g. 0',
	});

/** The enterprise project that an incident belongs to (`enterprise_project`). */
export const enterpriseProject = idField({
	displayName: 'Enterprise Project',
	name: 'enterpriseProject',
	...enterpriseProjectModes(ONE_PROJECT),
	description: 'The enterprise project that the incident belongs to, by its ID',
});
