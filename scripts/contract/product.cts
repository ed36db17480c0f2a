/** What of the product the check of the contract uses: its requests, and how it reads the answers. */
import type * as answers from '../../nodes/coc/readAnswer.ts';
import type * as compare from '../../nodes/coc/compareTexts.ts';
import type * as create from '../../nodes/coc/calls/createCocIncident.ts';
import type * as credential from '../../nodes/auth/credential.ts';
import type * as detail from '../../nodes/coc/calls/showCocIncidentDetail.ts';
import type * as enumerations from '../../nodes/coc/enumerations.ts';
import type * as handle from '../../nodes/coc/calls/handleIncident.ts';
import type * as handleV1 from '../../nodes/coc/calls/handleCocIncident.ts';
import type * as histories from '../../nodes/coc/calls/listHistories.ts';
import type * as history from '../../nodes/coc/history.ts';
import type * as iam from '../../nodes/auth/iam.ts';
import type * as json from '../../nodes/coc/json.ts';
import type * as lifecycle from '../../nodes/coc/lifecycle.ts';
import type * as list from '../../nodes/coc/calls/listIncidents.ts';
import type * as people from '../../nodes/coc/personName.ts';
import type * as redact from '../../nodes/coc/redact.ts';
import type * as signature from '../../nodes/auth/signing/signature.ts';
import type * as statuses from '../../nodes/coc/statuses.ts';
import type * as tasks from '../../nodes/coc/calls/listIncidentTasks.ts';
import type * as transitions from '../../nodes/coc/transitions.ts';
import type * as url from '../../nodes/coc/url.ts';
import { built } from '../../test/support/built.cts';

export const { readCredential } = built<typeof credential>('nodes/auth/credential');
export const { readSignIn, signInRequest } = built<typeof iam>('nodes/auth/iam');
export const { signRequest } = built<typeof signature>('nodes/auth/signing/signature');

export const { createCocIncident, readCreated } = built<typeof create>(
	'nodes/coc/calls/createCocIncident',
);
export const { handleCocIncident } = built<typeof handleV1>('nodes/coc/calls/handleCocIncident');
export const { handleIncident } = built<typeof handle>('nodes/coc/calls/handleIncident');
export const { incidentOf, readStatus } = built<typeof detail>(
	'nodes/coc/calls/showCocIncidentDetail',
);
export const { historyRecordsOf } = built<typeof histories>('nodes/coc/calls/listHistories');
export const { listIncidents, listedLabel, readIncidents, readTotal, timeFilters } = built<
	typeof list
>('nodes/coc/calls/listIncidents');
export const { actionsOf } = built<typeof tasks>('nodes/coc/calls/listIncidentTasks');

export const { readAnswer } = built<typeof answers>('nodes/coc/readAnswer');
export const { canonical, compareTexts } = built<typeof compare>('nodes/coc/compareTexts');
export const { LEVELS, SOURCES, TYPES } = built<typeof enumerations>('nodes/coc/enumerations');
export const { historyRecords, keysOf } = built<typeof history>('nodes/coc/history');
export const { asNonEmptyText, asRecord, first, recordsOf, timeOf } =
	built<typeof json>('nodes/coc/json');
export const { stepOfKeys, stepOffered, transitionOf } =
	built<typeof lifecycle>('nodes/coc/lifecycle');
export const { LIFECYCLE } = built<typeof transitions>('nodes/coc/transitions');
export const { personName } = built<typeof people>('nodes/coc/personName');
export const { hideSecrets, spellingsOf } = built<typeof redact>('nodes/coc/redact');
export const { ACCEPTED, COMPLETED, NOT_ACCEPTED, STATUS_LABELS, TO_BE_VERIFIED, knownStatus } =
	built<typeof statuses>('nodes/coc/statuses');
export const { COC_ENDPOINTS, urlEncoded } = built<typeof url>('nodes/coc/url');

export type Answer = ReturnType<typeof readAnswer>;
export type JsonRecord = json.JsonRecord;
export type CocCredential = credential.CocCredential;
export type CocRequest = ReturnType<typeof handleIncident>;
export type OfferedAction = tasks.OfferedAction;
export type ListPage = list.ListPage;
