import { idField, locatorModes } from './locator';

/** The modes of a field that names an application, or several. */
export const applicationModes = (hint: string) =>
	locatorModes('an application', 'searchApplications', {
		...{ displayName: 'By ID', name: 'id', hint },
		placeholder: 'e.g. 65f1a2b3c4d5e6f708192a3b',
	});

/** The application that an incident concerns (`current_cloud_service`). */
export const application = idField({
	displayName: 'Application',
	name: 'application',
	...applicationModes("The application's ID in COC, 24 characters"),
	description: 'The application that the incident concerns, by its ID in COC',
});
