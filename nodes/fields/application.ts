import type { INodeProperties } from 'n8n-workflow';
import type { Checked } from '../coc/result';
import { LIMITS } from '../coc/limits';
import { locatorModes } from './locator';
import { located } from './parameter';
import { asIdentifier } from './text';

/** The application that an incident concerns (`current_cloud_service`). */
export const applicationField: INodeProperties = {
	displayName: 'Application',
	name: 'application',
	...locatorModes('an application', 'searchApplications', {
		displayName: 'By ID',
		name: 'id',
		placeholder: 'e.g. 65f1a2b3c4d5e6f708192a3b',
		hint: "The application's ID in COC, 24 characters",
	}),
	description: 'The application that the incident concerns, by its ID in COC',
};

/** An application from the value of the field. */
export function asApplication(value: unknown): Checked<string> {
	return asIdentifier(located(value), applicationField.displayName, LIMITS.id);
}
