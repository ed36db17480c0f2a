/** Carries an item out by the built code, from its fields to its outcome; n8n's helper is ours. */
import type { IExecuteFunctions, IHttpRequestOptions } from 'n8n-workflow';
import type * as incidentSource from '../../nodes/CocIncident/operations/incident.ts';
import type * as inputSource from '../../nodes/fields/input.ts';
import type * as sessionSource from '../../nodes/client/session.ts';
import type * as clientSource from '../../nodes/client/client.ts';
import type * as credentialSource from '../../nodes/auth/credential.ts';
import type * as ownWritesSource from '../../nodes/run/earlierTries.ts';
import type * as errorSource from '../../nodes/run/itemError.ts';
import type { Done } from '../../nodes/run/itemResult.ts';
import type { Failure } from '../../nodes/errors/failure.ts';
import { built } from '../support/built.cts';
import type { Random } from '../support/random.cts';
import type { Deployment, Given, Kind } from './generate/deployment.cts';
import { SECRET } from './generate/json.cts';

const { INCIDENT } = built<typeof incidentSource>('nodes/CocIncident/operations/incident');
const { itemInput } = built<typeof inputSource>('nodes/fields/input');
const { openSession } = built<typeof sessionSource>('nodes/client/session');
const { openClient } = built<typeof clientSource>('nodes/client/client');
const { storeSession } = built<typeof credentialSource>('nodes/auth/credential');
const { createOwnWrites } = built<typeof ownWritesSource>('nodes/run/earlierTries');
const { errorItem } = built<typeof errorSource>('nodes/run/itemError');

export const OPERATION_NAMES = INCIDENT.operations.map(({ option }) => String(option.value));

/** When the world begins, in ms since 1970. */
export const START = Date.parse('2026-11-24T09:00:00.400Z');

/** A clock that nobody waits for. */
export interface Time {
	now: number;
}

export interface ToDo {
	operation: string;
	/** The node's parameters. */
	fields: Record<string, unknown>;
	/** IAM user ID of the credential's own user, whom it shows; null for a plain token. */
	ownUser: string | null;
}

export interface Ended {
	result: Done | Failure;
	/** The item that the user sees of a failure. */
	shown: unknown;
}

type Stored = Record<string, unknown>;
const LOGIN = { accountName: 'account', userName: 'user', password: 'not this one' };

/** Carries an item out against a generated deployment. */
export async function carryOut(
	random: Random,
	{ operation: name, fields, ownUser }: ToDo,
	deployment: Deployment,
	time: Time,
): Promise<Ended> {
	let tokens = 0;
	const signedIn = (userId: string): Stored => {
		const iam = { url: 'https://iam.example', origin: 'https://iam.example' };
		const session = {
			token: tokens++ === 0 ? SECRET : `renewed-${tokens}`,
			expiresAt: '2099-01-01T00:00:00Z',
			userId,
			signedInAt: Date.now(),
		};
		return { ...storeSession(session, { ...LOGIN, iam, projectName: null }) };
	};
	const endpoint = 'https://coc.example';
	const credential: Stored =
		ownUser === null
			? { endpoint, token: SECRET }
			: {
					...{ endpoint, authentication: 'iamUser', iamEndpoint: 'https://iam.example' },
					...{ ...LOGIN, ...signedIn(ownUser) },
				};

	/** n8n signs in again: mostly as the same user. */
	function renew(data: Stored): Given {
		if (!random.once(4)) {
			Object.assign(data, signedIn(random.once(4) ? 'e'.repeat(32) : String(ownUser)));
		}
		return { statusCode: 200, headers: {}, body: [] };
	}

	const context = {
		getNodeParameter: (parameter: string) => fields[parameter],
		getNode: () => ({ type: 'cocIncident', parameters: {}, credentials: {} }),
		getTimezone: () => 'UTC',
		getCredentials: () => Promise.resolve({ ...credential }),
		helpers: {
			httpRequestWithAuthentication: async (
				_type: string,
				{ url, body }: IHttpRequestOptions,
				{ credentialsDecrypted: { data } }: { credentialsDecrypted: { data: Stored } },
			) => {
				time.now += random.below(200);
				if (url.includes('/v1/incident-tickets')) return await Promise.resolve(renew(data));
				const kind = kindOf(url);
				const sent: unknown =
					kind === 'write' ? JSON.parse((body as Buffer).toString('utf8')) : undefined;
				const user = data.sessionUserId as string | undefined;
				return await Promise.resolve(deployment.answer(kind, sent, user));
			},
		},
	} as unknown as IExecuteFunctions;

	const session = await openSession(context);
	if (!session.ok) throw new Error(session.reason);
	const clock = {
		now: () => time.now,
		random: () => random.below(1000) / 1000,
		sleep: (ms: number) => {
			time.now += Math.ceil(ms);
			return Promise.resolve();
		},
	};
	const client = openClient(session.value, { concurrency: 10, requestsPerSecond: null }, clock);
	const { operations, subject } = INCIDENT;
	const run = {
		client,
		ownWrites: createOwnWrites(),
		earlier: [],
		operations,
		addHint: () => undefined,
		saveFile: async () => await Promise.reject(new Error('No file is expected')),
	};
	const operation = operations.find(({ option }) => option.value === name)!;
	const work = operation.prepare(itemInput(context, 0, ownUser !== null));
	if (!('carryOut' in work)) throw new Error(work.reason);
	const [result] = [await work.carryOut(run)].flat();
	if (result === undefined) throw new Error('An item has at least one result');
	if ('json' in result) return { result, shown: null };
	const failed = { ...result, subject: String(fields.ticket) };
	const told = { words: operation.words, subject, itemCount: 1 };
	return { result, shown: errorItem(context, failed, told, 0).json };
}

function kindOf(url: string): Kind {
	if (/\/(?:handle|actions)$/.test(url)) return 'write';
	if (url.endsWith('/tasks')) return 'tasks';
	return url.endsWith('/list-histories') ? 'history' : 'detail';
}
