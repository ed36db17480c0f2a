import { LIMITS } from '../coc/limits';
import { addedFields } from './field';
import { idField, locatorModes } from './locator';
import { idsField, SEVERAL } from './ids';
import { notificationModes, notificationType } from './notification';
import { dryRunOfCreation, options, shortenTexts } from './options';
import { personOrSelfField, REQUIRED_UNLESS_OWN_USER } from './person';
import { shifts } from './shifts';
import { choiceField, textField } from './simpleFields';
import { ticket } from './ticket';

const { warRoom: LIMIT } = LIMITS;

/** The person who leads it (`war_room_admin`). */
const administrator = personOrSelfField({
	displayName: 'Administrator',
	name: 'administrator',
	description: `${REQUIRED_UNLESS_OWN_USER} The person who leads the war room, by IAM user ID.`,
});

/** What COC doesn't require, or what the incident gives where it is left out. */
const additional = addedFields(
	{ displayName: 'Additional Fields', name: 'additionalFields', placeholder: 'Add field' },
	{
		applications: idsField(
			{
				displayName: 'Applications',
				name: 'applications',
				...locatorModes('an application', 'searchApplications', {
					displayName: 'By ID',
					name: 'id',
					placeholder: 'e.g. 65f1a2b3c4d5e6f708192a3b',
					hint: `The applications' IDs in COC, ${SEVERAL}`,
				}),
				description: "The applications concerned, by their IDs; without them, the incident's",
			},
			LIMIT.applications,
		),
		description: textField({
			displayName: 'Description',
			name: 'description',
			typeOptions: { rows: 4 },
			placeholder: 'e.g. Every third payment times out, join the call in the group',
			description: `What its people should know, in at most ${LIMIT.description} characters`,
			limit: LIMIT.description,
			shortenedBy: shortenTexts,
		}),
		enterpriseProject: idField(
			{
				displayName: 'Enterprise Project',
				name: 'enterpriseProject',
				...locatorModes('an enterprise project', 'searchEnterpriseProjects', {
					displayName: 'By ID',
					name: 'id',
					placeholder: 'e.g. 0',
					hint: 'The ID of the enterprise project; 0 is the one named default',
				}),
				description: "The enterprise project, by its ID; without it, the incident's",
			},
			LIMIT.enterpriseProject,
		),
		notificationType,
		notificationModes,
		participants: idsField({
			displayName: 'Participants',
			name: 'participants',
			...locatorModes('a person', 'searchUsers', {
				displayName: 'By ID',
				name: 'id',
				placeholder: 'e.g. 7da46971b7e24eed90cf777cc2ff8b91',
				hint: `IAM user IDs, ${SEVERAL}`,
			}),
			description: 'The people who are called, by their IAM user IDs',
		}),
		regions: idsField({
			displayName: 'Regions',
			name: 'regions',
			type: 'string',
			default: '',
			placeholder: 'e.g. cn-north-4',
			description: `The codes of the regions concerned, ${SEVERAL}. Without them, the incident's.`,
		}),
		shifts,
		title: textField({
			displayName: 'Title',
			name: 'title',
			placeholder: 'e.g. Payments fail in cn-north-4',
			description: `Its title, in at most ${LIMIT.title} characters; without it, the incident's`,
			limit: LIMIT.title,
			shortenedBy: shortenTexts,
		}),
	},
);

const ifOneIsOpen = choiceField<'return' | 'create'>({
	displayName: 'If One Is Open',
	name: 'ifOneIsOpen',
	options: [
		{
			name: 'Create Another',
			value: 'create',
			description: 'The people are called again, to another war room',
		},
		{
			name: 'Return It',
			value: 'return',
			description: 'The open one comes out with the outcome existing, and nobody is called',
		},
	],
	default: 'return',
	description: 'What to do when the incident has an open war room already',
});

const warRoomOptions = options({
	dryRun: dryRunOfCreation,
	ifOneIsOpen: { ...ifOneIsOpen, absent: 'return' as const },
	shortenTexts,
});

/** What a war room is made of. */
export const warRoomFields = { ticket, administrator, additional, options: warRoomOptions };
