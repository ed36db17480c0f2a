import { LIMITS } from '../coc/limits';
import { applicationModes } from './application';
import { enterpriseProjectModes, ONE_PROJECT } from './enterpriseProject';
import { additionalFieldsOf } from './field';
import { idsField, SEVERAL } from './ids';
import { idField } from './locator';
import { notificationModes, notificationType } from './notification';
import { dryRunOfCreation, options, shortenTexts } from './options';
import { personModes, personOrSelfField, REQUIRED_UNLESS_OWN_USER } from './person';
import { shifts } from './shifts';
import { choiceOption, textField } from './simpleFields';
import { ticket } from './ticket';

const { warRoom: LIMIT } = LIMITS;

/** The person who leads it (`war_room_admin`). */
const administrator = personOrSelfField({
	displayName: 'Administrator',
	name: 'administrator',
	description: `${REQUIRED_UNLESS_OWN_USER} The person who leads the war room, by IAM user ID.`,
});

/** What COC doesn't require, or what the incident gives where it is left out. */
const additional = additionalFieldsOf({
	applications: idsField(
		{
			displayName: 'Applications',
			name: 'applications',
			...applicationModes(`The applications' IDs in COC, ${SEVERAL}`),
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
			...enterpriseProjectModes(ONE_PROJECT),
			description: "The enterprise project, by its ID; without it, the incident's",
		},
		LIMIT.enterpriseProject,
	),
	notificationType,
	notificationModes,
	participants: idsField({
		displayName: 'Participants',
		name: 'participants',
		...personModes(`IAM user IDs, ${SEVERAL}`),
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
});

const ifOneIsOpen = choiceOption<'return' | 'create'>({
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
	ifOneIsOpen,
	shortenTexts,
});

/** What a war room is made of. */
export const warRoomFields = { ticket, administrator, additional, options: warRoomOptions };
