import { cleanText } from '../../../coc/answer';
import { all } from '../../../coc/result';
import { IAM_ACTION } from '../../../coc/codes';
import { createIncident } from '../../../coc/calls/createCocIncident';
import { LIMITS } from '../../../coc/limits';
import { thenAvailable } from '../../../run/waitUntilAvailable';
import { creating } from '../../../run/creation';
import type { Operation } from '../../../run/operation';
import { hasOwnUser, refuseInput } from '../../../run/itemResult';
import { assigneeFields, readAssignee } from '../../../fields/assignee';
import { codedFields, LEVEL, readCoded, SOURCE, TYPE } from '../../../fields/keyed';
import { interruptedField, readInterrupted } from '../../../fields/interruption';
import {
	additionalFields,
	creatorField,
	readAdditional,
	titleField,
} from '../../../fields/newIncident';
import { asTextOf, dryRun, optionsOf, shortenTexts, switchOption } from '../../../fields/options';
import { readPersonOrSelf } from '../../../fields/person';
import { readField } from '../../../fields/parameter';

const waitUntilAvailable = switchOption({
	displayName: 'Wait Until Available',
	name: 'waitUntilAvailable',
	type: 'boolean',
	default: false,
	description:
		'Whether to wait, for a minute at most, until COC shows the new incident, so that the next node can act on it. Needs the IAM action coc:ticket:get.',
});

const options = optionsOf({ dryRun, shortenTexts, waitUntilAvailable });

/** Creates an incident (CreateCocIncident). */
export const create: Operation = {
	option: {
		name: 'Create',
		value: 'create',
		action: 'Create an incident',
		description: 'Report an incident and assign it to a person or a shift; gives its number',
	},
	fields: [
		...codedFields(LEVEL),
		...codedFields(TYPE),
		titleField,
		...codedFields(SOURCE),
		creatorField,
		interruptedField,
		...assigneeFields,
		additionalFields,
		options.field,
	],
	words: {
		done: 'created',
		effect: 'creation',
		iamAction: IAM_ACTION.createIncident,
		refusedHint:
			'Check that level, type and source exist in your COC, and application, enterprise project and region as well, and that creator and assignee are among its personnel.',
	},
	ticketOf: () => null,

	prepare(run, itemIndex) {
		const { context } = run;
		const wanted = options.read(context, itemIndex);
		const shorten = wanted.ok && wanted.value.shortenTexts;
		const input = all({
			level: readCoded(context, itemIndex, LEVEL),
			type: readCoded(context, itemIndex, TYPE),
			title: readField(context, itemIndex, titleField, asTextOf(LIMITS.title, shorten)),
			source: readCoded(context, itemIndex, SOURCE),
			creator: readPersonOrSelf(context, creatorField, itemIndex, hasOwnUser(run)),
			serviceInterrupted: readInterrupted(context, itemIndex),
			assignee: readAssignee(context, itemIndex),
			additional: readAdditional(context, itemIndex, shorten),
			options: wanted,
		});
		if (!input.ok) return refuseInput(input);
		const { creator, assignee, additional, options: given, ...incident } = input.value;
		const { title, level, type, source, serviceInterrupted } = incident;

		const creation = creating({
			actor: creator,
			timeoutMs: given.timeout,
			dryRun: given.dryRun,
			call: (actor) => createIncident({ ...incident, ...additional, creator: actor, assignee }),
			fields: (actor) => ({
				ticket: null,
				title,
				level,
				type,
				source,
				creator: actor,
				serviceInterrupted,
			}),
			whereToLook: (actor, sentAt) =>
				`It is not known whether it was created: before you repeat it, look among COC's incidents for "${cleanText(title)}", created by ${actor} about ${sentAt.toISOString()}.`,
		});
		return given.waitUntilAvailable ? thenAvailable(creation, given.timeout) : creation;
	},
};
