import type { CocClient } from '../client/client';
import { actorOf } from '../client/renewal';
import { readWarRooms } from '../client/warRoomPages';
import { createWarRoom, readCreatedWarRoom } from '../coc/calls/createWarRoom';
import { incidentWithState } from '../coc/calls/showCocIncidentDetail';
import { cleanText } from '../coc/cleanText';
import { asNonEmptyText, first, type JsonRecord } from '../coc/json';
import { labelsOfStepsFrom } from '../coc/lifecycle';
import type { Result } from '../coc/result';
import { ACCEPTED, describeStatus, knownStatus } from '../coc/statuses';
import { inputFailure, type Failure } from '../errors/failure';
import { refusedInput } from '../errors/refusedInput';
import type { Values } from '../fields/field';
import type { warRoomFields } from '../fields/warRoomDetails';
import type { TicketWrites } from './earlierTries';
import type { Done } from './itemResult';
import { openWarRoomOf } from './openWarRoomOf';
import { ofIncident, warRoomProof } from './warRoomProof';
import type { Plan, Planning } from './write';

type Wanted = Values<typeof warRoomFields>;

/** A war room for an incident, which gives what the item leaves out; or the one that is open. */
export async function planWarRoom(
	values: Wanted,
	{ client, readCoc, words, shownOf, ownWrites, addHint }: Planning<typeof warRoomFields>,
): Promise<Plan | Done | Failure> {
	const { ticket, options, additional } = values;
	const actor = await actorOf(values.administrator, client, words);
	if (!actor.ok) return actor.failure;
	const found = await readCoc(incidentWithState(ticket));
	if (!found.ok) return found.failure;
	const { incident, said, state } = found.value;
	const listed = await readWarRooms(readCoc, ofIncident(ticket));
	if (!listed.ok) return listed.failure;
	const writes = writesOf(client, ticket, ownWrites);
	if (options.ifOneIsOpen === 'return') {
		const open = await openWarRoomOf(ticket, listed.value, writes, readCoc, addHint);
		if (open !== null) return open;
	}
	const accepts = knownStatus(state.status) === null ? null : state.status === ACCEPTED;
	if (accepts === false && !options.dryRun) return notAccepted(state.status);
	const sent = roomOf(additional, said);
	if (!sent.ok) return refusedInput(sent);
	const shown = roomOf(additional, incident);
	if (!shown.ok) return refusedInput(shown);

	const { title } = sent.value;
	const administrator = actor.value.id ?? '';
	const { clock, clockOffset } = client;
	return {
		request: createWarRoom({ ...additional, ...sent.value, ticket, administrator }),
		ownUser: actor.value.ownUser,
		shown: {
			...{ warRoom: null, ticket, title: shown.value.title },
			...shownOf({ ...values, administrator, additional: { ...additional, ...shown.value } }),
		},
		accepts,
		take(answer) {
			const number = readCreatedWarRoom(answer);
			if (number === null) writes.maybeRecorded = true;
			else writes.recorded.push(number);
			return { warRoom: number };
		},
		proof: warRoomProof({
			...{ ticket, title, administrator, writes, before: listed.value },
			since: clockOffset === null ? null : clock.now() + clockOffset,
		}),
		check: (sentAt) =>
			`before you repeat it, look among COC's war rooms of ${ticket} for "${cleanText(shown.value.title)}", led by ${administrator}, created about ${new Date(sentAt).toISOString()}; its people may have been called already`,
	};
}

/** What this run did for the incident, which COC's list may not show yet. */
function writesOf(
	{ session, clock }: CocClient,
	ticket: string,
	ownWrites: Planning<typeof warRoomFields>['ownWrites'],
): TicketWrites {
	return ownWrites.of(session.credential.endpoint.url, ticket, null, clock.now());
}

function notAccepted(status: string): Failure {
	const labels = labelsOfStepsFrom(status);
	return inputFailure(
		`its status is ${describeStatus(status)}, and only an accepted incident gets a war room`,
		`Possible in this status: ${labels.length === 0 ? 'nothing' : labels.join(', ')}.`,
	);
}

interface Room {
	title: string;
	applications: string[];
	enterpriseProject: string;
	regions?: string[];
}

/** What the item says of the war room, else the incident. */
function roomOf(given: Wanted['additional'], incident: JsonRecord): Result<Room> {
	const title = given.title ?? asNonEmptyText(incident.incident_title);
	const applications = given.applications ?? textsIn(incident.current_cloud_service);
	const enterpriseProject =
		given.enterpriseProject ?? asNonEmptyText(first(incident.enterprise_project));
	if (title === null) return missing('Title', 'title');
	if (applications.length === 0) return missing('Applications', 'application');
	if (enterpriseProject === null) return missing('Enterprise Project', 'enterprise project');
	const regions = given.regions ?? textsIn(incident.region);
	const some = regions.length > 0 && { regions };
	return { ok: true, value: { title, applications, enterpriseProject, ...some } };
}

function missing(label: string, what: string): Result<never> {
	return {
		ok: false,
		reason: `'${label}' is missing, and the incident has no ${what}`,
		hint: `Add '${label}' to the additional fields.`,
	};
}

function textsIn(value: unknown): string[] {
	return [value].flat().flatMap((one) => asNonEmptyText(one) ?? []);
}
